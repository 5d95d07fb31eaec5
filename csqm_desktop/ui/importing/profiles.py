"""Mapping profiles as the store keeps them."""

from __future__ import annotations

from typing import Any

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.mapping import ColumnMapping
from csqm_desktop.store.workspace import Workspace


def read_profiles(workspace: Workspace) -> dict[str, ColumnMapping]:
    """All kept mappings by name; one that this release cannot read is left out."""
    profiles = {}
    for name, values in workspace.batches.profiles().items():
        mapping = from_json(values)
        if mapping is not None:
            profiles[name] = mapping
    return profiles


def from_json(values: dict[str, Any]) -> ColumnMapping | None:
    """The inverse of ``ColumnMapping.to_json``; None for what it did not write."""
    try:
        return ColumnMapping(
            fields={str(key): str(value) for key, value in dict(values.get("fields", {})).items()},
            roles={str(key): Role(value) for key, value in dict(values.get("roles", {})).items()},
            timezone=values.get("timezone"),
            day_first=values.get("day_first"),
        )
    except (TypeError, ValueError):
        return None
