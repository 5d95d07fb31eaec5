"""Keeps a fault of PySide6 6.12.0 on Python 3.11 from ending the program.

There, every call of a Qt method without a result gives back one reference to ``None`` too many, and some give
back one to ``True`` or ``False``; after some hundred thousand calls, a few minutes of use, Python stops with
"deallocating None". From Python 3.12 on these objects cannot be given back, and PySide6 6.10 and 6.11 do not
have the fault. Measured with 6.12.0, 6.11.3 and 6.10.3 on 3.11.7: -1, 0 and 0 references per call.
"""

from __future__ import annotations

import ctypes
import sys

_PLENTY = min(1 << 40, sys.maxsize // 4)  # more than can be lost in years, far from overflow


def needed() -> bool:
    """Whether this Python counts references to ``None`` at all, in the usual place."""
    plain_build = not hasattr(sys, "gettotalrefcount")  # debug builds lay objects out differently
    return sys.implementation.name == "cpython" and sys.version_info < (3, 12) and plain_build


def install() -> None:
    """Give the three objects so many references that losing some does not matter. Safe to call twice."""
    if not needed() or sys.getrefcount(None) > _PLENTY // 2:
        return
    for immortal in (None, True, False):
        ctypes.c_ssize_t.from_address(id(immortal)).value += _PLENTY
