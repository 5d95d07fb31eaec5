"""What comes in is scored at once, the newest before what waited; faults wait and nothing is forgotten."""

import time
from pathlib import Path

import numpy as np
import pytest

from csqm_desktop.errors import CsqmError
from csqm_desktop.intake import fresh_scorer
from csqm_desktop.jobs.protocol import Event, read_jsonl, scored_values
from csqm_desktop.jobs.read_trend import read_trend
from csqm_desktop.jobs.version_folders import Versions
from tests import builders
from tests.unit.intake.conftest import post, serving


class Model:
    """A model process that gives every reply the same score, and remembers what it was asked."""

    def __init__(self):
        self.asked = []
        self.faults = []

    def request(self, operation, parameters, context, on_event=None):
        assert operation == "score"
        if self.faults:
            raise self.faults.pop(0)
        ids = [record["reply_id"] for record in read_jsonl(Path(parameters["items"]))]
        self.asked.append(ids)
        if ids:
            on_event(Event(1, "scored", scored_values(ids, np.tile([0.2, 0.3, 0.5, 0.1, 0.9], (len(ids), 1)))))
        return {"device": "cpu"}


@pytest.fixture
def model(monkeypatch):
    monkeypatch.setattr(Versions, "base_of", lambda self, version: self.folder(version))
    monkeypatch.setattr(fresh_scorer, "_RETRY_SECONDS", 0.1)
    return Model()


@pytest.fixture
def scored_shop(workspace):
    builders.fake_version(workspace)
    builders.add(workspace, builders.dialogues(conversations=20))  # 40 replies without a score
    return workspace


def counted(workspace):
    return sum(point.n for point in read_trend(workspace, "day", group_by="all").points)


def until(condition):
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_posted_reply_is_scored_and_in_the_trend(scored_shop, model):
    with serving(scored_shop, process=model) as client:
        until(lambda: counted(scored_shop) == 40)  # what waited before is caught up with
        assert client.get("/v1/health").json()["model"] == "ready"
        client.post("/v1/messages", json=post(1, "new"))
        client.post("/v1/messages", json=post(2, "new", role="customer"))
        until(lambda: counted(scored_shop) == 41)
        until(lambda: client.get("/v1/health").json()["unscored"] == 0)
    assert len(model.asked[-1]) == 1  # only the reply, not the customer's message
    assert model.asked[0] == []  # the weights were loaded before anything came


def test_the_newest_come_before_what_waited(scored_shop, model, monkeypatch):
    monkeypatch.setattr(fresh_scorer, "AT_ONCE", 4)
    scorer = fresh_scorer.FreshScorer(scored_shop, model)
    scorer._step()
    first = list(model.asked[-1])
    builders.add(scored_shop, [builders.message(2, "new")])
    (fresh,) = scored_shop.conversations.find([("new", "2")]).values()
    scorer.add({"new"})
    scorer._step()
    assert model.asked[-1] == [fresh]
    scorer._step()
    assert len(model.asked[-1]) == 4
    assert not set(model.asked[-1]) & {fresh, *first}
    assert scorer.unscored == 40 - 8


def test_a_fault_of_the_model_stops_no_post_and_is_made_up_for(scored_shop, model):
    model.faults = [CsqmError("worker_died", exit=1, log="x"), RuntimeError("odd")]
    with serving(scored_shop, process=model) as client:
        assert client.post("/v1/messages", json=post(1, "new")).status_code == 201
        until(lambda: counted(scored_shop) == 41)
        assert client.get("/v1/health").json()["model"] == "ready"


def test_without_a_version_messages_are_stored_and_health_says_so(workspace, model, monkeypatch):
    with serving(workspace, process=model) as client:  # the scorecard of the builders has no starter
        until(lambda: client.get("/v1/health").json()["model"] == "none")
        assert client.post("/v1/messages", json=post()).status_code == 201
        builders.fake_version(workspace)  # somebody trains one meanwhile
        until(lambda: counted(workspace) == 1)
