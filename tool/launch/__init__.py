"""What `python3 tool` does before Casework can start: make .venv, keep it fitting, run things in it."""
