"""Options of a process whom permissions stop even if the tests are run by root, whom none would stop."""

from __future__ import annotations

import os
import sys
from typing import Any

_DROP_FROM_BOUNDING_SET = 24
_OVERRIDE_PERMISSIONS = 1
_OVERRIDE_PERMISSIONS_TO_READ = 2


def ordinary_user() -> dict[str, Any]:
    """For `subprocess`: root loses what lets it pass over permissions; anybody else has never had it."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return {}
    import ctypes  # noqa: PLC0415  # few tests need it

    system = ctypes.CDLL(None, use_errno=True)

    def give_up() -> None:
        for capability in (_OVERRIDE_PERMISSIONS, _OVERRIDE_PERMISSIONS_TO_READ):
            if system.prctl(_DROP_FROM_BOUNDING_SET, capability, 0, 0, 0):
                raise OSError(ctypes.get_errno(), "root cannot give up its privileges here")

    return {"preexec_fn": give_up}
