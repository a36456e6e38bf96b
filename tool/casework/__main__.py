"""`python -m casework` is the casework command."""

import signal

loading = signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C before there is anything to stop: end at once
from casework.commands.main import main  # noqa: E402

signal.signal(signal.SIGINT, loading)
main()
