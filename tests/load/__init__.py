"""How many children a number of workers can serve (`make load`)."""
