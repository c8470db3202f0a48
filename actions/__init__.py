"""The custom actions of Wegwijs, one a file, named after the Rasa action."""
