"""The kinds of connectors by name."""

from __future__ import annotations

from collections.abc import Callable

from csqm_desktop.connectors.base import Connector, Setup
from csqm_desktop.connectors.chatwoot import Chatwoot
from csqm_desktop.connectors.generic import Generic
from csqm_desktop.connectors.intercom import Intercom
from csqm_desktop.connectors.zendesk import Zendesk
from csqm_desktop.errors import CsqmError

KINDS: dict[str, Callable[[Setup], Connector]] = {
    "zendesk": Zendesk,
    "intercom": Intercom,
    "chatwoot": Chatwoot,
    "json": Generic,
}


def make(setup: Setup) -> Connector:
    """A connector, its settings checked; nothing is asked yet."""
    if setup.kind not in KINDS:
        raise CsqmError("connector_kind", kind=setup.kind, known=", ".join(KINDS))
    try:
        return KINDS[setup.kind](setup)
    except (TypeError, ValueError) as error:
        raise CsqmError("connector_setting", name=setup.name, key="start", expected="a number") from error
