"""The names of all formats for a person who looks for one."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from difflib import get_close_matches

from csqm_desktop.importers.kinds import AUTO

_WIDTH = 100


def listed(names: Iterable[str], wanted: str = "") -> str:
    """Names in lines, sorted, after those that are nearest to ``wanted``."""
    known = sorted({AUTO, *names})
    near = get_close_matches(wanted.casefold(), known, n=5) if wanted else []
    near += [name for name in known if wanted and wanted.casefold() in name and name not in near]
    rest = ", ".join(name for name in known if name not in near)
    return "\n".join(([", ".join(near)] if near else [""]) + textwrap.wrap(rest, _WIDTH, break_long_words=False))
