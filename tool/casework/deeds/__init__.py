"""The commands that write: they change files and make the commit."""
