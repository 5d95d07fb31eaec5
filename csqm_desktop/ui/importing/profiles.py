"""Mapping profiles as the store keeps them."""

from __future__ import annotations

from contextlib import suppress

from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.mapping import ColumnMapping, from_json
from csqm_desktop.store.workspace import Workspace


def read_profiles(workspace: Workspace) -> dict[str, ColumnMapping]:
    """All kept mappings by name; one that this release cannot read is left out."""
    profiles = {}
    for name, values in workspace.batches.profiles().items():
        with suppress(ValueError, CsqmError):
            profiles[name] = from_json(values)
    return profiles
