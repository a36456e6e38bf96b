"""State → figures: one entry is one figure with its definition. Pure."""
