"""kill -9 in the middle of import, scoring and training loses no committed row, label or version."""

import json
import os
import signal
import time

import psutil
import pytest

from csqm_desktop import paths
from csqm_desktop.registry.versions import VersionStore
from csqm_desktop.store.workspace import Workspace
from tests import builders

pytestmark = [pytest.mark.model, pytest.mark.slow]


def big_file(path, rows):
    with path.open("w", encoding="utf-8") as out:
        out.write("conversation_id,message_id,sent_at,role,sender,text\n")
        for i in range(rows):
            role = "bot" if i % 2 else "customer"
            out.write(
                f"c{i // 6},{i},2026-09-{1 + i % 28:02d}T08:00:00Z,{role},Bot,reply number {i} about {i * 7919}\n"
            )
    return path


def wait_until(condition, seconds=90):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.02)


def kill(process):
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()


def look(shop, read):
    workspace = Workspace.open(shop)
    try:
        assert workspace.database.integrity_problems() == []
        return read(workspace)
    finally:
        workspace.close()


def count_messages(shop):
    return look(shop, lambda w: w.conversations.totals().messages)


def count_scores(shop):
    return look(shop, lambda w: sum(w.scores.count(v) for v in (w.scores.version_id("v0000-starter"),) if v))


def test_import_killed_then_gone_on_with(csqm, tmp_path):
    shop, file = tmp_path / "shop", big_file(tmp_path / "big.csv", 30_000)
    csqm.run("init", "-w", shop)
    process = csqm.start("import", file, "-w", shop)
    wait_until(lambda: count_messages(shop) >= 6000)
    kill(process)
    stored = count_messages(shop)
    assert 6000 <= stored < 30_000
    again = csqm.start("import", file, "-w", shop)
    _, err = again.communicate(timeout=120)
    assert again.returncode == 0
    assert "big.csv was interrupted" in err
    assert count_messages(shop) == 30_000
    assert look(shop, lambda w: [b.outcome for b in w.batches.history()]) == ["succeeded", "interrupted"]


@pytest.mark.parametrize("who", ["parent", "worker"])
def test_scoring_killed_then_gone_on_with(csqm, tmp_path, who):
    shop = tmp_path / "shop"
    csqm.run("init", "-w", shop)
    csqm.run("import", big_file(tmp_path / "big.csv", 4_000), "-w", shop)
    process = csqm.start("score", "-w", shop)
    wait_until(lambda: count_scores(shop) > 0)
    workers = psutil.Process(process.pid).children()
    assert len(workers) == 1
    if who == "parent":
        kill(process)
    else:
        workers[0].kill()
        _, err = process.communicate(timeout=60)
        assert process.returncode == 1
        assert "goes on where it stopped" in err
    wait_until(lambda: not workers[0].is_running() or workers[0].status() == psutil.STATUS_ZOMBIE, 20)
    kept = count_scores(shop)
    assert 0 < kept < 2000
    rest = csqm.run("score", "-w", shop)
    assert rest["scored"] == 2000 - kept
    daily = look(shop, lambda w: w.aggregates.model_daily(w.scores.version_id("v0000-starter")))
    assert sum(day.n for day in daily) == 2000


def test_training_killed_leaves_the_active_version(csqm, tmp_path):
    shop = tmp_path / "shop"
    csqm.run("init", "-w", shop)
    csqm.run("import", paths.resource("demo", "messages.jsonl"), "-w", shop)
    csqm.run("score", "-w", shop)
    csqm.run("label", paths.resource("demo", "labels.csv"), "-w", shop)
    labels = look(shop, lambda w: w.reviews.labels())
    store = VersionStore(shop / "model_store")
    process = csqm.start("train", "-w", shop, "--method", "lora")
    wait_until(lambda: (shop / "model_store" / "candidates").exists())
    time.sleep(1)
    kill(process)
    assert store.active() == "v0000-starter"
    assert [card.id for card in store.list()] == ["v0000-starter"]
    assert look(shop, lambda w: w.reviews.labels()) == labels
    trained = csqm.run("train", "-w", shop)
    assert trained["version"].endswith("-head")
    assert not (shop / "model_store" / "candidates").exists() or not list(
        (shop / "model_store" / "candidates").iterdir()
    )
    assert not list((shop / "model_store" / "scratch").iterdir())


def test_masking_again_killed_then_done_by_the_next_run(csqm, tmp_path):
    """Texts as a release without rules would have left them; killed while they change, three times."""
    shop = tmp_path / "shop"
    secret = "13800138000"
    texts = [builders.message(n, f"c{n // 6}", text=f"{n}: call {secret} at {n * 7919}") for n in range(1, 12_001)]
    builders.workspace(shop, *texts).close()
    look(shop, lambda w: w.set_fact("masked_by", "0"))
    unmasked = "SELECT count(*) FROM messages WHERE text LIKE '%13800138000%'"
    left = 12_000
    for share in (0.9, 0.5, 0.0):
        process = csqm.start("mask-again", "-w", shop)
        wait_until(lambda bound=share * 12_000: count(shop, unmasked) <= bound)
        kill(process)
        assert count(shop, unmasked) < left
        left = count(shop, unmasked)
    rest = csqm.start("mask-again", "-w", shop, "--json")
    out, err = rest.communicate(timeout=240)
    assert "An earlier mask-again was interrupted. What was masked stays so" in err
    result = json.loads(out)
    assert count(shop, unmasked) == 0
    assert look(shop, lambda w: (w.masked_texts.outdated(), w.search.problems(), w.search.find(secret))) == (
        False,
        [],
        [],
    )
    assert result["rules_before"] in (0, result["rules"])
    assert not [path for path in shop.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]


def count(shop, query):
    return look(shop, lambda w: w.database.connection().execute(query).fetchone()[0])
