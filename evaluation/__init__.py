"""How well Wegwijs understands: `make eval` measures it on messages that it never learnt from, and writes the report."""
