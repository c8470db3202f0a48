"""The graph components of the NLU pipeline, one a file, in the order of config.yml."""
