"""Entry point of `python -m reportls` and of the command `reportls`."""

from __future__ import annotations

import gc
import sys

_INTERRUPTED = 130


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        from reportls.cli import main as run  # noqa: PLC0415  # an interrupt while it is imported is quiet, too

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = _INTERRUPTED
    # The system frees the memory anyway; a last garbage collection would take a tenth of the run time.
    gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    main()
