"""One file is one command; these and the mkdocs plugin alone ask what time it is."""
