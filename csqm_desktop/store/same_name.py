"""When two spellings are one name: width, case and white space do not count."""

from __future__ import annotations

import unicodedata


def same_name(name: str) -> str:
    """The form that all spellings of a name share: ``Olivia  BROWN`` and full-width letters give ``olivia brown``."""
    if name.isascii():
        return " ".join(name.casefold().split())
    wide = unicodedata.normalize("NFKC", name)
    return " ".join(unicodedata.normalize("NFKC", wide.casefold()).split())  # folding may part what was one letter
