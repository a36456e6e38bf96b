"""`python -m casework` is the casework command."""

from casework.commands.main import main

main()
