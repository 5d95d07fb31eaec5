"""The intake over a real connection: who may post, what is refused, and that nothing answered with 2xx is lost."""

import json
import re
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from csqm_desktop import logs
from csqm_desktop.errors import CsqmError
from csqm_desktop.intake.application import Limits
from csqm_desktop.intake.limits import RateLimit
from csqm_desktop.intake.store_queue import QueueFull, StoreQueue
from csqm_desktop.privacy.pseudonyms import plain
from tests import builders
from tests.unit.intake.conftest import post, serving


def texts(workspace):
    return [row[0] for row in workspace.database.connection().execute("SELECT text FROM messages ORDER BY id")]


def test_a_message_is_stored_masked_before_the_answer_and_only_once(client, workspace):
    first = client.post("/v1/messages", json=post(text="call 13812345678 or ann@example.com"))
    assert (first.status_code, first.json()) == (201, {"status": "added"})
    assert [plain(text) for text in texts(workspace)] == ["call [phone] or [email]"]
    again = client.post("/v1/messages", json=post(text="call 13812345678 or ann@example.com"))
    assert (again.status_code, again.json()) == (200, {"status": "known"})
    corrected = client.post("/v1/messages", json=post(text="call us"))
    assert corrected.status_code == 200
    assert texts(workspace) == ["call us"]
    batch = workspace.batches.history()[0]
    assert (batch.path, batch.added, batch.unchanged, batch.updated) == ("http:shop", 1, 1, 1)
    assert workspace.batches.redactions(batch.id) == {"phone": 2, "email": 2}
    assert b"13812345678" not in b"".join(p.read_bytes() for p in workspace.folder.iterdir() if p.is_file())


def test_all_fields_arrive(client, workspace):
    facts = {
        "role": "agent", "sender": "Li", "channel": "web", "shop": "s", "product": "p", "order_id": "o", "rating": 4.5,
        "bot_version": "2", "intent": "refund", "attachments": ["a.png"], "private": True,
    }  # fmt: skip
    assert client.post("/v1/messages", json=post(**facts)).status_code == 201
    conversation = workspace.conversations.get(1)
    message = conversation.messages[0]
    assert (conversation.channel, conversation.shop, conversation.product) == ("web", "s", "p")
    assert (conversation.order_id, conversation.rating) == ("o", 4.5)
    assert (message.sender, message.bot_version, message.intent, message.attachments) == (
        "Li",
        "2",
        "refund",
        ("a.png",),
    )
    assert message.private
    assert not message.is_reply
    assert message.sent_at.isoformat() == "2026-09-01T08:00:00+08:00"


def test_a_batch_is_stored_as_a_whole_or_not_at_all(client, workspace):
    bad = client.post("/v1/messages/batch", json={"messages": [post(1), post(2, sent_at="yesterday")]})
    assert bad.status_code == 422
    assert bad.json()["where"] == ["messages.1.sent_at: Value error, write the time with date and offset,"
                                   " e.g. 2026-09-01T08:00:00+08:00"]  # fmt: skip
    assert texts(workspace) == []
    good = client.post("/v1/messages/batch", json={"messages": [post(1), post(2), post(2, text="hello two")]})
    assert good.json() == {"added": 2, "known": 1}
    assert texts(workspace) == ["hello 1", "hello two"]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"role": "boss"}, "role"),
        ({"text": "   "}, "text"),
        ({"text": ""}, "text"),
        ({"message_id": ""}, "message_id"),
        ({"conversation_id": 7}, "conversation_id"),
        ({"sent_at": "2026-09-01T08:00:00"}, "sent_at"),
        ({"sent_at": "1826-09-01T08:00:00Z"}, "sent_at"),
        ({"sent_at": "2026-02-30T08:00:00Z"}, "sent_at"),
        ({"private": "yes"}, "private"),
        ({"rating": "5"}, "rating"),
        ({"telephone": "13812345678"}, "telephone"),
    ],
)
def test_what_is_wrong_is_named_and_the_post_is_not_repeated(client, workspace, facts, field):
    answer = client.post("/v1/messages", json=post(**({"text": "secret words"} | facts)))
    assert answer.status_code == 422
    assert answer.json()["where"][0].startswith(field)
    assert "secret" not in answer.text
    assert "13812345678" not in answer.text
    assert texts(workspace) == []


def test_only_a_valid_token_of_the_right_kind_may_post(client, workspace):
    assert client.post("/v1/messages", json=post(), headers={"Authorization": "Bearer csqm_x"}).status_code == 401
    bare = client.post("/v1/messages", json=post(), headers={"Authorization": ""})
    assert (bare.status_code, bare.headers["www-authenticate"]) == (401, "Bearer")
    hook = workspace.tokens.make("desk", "chatwoot")
    assert client.post("/v1/messages", json=post(), headers={"Authorization": f"Bearer {hook}"}).status_code == 403
    assert client.post("/v1/messages", json=post()).status_code == 201
    workspace.tokens.revoke("shop")
    assert client.post("/v1/messages", json=post(2)).status_code == 401
    row = workspace.database.connection().execute("SELECT name, hash FROM intake_tokens").fetchone()
    assert hook.encode() not in row[1]
    assert len(row[1]) == 32


