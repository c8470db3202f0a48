"""Bad input of every kind, sent to a running server: `make fuzz`."""
