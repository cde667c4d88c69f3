# ruff: noqa: INP001  # a script, no part of a package
"""Starts the server that lies beside this file: `python -I -S start.py serve`.

With these two options Python looks at no environment variable and in no folder for packages of the machine or the user;
the bundled ones come first here, and nothing but the standard library after them.
"""

import runpy
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "bundled"))
runpy.run_module("reportls", run_name="__main__", alter_sys=True)
