"""An intake that listens for real, on a free port of this machine, without a model."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import pytest

from csqm_desktop.errors import Cancelled
from csqm_desktop.intake.serve import Address, Serve
from csqm_desktop.jobs.base import SilentContext, execute
from tests import builders


class Stopper(SilentContext):
    """Cancels when the test says so."""

    def __init__(self):
        self.stop = threading.Event()

    def check_cancelled(self):
        if self.stop.is_set():
            raise Cancelled


@contextmanager
def serving(workspace, process=None, **options):
    """A client that knows the token of ``shop``; ``client.job`` is the intake, ``client.results`` its outcome."""
    stopper, ready, results = Stopper(), threading.Event(), []
    where = []
    job = Serve(workspace, process, Address(port=0), on_ready=lambda url: (where.append(url), ready.set()), **options)

    def work():
        try:
            results.append(execute(job, stopper))
        finally:
            ready.set()

    thread = threading.Thread(target=work, name="test-serve")
    thread.start()
    assert ready.wait(30)
    token = workspace.tokens.make("shop")
    with httpx2.Client(base_url=where[0], headers={"Authorization": f"Bearer {token}"}, trust_env=False) as client:
        client.job, client.results = job, results
        try:
            yield client
        finally:
            stopper.stop.set()
            thread.join(30)


@pytest.fixture
def workspace(tmp_path) -> Iterator:
    made = builders.workspace(tmp_path / "w")
    yield made
    made.close()


@pytest.fixture
def client(workspace):
    with serving(workspace) as found:
        yield found


def post(number=1, conversation="c1", **facts):
    return {
        "conversation_id": conversation,
        "message_id": str(number),
        "sent_at": "2026-09-01T08:00:00+08:00",
        "role": "bot",
        "text": f"hello {number}",
    } | facts
