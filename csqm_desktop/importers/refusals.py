"""Why a file without the columns that messages need is refused: what it is instead, or what it lacks."""

from __future__ import annotations

from collections.abc import Sequence

from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.kinds import Recognition

_OF_LABELS = frozenset({"conversation_id", "message_id", "criterion", "level"})
_OF_DOCCANO = frozenset({"conversation_id", "message_id", "text", "label", "verdict"})
_OF_SCORES = frozenset({"confidence", "scored_at"})
_LISTED = 60  # columns in a message


def columns_missing(found: Recognition, file: str) -> CsqmError:
    """The error for a file in which ``found.missing`` is not empty."""
    values = {"missing": ", ".join(found.missing), "found": _listed(found.headers)}
    return CsqmError(_code(found), file=file, **values)


def _code(found: Recognition) -> str:
    """The code for a file without columns that are needed."""
    headers = {header.strip().lower() for header in found.headers}
    if headers >= _OF_DOCCANO:
        return "import_is_labels"
    if headers >= _OF_LABELS:
        return "labels_are_scores" if headers >= _OF_SCORES else "import_is_labels"
    if found.missing == ("conversation_id",):
        return "import_conversation_missing"
    named = found.missing == ("role",) and found.mapping.fields.get("sender")
    return "import_roles_missing" if named else "import_columns_missing"


def _listed(headers: Sequence[str]) -> str:
    """Columns for a message; of very many only the first."""
    return ", ".join(headers[:_LISTED]) + (", …" if len(headers) > _LISTED else "")
