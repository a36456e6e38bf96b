"""Source → records: strict YAML with lines, schema → flaws. What is wrong with a file is a value here, never an exception."""
