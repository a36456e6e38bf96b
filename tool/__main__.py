# -*- coding: utf-8 -*-
"""`python3 tool …`: tells an old Python that it is too old (so this must parse on any), else hands over."""

from __future__ import unicode_literals

import sys

TOO_OLD = (
    "Casework needs Python 3.11 or newer, and this is Python %d.%d: install a newer one and call it by name, "
    "for example `python3.12 tool demo`.\n"
    "Casework 需要 Python 3.11 或更新的版本，而这是 Python %d.%d：请安装新版本，"
    "并用它来运行，例如 `python3.12 tool demo`。\n"
)

if sys.version_info < (3, 11):
    sentence = TOO_OLD % (tuple(sys.version_info[:2]) * 2)
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    getattr(sys.stderr, "buffer", sys.stderr).write(sentence.encode(encoding, "replace"))
    sys.exit(2)

from launch.main import main

sys.exit(main(sys.argv[1:]))
