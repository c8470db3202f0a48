"""How well Wegwijs understands: `make eval` judges messages that it never learnt from, and writes the report."""
