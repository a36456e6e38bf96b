"""Casework: a complaint register kept in git, judged against the firm's written policy."""

__version__ = "0.1.0"
