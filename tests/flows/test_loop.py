"""The whole loop through the command line, on the project's own demo data and a tiny random encoder."""

import json

import pytest

from csqm_desktop import paths
from csqm_desktop.store.workspace import Workspace

pytestmark = [pytest.mark.model, pytest.mark.slow]


def test_import_score_review_train_gate_trend_export(csqm, tmp_path):
    shop = tmp_path / "shop"
    csqm.run("init", "-w", shop)
    imported = csqm.run("import", paths.resource("demo", "messages.jsonl"), "-w", shop)["files"][0]
    assert imported["rejected"] == 0
    assert imported["masked"]

    first = csqm.run("score", "-w", shop)
    assert first["version"] == "v0000-starter"
    assert first["scored"] > 300
    assert csqm.run("score", "-w", shop)["scored"] == 0  # nothing is scored twice

    queue = csqm.run("queue", "-w", shop, "--limit", 10)
    assert queue["strategy"] == "hybrid"
    assert len({item["message_id"] for item in queue["items"]}) == 10
    assert all(item["why"] for item in queue["items"])
    # few: to the tiny network most replies look alike, and those like earlier ones come after all others
    queue = csqm.run("queue", "-w", shop, "--limit", 5, "--strategy", "least_confidence")["items"]
    confidences = [item["confidence"] for item in queue]
    assert confidences == sorted(confidences)
    assert all(item["why"] for item in queue)

    labelled = csqm.run("label", paths.resource("demo", "labels.csv"), "-w", shop)
    assert labelled["rejected"] == 0
    trained = csqm.run("train", "-w", shop)
    assert trained["version"] == "v0001-head"
    assert trained["verdict"].startswith("passed") == trained["activated"]
    card = csqm.run("models", "show", "v0001-head", "-w", shop)
    assert card["parent"] == "v0000-starter"
    assert card["label_count"] > 200
    assert list((shop / "model_store" / "versions" / "v0001-head").rglob("events.out.tfevents.*"))
    weights = {path.suffix for path in (shop / "model_store" / "versions" / "v0001-head").iterdir() if path.is_file()}
    assert weights == {".json", ".safetensors"}  # nothing that would be unpickled
    if not trained["activated"]:
        csqm.run("models", "activate", "v0001-head", "-w", shop, code=1)
        csqm.run("models", "activate", "v0001-head", "-w", shop, "--reason", "test of the override")

    assert csqm.run("score", "-w", shop)["scored"] == first["scored"]
    csqm.run("export", "scores", "-w", shop, "--out", tmp_path / "before.jsonl")
    metrics = csqm.run("evaluate", paths.resource("demo", "gold.csv"), "-w", shop)
    assert metrics["overlap"] == 0
    assert 0 <= metrics["metrics"]["criteria"]["tone"]["accuracy"] <= 1
    points = csqm.run("trend", "-w", shop, "--by", "week")["points"]
    assert sum(point["n"] for point in points) == first["scored"]
    assert {point["group"] for point in points} == {"agent", "bot"}
    assert all(point["low"] <= point["mean"] <= point["high"] for point in points)

    assert csqm.run("models", "rollback", "-w", shop)["active"] == "v0000-starter"
    assert csqm.run("score", "-w", shop)["scored"] == 0  # the starter's scores are still there
    csqm.run("models", "activate", "v0001-head", "-w", shop, "--reason", "back")
    csqm.run("export", "scores", "-w", shop, "--out", tmp_path / "after.jsonl")
    assert (tmp_path / "before.jsonl").read_bytes() == (tmp_path / "after.jsonl").read_bytes()
    csqm.run("models", "verify", "-w", shop)
    heads = shop / "model_store" / "versions" / "v0001-head" / "heads.safetensors"
    heads.write_bytes(heads.read_bytes()[:-1] + b"x")
    csqm.run("models", "verify", "-w", shop, code=1)
    workspace = Workspace.open(shop)
    assert workspace.audit.first_broken() is None
    workspace.close()


def test_a_scorecard_without_a_starter_reviews_first(csqm, tmp_path):
    shop = tmp_path / "shop"
    csqm.run("init", "-w", shop, "--rubric", "usefulness")
    csqm.run("import", paths.resource("demo", "messages.jsonl"), "-w", shop)
    error = csqm.run("score", "-w", shop, code=1)["error"]
    assert "csqm train" in error["remedy"]
    items = csqm.run("queue", "-w", shop, "--limit", 60)["items"]
    assert len({item["conversation_id"] for item in items}) == 60  # spread over conversations
    with (tmp_path / "labels.jsonl").open("w", encoding="utf-8") as out:
        for number, item in enumerate(items):
            record = {key: item[key] for key in ("conversation_id", "message_id")}
            record |= {"criterion": "usefulness", "level": ("HNaN", "HNUG", "HNUG*")[number % 3], "reviewer": "Li"}
            out.write(json.dumps(record) + "\n")
    assert csqm.run("label", tmp_path / "labels.jsonl", "-w", shop)["added"] == 60
    trained = csqm.run("train", "-w", shop)
    assert trained["card"]["label_count"] == 60
