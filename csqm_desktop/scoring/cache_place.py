"""Where the vectors of a base model lie. No torch here: the window reads them too."""

from __future__ import annotations

import json
from pathlib import Path

from csqm_desktop.registry.base_model import BaseInfo
from csqm_desktop.scoring.encoding import text_digest

TEXT_TOKENS = 160  # of one turn; nineteen in twenty are below 110


def cache_folder(root: Path, base: BaseInfo) -> Path:
    """The folder below ``root`` for vectors of one base model read in one way; it need not exist."""
    setup = text_digest(json.dumps([base.fingerprint, base.prefix, base.pooling, TEXT_TOKENS]))
    return root / setup.hex()[:16]
