"""One file is one command; with the desk they start from, and the mkdocs plugin, they alone ask what time it is."""
