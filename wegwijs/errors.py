"""The one family of exceptions of Wegwijs."""


class WegwijsError(Exception):
    """Something is wrong that the person who runs Wegwijs can mend; its text says what and where."""


class ContentError(WegwijsError):
    """A file of the content, the vocabulary or the patterns is wrong; names the file, the item and the field."""


class SetupError(WegwijsError):
    """Something that running needs is missing or taken (a port, a model, a file)."""
