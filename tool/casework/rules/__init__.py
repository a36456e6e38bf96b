"""State → findings: one file is one rule, found because it is there. Pure."""