def test_size_type_and_address_are_checked(workspace):
    with serving(workspace, limits=Limits(kilobytes=2)) as client:
        assert client.post("/v1/messages", json=post(text="x" * 3000)).status_code == 413
        streamed = client.post(
            "/v1/messages", content=(b"x" * 1000 for _ in range(5)), headers={"Content-Type": "application/json"}
        )
        assert streamed.status_code == 413
        assert client.post("/v1/messages", content=json.dumps(post())).status_code == 415
        assert (
            client.post("/v1/messages", content=b"{", headers={"Content-Type": "application/json"}).status_code == 422
        )
        assert client.get("/v1/nothing").json()["code"] == "intake_not_found"
        wrong = client.get("/v1/messages")
        assert (wrong.status_code, wrong.json()["code"], wrong.headers["allow"]) == (405, "intake_method", "POST")


def test_who_posts_too_much_is_told_when_to_come_back(workspace):
    with serving(workspace, limits=Limits(per_minute=60)) as client:  # ten at once, then one a second
        answers = [client.post("/v1/messages", json=post(n)) for n in range(12)]
    refused = [a for a in answers if a.status_code == 429]
    assert [a.status_code for a in answers[:10]] == [201] * 10
    assert refused
    assert int(refused[0].headers["retry-after"]) >= 1
    assert refused[0].json()["code"] == "intake_rate"
    assert len(texts(workspace)) == 12 - len(refused)


def test_buckets_fill_again():
    now = [0.0]
    limit = RateLimit(rate=2, burst=4, clock=lambda: now[0])
    assert [limit.take("a") for _ in range(4)] == [0, 0, 0, 0]
    assert limit.take("a") == pytest.approx(0.5)
    assert limit.take("b") == 0
    now[0] = 0.5
    assert limit.take("a") == 0
    now[0] = 100
    assert limit.take("a", 10) == 0  # larger than the bucket: let through when full, paid for afterwards
    assert limit.take("a") > 3


def test_a_full_queue_refuses_and_what_was_taken_is_stored(workspace, monkeypatch):
    blocked, entered = threading.Event(), threading.Event()
    original = StoreQueue._in_one_transaction

    def slow(self, posts):
        entered.set()
        assert blocked.wait(30)
        return original(self, posts)

    monkeypatch.setattr(StoreQueue, "_in_one_transaction", slow)
    with serving(workspace, capacity=3) as client, ThreadPoolExecutor(8) as pool:
        first = pool.submit(client.post, "/v1/messages", json=post(0))
        assert entered.wait(10)
        waiting = [pool.submit(client.post, "/v1/messages", json=post(n)) for n in (1, 2)]
        deadline = time.monotonic() + 10
        while client.get("/v1/health").json()["queued"] < 3:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        refused = client.post("/v1/messages", json=post(9))
        assert (refused.status_code, refused.json()["code"]) == (429, "intake_full")
        assert int(refused.headers["retry-after"]) >= 1
        assert texts(workspace) == []  # nobody has been answered yet
        blocked.set()
        assert {f.result().status_code for f in (first, *waiting)} == {201}
    assert sorted(texts(workspace)) == ["hello 0", "hello 1", "hello 2"]


def test_a_post_that_cannot_be_handled_does_not_take_others_with_it(workspace, monkeypatch):
    from csqm_desktop import privacy

    original = privacy.redact
    monkeypatch.setattr(privacy, "redact", lambda text, signs: 1 / 0 if "poison" in text else original(text, signs))
    heard = []
    queue = StoreQueue(workspace, heard.append)
    posts = [builders.message(n, text=words) for n, words in enumerate(("one", "poison", "three"), start=1)]
    futures = [queue.submit("http:shop", "api", [item]) for item in posts]
    queue.start()
    assert [futures[0].result(30).added, futures[2].result(30).added] == [1, 1]
    with pytest.raises(CsqmError) as caught:
        futures[1].result(30)
    assert caught.value.code == "unexpected"
    assert "poison" not in str(caught.value)
    queue.close()
    with pytest.raises(QueueFull):
        queue.submit("http:shop", "api", posts)
    assert texts(workspace) == ["one", "three"]
    assert heard


def test_a_store_that_cannot_be_written_is_503_and_nothing_is_half_there(client, workspace, monkeypatch):
    def full(*_):
        raise CsqmError("disk_full", path="x", reason="no space")

    monkeypatch.setattr(workspace.batches, "grow", full)
    answer = client.post("/v1/messages", json=post())
    assert (answer.status_code, answer.json()["code"]) == (503, "disk_full")
    assert "retry-after" in answer.headers
    monkeypatch.undo()
    assert texts(workspace) == []
    assert client.post("/v1/messages", json=post()).status_code == 201


CHATWOOT = {
    "event": "message_created", "id": 5, "content": "Ring 13812345678", "message_type": "outgoing",
    "created_at": "2026-09-01T00:00:00.000Z", "private": False, "content_type": "text",
    "sender": {"id": 1, "name": "Li", "type": "user"}, "account": {"id": 1, "name": "Shop"},
    "inbox": {"id": 1, "name": "Web"}, "conversation": {"id": 77, "channel": "Channel::WebWidget"},
}  # fmt: skip


