"""The same attacks against stock Rasa and against Wegwijs."""
