"""Where the vectors of a base model lie. No torch here: the window reads them too."""

from __future__ import annotations

import json
from pathlib import Path

from csqm_desktop.registry.base_model import BaseInfo
from csqm_desktop.scoring.encoding import text_digest

TEXT_TOKENS = 160  # of one turn; nineteen in twenty are below 110


def cache_folder(root: Path, base: BaseInfo, numeric: str = "") -> Path:
    """The folder below ``root`` for vectors of one base model read in one way; it need not exist.

    ``numeric`` is the class of rounding, empty for exact vectors: those of different classes are never mixed.
    """
    how = [base.fingerprint, base.prefix, base.pooling, TEXT_TOKENS, *([numeric] if numeric else [])]
    setup = text_digest(json.dumps(how))
    return root / setup.hex()[:16]
