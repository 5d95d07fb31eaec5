"""schemathesis reads the intake's own description and posts what it allows and what it does not."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import CHECKS
from schemathesis.generation import GenerationMode

from csqm_desktop.intake.application import Intake, Limits, make
from csqm_desktop.intake.store_queue import StoreQueue
from tests import builders

ADDRESSES = (
    ("GET", "/v1/health"), ("POST", "/v1/messages"), ("POST", "/v1/messages/batch"),
    ("POST", "/v1/webhooks/chatwoot/{source}"),
)  # fmt: skip
# health takes nothing that could be wrong
RUNS = [(*address, mode) for mode in GenerationMode for address in ADDRESSES
        if mode is GenerationMode.POSITIVE or address[0] == "POST"]  # fmt: skip
# ``positive_data_acceptance`` is left out on purpose: the years that are taken, 1990 to 2100, cannot be written down
# as a schema of the format date-time, so a post of the year 3000 is refused although its shape is right.
LEFT_OUT = {"positive_data_acceptance"}


@pytest.fixture(scope="module")
def taken(tmp_path_factory):
    """A workspace that takes posts, tokens by kind, and the description of its intake."""
    workspace = builders.workspace(tmp_path_factory.mktemp("contract") / "w")
    queue = StoreQueue(workspace, lambda _conversations: None)
    queue.start()
    app = make(Intake(workspace, queue, None, Limits(per_minute=10_000_000)))
    tokens = {"api": workspace.tokens.make("shop"), "chatwoot": workspace.tokens.make("desk", "chatwoot")}
    yield workspace, tokens, schemathesis.openapi.from_asgi("/openapi.json", app)
    queue.close()
    workspace.close()


def test_no_address_is_forgotten(taken):
    described = {(found.ok().method.upper(), found.ok().path) for found in taken[2].get_all_operations()}
    assert described == set(ADDRESSES)
    checks = {check.__name__ for check in CHECKS.get_all()}
    assert checks > LEFT_OUT
    assert {"not_a_server_error", "response_schema_conformance", "negative_data_rejection", "ignored_auth"} <= checks


@pytest.mark.parametrize(("method", "path", "mode"), RUNS, ids=str)
def test_every_address_does_what_the_description_says(taken, method, path, mode):
    _, tokens, described = taken
    headers = {"Authorization": f"Bearer {tokens['chatwoot' if 'webhooks' in path else 'api']}"}
    excluded = [check for check in CHECKS.get_all() if check.__name__ in LEFT_OUT]

    @settings(max_examples=8, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(case=described[path][method].as_strategy(generation_mode=mode))
    def run(case):
        case.call_and_validate(headers=headers, excluded_checks=excluded)

    run()


def test_posts_were_really_stored(taken):
    """The runs above must have got past the refusals."""
    assert taken[0].conversations.totals().messages > 0
