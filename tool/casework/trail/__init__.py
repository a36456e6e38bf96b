"""Git → revisions and sources: the one room that starts git; deeds commit through it."""