def test_chatwoot_posts_to_a_path_of_its_own(client, workspace):
    token = workspace.tokens.make("desk", "chatwoot")
    address = f"/v1/webhooks/chatwoot/desk?token={token}"
    anonymous = {"Authorization": ""}
    assert client.post(address, json=CHATWOOT, headers=anonymous).json() == {"status": "stored", "added": 1, "known": 0}
    edited = CHATWOOT | {"event": "message_updated", "content": "Ring us"}
    assert client.post(address, json=edited, headers=anonymous).json() == {"status": "stored", "added": 0, "known": 1}
    other = {"event": "conversation_status_changed", "id": 77}
    assert client.post(address, json=other, headers=anonymous).json()["status"] == "ignored"
    conversation = workspace.conversations.get(1)
    assert (conversation.source_id, conversation.channel) == ("77", "WebWidget")
    assert [(m.text, m.role.value, m.sender) for m in conversation.messages] == [("Ring us", "agent", "Li")]
    broken = client.post(address, json=CHATWOOT | {"created_at": "never"}, headers=anonymous)
    assert broken.status_code == 422
    batch = workspace.batches.history()[0]
    assert (batch.path, batch.rejected) == ("http:desk", 1)
    assert "13812345678" not in workspace.batches.rejected(batch.id)[0].excerpt
    assert client.post(address.replace("desk", "shop"), json=CHATWOOT, headers=anonymous).status_code == 403
    assert client.post("/v1/webhooks/chatwoot/desk", json=CHATWOOT, headers=anonymous).status_code == 401


def test_the_page_needs_nothing_from_elsewhere(client):
    text = client.get("/", headers={"Authorization": ""}).text
    assert "/v1/messages" in text
    assert "<script" not in text
    assert set(re.findall(r"https?://[^/\s'\"]+", text)) <= {"http://127.0.0.1:8765"}
    assert client.get("/docs").status_code == 404
    health = client.get("/v1/health", headers={"Authorization": ""}).json()
    assert (health["status"], health["queued"]) == ("ok", 0)


def test_no_text_reaches_the_log(workspace):
    logs.set_up()
    with serving(workspace) as client:
        client.post("/v1/messages", json=post(text="Rosebud"))
        client.post("/v1/messages", json=post(text="Rosebud", sent_at="x"))
        client.post("/v1/messages?token=Rosebud", json=post(2, text="Rosebud"))
    assert "Rosebud" not in logs.log_file().read_text()
    assert client.results[0].messages == 2
    assert workspace.jobs.recent(1, "serve")[0].outcome == "succeeded"


def test_a_taken_port_is_an_error_with_a_way_out(client, workspace):
    from csqm_desktop.intake.serve import Address, Serve
    from csqm_desktop.jobs.base import SilentContext

    with pytest.raises(CsqmError) as caught:
        Serve(workspace, None, Address(port=client.base_url.port)).run(SilentContext())
    assert caught.value.code == "serve_address"


def start(workspace, *words):
    command = [sys.executable, "-m", "csqm_desktop", "serve", "-w", str(workspace.folder), "--port", "0", "--no-score"]
    running = subprocess.Popen([*command, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    lines = []
    while not lines or "Taking messages" not in lines[-1]:
        lines.append(running.stderr.readline())
        assert lines[-1], "".join(lines)
    return running, lines


def test_what_was_answered_survives_kill_9(workspace):
    running, lines = start(workspace)
    token = next(line.strip() for line in lines if line.startswith("csqm_"))
    url = re.search(r"http://\S+", lines[-1])[0]
    answered, stop = [], threading.Event()

    def send(worker):
        with httpx2.Client(headers={"Authorization": f"Bearer {token}"}, trust_env=False) as client:
            for n in range(10_000):
                try:
                    done = client.post(f"{url}/v1/messages", json=post(n, f"w{worker}"))
                except httpx2.HTTPError:
                    return
                if done.status_code == 201:
                    answered.append((f"w{worker}", str(n)))

    threads = [threading.Thread(target=send, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + 30
    while len(answered) < 40 and time.monotonic() < deadline:
        time.sleep(0.01)
    running.kill()
    running.wait()
    stop.set()
    for thread in threads:
        thread.join(30)
    for stream in (running.stdout, running.stderr):
        stream.close()
    assert len(answered) >= 40
    assert set(workspace.conversations.find(answered)) == set(answered)
    assert workspace.database.integrity_problems() == []


def test_the_command_warns_of_other_machines_and_shows_its_token_once(workspace):
    running, lines = start(workspace, "--host", "0.0.0.0", "--json")
    assert any("other machines" in line for line in lines)
    assert sum(line.startswith("csqm_") for line in lines) == 1
    running.send_signal(2)
    out, _ = running.communicate(timeout=60)
    assert running.returncode == 0
    assert json.loads(out)["messages"] == 0
    running, lines = start(workspace)
    assert not any(line.startswith("csqm_") for line in lines)
    running.kill()
    running.communicate()
