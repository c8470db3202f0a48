"""Wegwijs: first help with (cyber)bullying, in Dutch. Everything that needs no Rasa lives in this package."""
