"""Options that make file permissions apply to a process even if root runs the tests."""

from __future__ import annotations

import os
import sys
from typing import Any

_DROP_FROM_BOUNDING_SET = 24
_OVERRIDE_PERMISSIONS = 1
_OVERRIDE_PERMISSIONS_TO_READ = 2


def ordinary_user() -> dict[str, Any]:
    """Return options for `subprocess` that take root's permission overrides away; other users have none."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return {}
    import ctypes  # noqa: PLC0415  # few tests need it

    system = ctypes.CDLL(None, use_errno=True)

    def give_up() -> None:
        for capability in (_OVERRIDE_PERMISSIONS, _OVERRIDE_PERMISSIONS_TO_READ):
            if system.prctl(_DROP_FROM_BOUNDING_SET, capability, 0, 0, 0):
                raise OSError(ctypes.get_errno(), "root cannot give up its privileges here")

    return {"preexec_fn": give_up}
