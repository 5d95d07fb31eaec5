"""Connectors against a real local server: paging, limits, faults, cut connections, resuming without duplicates."""

import os
import signal
import stat
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from csqm_desktop.connectors import tokens
from csqm_desktop.connectors.client import Client, checked_url
from csqm_desktop.connectors.generic import records_at
from csqm_desktop.errors import Cancelled, CsqmError
from csqm_desktop.jobs.base import SilentContext
from tests.unit.connectors.conftest import add, pull

T0 = 1_788_220_800  # 2026-09-01T00:00:00Z


def iso(second):
    return datetime.fromtimestamp(T0 + second, UTC).isoformat().replace("+00:00", "Z")


# -- a shop at each service: a conversation has a customer's message and an answer


def zendesk(service, count=120, page=50):
    tickets = [{"id": n, "requester_id": 1, "status": "open", "created_at": iso(n), "via": {"channel": "web"}}
               for n in range(1, count + 1)]  # fmt: skip
    users = [{"id": 1, "name": "Wang", "role": "end-user"}, {"id": 2, "name": "Li", "role": "agent"}]

    def list_tickets(_match, query, _body):
        start = int(query.get("cursor", "c0")[1:])
        end = min(len(tickets), start + page)
        return {"tickets": tickets[start:end], "users": users, "after_cursor": f"c{end}",
                "end_of_stream": end == len(tickets)}  # fmt: skip

    def comments(match, query, _body):
        n = int(match[1])
        every = [{"id": 10 * n + k, "author_id": 1 + k, "public": True, "created_at": iso(n + k),
                  "plain_body": f"ticket {n} part {k} call 13812345678"} for k in (0, 1)]  # fmt: skip
        first = "page[after]" not in query
        return {"comments": every[:1] if first else every[1:], "users": users,
                "meta": {"has_more": first, "after_cursor": "x" if first else None}}  # fmt: skip

    service.routes = {
        r"/api/v2/incremental/tickets/cursor\.json": list_tickets,
        r"/api/v2/tickets/(\d+)/comments\.json": comments,
        r"/api/v2/users/me\.json": lambda *_: {"user": {"role": "agent"}},
    }
    return tickets


def intercom(service, count=30, page=20):
    found = [{"id": str(n), "updated_at": T0 + n} for n in range(1, count + 1)]

    def search(_match, _query, body):
        since = body["query"]["value"]
        fresh = [c for c in found if c["updated_at"] > since]
        start = int(body["pagination"].get("starting_after", 0))
        rest = fresh[start : start + page]
        following = {"starting_after": str(start + page)} if start + page < len(fresh) else None
        return {"conversations": rest, "pages": {"next": following}}

    def whole(match, _query, _body):
        n = int(match[1])
        part = {"id": f"p{n}", "part_type": "comment", "body": f"<p>answer {n}</p>", "created_at": T0 + n + 1,
                "author": {"type": "admin", "name": "Li"}}  # fmt: skip
        return {"id": match[1], "created_at": T0 + n, "source": {"id": f"s{n}", "body": f"<p>question {n}</p>",
                "author": {"type": "user", "name": "Wang"}, "delivered_as": "customer_initiated"},
                "conversation_parts": {"conversation_parts": [part]}}  # fmt: skip

    service.routes = {r"/conversations/search": search, r"/conversations/(\d+)": whole,
                      r"/me": lambda *_: {"app": {"name": "Shop"}}}  # fmt: skip
    return found


def chatwoot(service, count=40, page=25):
    found = [{"id": n, "last_activity_at": T0 + n, "meta": {"channel": "Channel::WebWidget"}}
             for n in range(1, count + 1)]  # fmt: skip

    def conversations(_match, query, _body):
        start = (int(query["page"]) - 1) * page
        newest = sorted(found, key=lambda c: -c["last_activity_at"])
        return {"data": {"payload": newest[start : start + page]}}

    def messages(match, query, _body):
        n = int(match[1])
        every = [{"id": 10 * n + k, "content": f"chat {n} part {k}", "message_type": k, "created_at": T0 + n + k,
                  "conversation_id": n, "sender": {"name": "Li", "type": "user" if k else "contact"},
                  "inbox_id": 1, "account_id": 1} for k in (0, 1)]  # fmt: skip
        before = int(query.get("before", 10**9))
        return {"payload": [m for m in every if m["id"] < before][-1:]}

    root = r"/api/v1/accounts/3/conversations"
    service.routes = {root: conversations, root + r"/(\d+)/messages": messages,
                      root + "/meta": lambda *_: {"meta": {"all_count": count}}}  # fmt: skip
    return found


MAPPING = {
    "fields": {"conversation_id": "chat", "message_id": "id", "sent_at": "at", "role": "by.kind", "text": "body"}
}


def generic(service, kind, count=45, page=20):
    found = [{"id": n, "chat": f"c{n // 2}", "at": iso(n), "by": {"kind": "customer" if n % 2 else "agent"},
              "body": f"line {n}"} for n in range(count)]  # fmt: skip

    def items(_match, query, _body):
        fresh = [m for m in found if m["at"] > query.get("after", "")]
        start = {"cursor": int(query.get("cursor", 0)), "page": (int(query.get("page", 1)) - 1) * page,
                 "offset": int(query.get("offset", 0))}.get(kind, int(query.get("from", 0)))  # fmt: skip
        end = start + page
        more = end < len(fresh)
        link = f"{service.url}/items?from={end}" + (f"&after={query['after']}" if "after" in query else "")
        service.headers = {"Link": f'<{link}>; rel="next"'} if more and kind == "link_header" else {}
        return {"data": {"items": fresh[start:end]}, "meta": {"next": str(end) if more else None},
                "links": {"next": link if more else None}}  # fmt: skip

    service.routes = {"/items": items}
    return found


PAGING = {
    "cursor": {"kind": "cursor", "parameter": "cursor", "path": "meta.next"},
    "page": {"kind": "page", "parameter": "page"},
    "offset": {"kind": "offset", "parameter": "offset"},
    "next_link": {"kind": "next_link", "path": "links.next"},
    "link_header": {"kind": "link_header"},
}


def add_generic(workspace, service, kind, **more):
    add(workspace, service, "json", path="items", items="data.items", mapping=MAPPING, paging=PAGING[kind],
        since={"parameter": "after", "field": "at"}, **more)  # fmt: skip


SHOPS = {
    "zendesk": (zendesk, {"email": "a@example.com"}, 240),
    "intercom": (intercom, {}, 60),
    "chatwoot": (chatwoot, {"account": 3}, 80),
}


@pytest.mark.parametrize("kind", SHOPS)
def test_everything_comes_once_with_roles_and_without_personal_data(workspace, service, rows, kind):
    shop, settings, count = SHOPS[kind]
    shop(service)
    add(workspace, service, kind, **settings)
    result = pull(workspace)
    assert (result.added, result.rejected) == (count, 0)
    found = rows()
    assert len({row[:2] for row in found}) == count
    assert {row[2] for row in found} == {"customer", "agent"}
    assert "13812345678" not in str(found)
    again = pull(workspace)
    assert (again.added, again.updated) == (0, 0)
    record = workspace.connectors.get("desk")
    assert (record.outcome, record.messages) == ("succeeded", count)
    assert workspace.batches.history()[0].path == "pull:desk"


@pytest.mark.parametrize("kind", PAGING)
def test_a_described_service_is_paged_and_read_on_from_where_it_was(workspace, service, rows, kind):
    found = generic(service, kind)
    add_generic(workspace, service, kind)
    assert pull(workspace).added == 45
    assert workspace.connectors.get("desk").cursor == {"since": found[-1]["at"]}
    found.append({**found[0], "id": 99, "chat": "new", "at": iso(99)})
    service.asked.clear()
    assert pull(workspace).added == 1
    assert all(query.get("after") == iso(44) for _, _, query, _ in service.asked)
    assert len(rows()) == 46


def test_what_is_new_comes_with_the_next_pull(workspace, service, rows):
    tickets = zendesk(service, count=3)
    add(workspace, service, "zendesk", email="a@example.com")
    pull(workspace)
    tickets.append({**tickets[0], "id": 4})
    assert pull(workspace).added == 2
    conversations = intercom(service, count=3)
    add(workspace, service, "intercom")
    assert workspace.connectors.get("desk").cursor == {}  # another kind begins at the beginning
    pull(workspace)
    conversations.append({"id": "9", "updated_at": T0 + 9})
    assert pull(workspace).added == 2


@pytest.mark.parametrize("kind", SHOPS)
def test_limits_faults_and_cut_connections_are_waited_out(workspace, service, kind):
    shop, settings, count = SHOPS[kind]
    shop(service)
    add(workspace, service, kind, **settings)
    service.faults = [None, (429, "0.05"), 500, "cut", None, "hang up", 503, None, "cut", (429, ""), 502]
    assert pull(workspace).added == count
    assert service.faults == []


def test_a_service_that_says_when_is_not_asked_before(workspace, service):
    generic(service, "cursor")
    add_generic(workspace, service, "cursor")
    service.faults = [(429, "0.6")]
    started = time.monotonic()
    pull(workspace)
    assert time.monotonic() - started >= 0.6
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    service.faults = [(503, soon)]
    started = time.monotonic()
    pull(workspace)
    assert time.monotonic() - started >= 0.9
    service.headers = {}
    waits = []
    with Client("desk", service.url, {}, wait=waits.append) as client:
        service.routes["/left"] = lambda *_: {}
        service.headers = {"X-Rate-Limit-Remaining": "0", "X-Rate-Limit-Reset": "7"}
        client.get("left")
    assert waits == [7.0]


def test_a_service_that_stays_away_ends_the_pull_with_a_reason_and_the_next_goes_on(workspace, service, rows):
    generic(service, "cursor")
    add_generic(workspace, service, "cursor")
    service.faults = [None, *["hang up"] * 6]
    with pytest.raises(CsqmError) as caught:
        pull(workspace)
    assert caught.value.code == "connector_unreachable"
    record = workspace.connectors.get("desk")
    assert (record.outcome, record.code, record.cursor["at"]) == ("failed", "connector_unreachable", "20")
    assert len(rows()) == 20
    assert pull(workspace).added == 25


def test_the_token_and_what_is_no_use_are_told(workspace, service, monkeypatch):
    generic(service, "cursor")
    add_generic(workspace, service, "cursor")
    pull(workspace)
    assert service.asked[0][3]["authorization"] == "Bearer secret-token"
    for fault, code in (
        (401, "connector_refused"),
        (404, "connector_answer"),
        ((302, "http://x/"), "connector_answer"),
    ):
        service.faults = [fault]
        with pytest.raises(CsqmError) as caught:
            pull(workspace)
        assert caught.value.code == code
    tokens.forget(workspace.folder, "desk")
    with pytest.raises(CsqmError) as caught:
        pull(workspace)
    assert caught.value.code == "connector_token"
    monkeypatch.setenv("CSQM_TOKEN_DESK", "from-environment")
    pull(workspace)
    assert service.asked[-1][3]["authorization"] == "Bearer from-environment"


def test_only_allowed_hosts_are_asked_and_only_encrypted(workspace, service):
    for bad in ("http://example.com", "ftp://example.com", "https://", "https://user:pw@example.com", "x"):
        with pytest.raises(CsqmError) as caught:
            checked_url(bad)
        assert caught.value.code == "connector_address"
        assert "pw" not in str(caught.value)
    assert checked_url("http://localhost:3000").host == "localhost"
    generic(service, "next_link")
    add_generic(workspace, service, "next_link")
    original = service.routes["/items"]

    def elsewhere(*given):
        return original(*given) | {"links": {"next": "https://evil.example/items"}}

    service.routes["/items"] = elsewhere
    with pytest.raises(CsqmError) as caught:
        pull(workspace)
    assert (caught.value.code, caught.value.values["host"]) == ("connector_host", "evil.example")


def test_records_that_make_no_message_are_kept_with_their_reason(workspace, service):
    found = generic(service, "page", count=4)
    found[1] |= {"at": "never", "body": "call 13812345678"}
    add_generic(workspace, service, "page")
    workspace.connectors.save("desk", "json", workspace.connectors.get("desk").settings | {"since": {}})
    result = pull(workspace)
    assert (result.added, result.rejected) == (3, 1)
    kept = workspace.batches.rejected(workspace.batches.history()[0].id)
    assert kept[0].code == "row_time_unreadable"
    assert "13812345678" not in kept[0].excerpt


def test_nested_records_know_what_is_around_them():
    data = {"data": [{"id": "a", "messages": [{"n": 1}, {"n": 2}]}, {"id": "b", "messages": []}]}
    found = list(records_at(data, "data[].messages[]"))
    assert found == [{"n": 1, "parent": {"id": "a"}}, {"n": 2, "parent": {"id": "a"}}]
    assert list(records_at([{"n": 1}], "")) == [{"n": 1}]
    assert list(records_at({"data": "text"}, "data.items")) == []


def test_a_cancelled_pull_keeps_its_pages(workspace, service, rows):
    generic(service, "offset")
    add_generic(workspace, service, "offset")

    class Stop(SilentContext):
        def check_cancelled(self):
            if len(service.asked) == 2:
                raise Cancelled

    with pytest.raises(Cancelled):
        pull(workspace, Stop())
    assert len(rows()) == 20
    assert workspace.connectors.get("desk").outcome == "cancelled"
    assert pull(workspace).added == 25


@pytest.mark.skipif(os.name == "nt", reason="uses a POSIX signal")
def test_kill_9_in_the_middle_and_go_on_without_duplicates(workspace, service, rows):
    intercom(service, count=60)
    add(workspace, service, "intercom")
    command = [sys.executable, "-m", "csqm_desktop", "pull", "desk", "-w", str(workspace.folder)]
    original = service.routes[r"/conversations/(\d+)"]

    def slow(*given):
        time.sleep(0.05)
        return original(*given)

    service.routes[r"/conversations/(\d+)"] = slow
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not rows():
        assert running.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.02)
    running.send_signal(signal.SIGKILL)
    running.wait()
    before = len(rows())
    assert 0 < before < 120
    assert workspace.connectors.get("desk").cursor
    result = pull(workspace)
    assert result.added == 120 - before
    assert len({row[:2] for row in rows()}) == len(rows()) == 120


def test_without_a_key_store_the_token_lies_in_a_file_of_its_owner_only(workspace, csqm_home):
    assert tokens.save(workspace.folder, "desk", "secret-token") == tokens.FILE
    (file,) = (csqm_home / "tokens").iterdir()
    if os.name != "nt":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert tokens.find(workspace.folder, "desk") == ("secret-token", tokens.FILE)
    assert not any(b"secret-token" in p.read_bytes() for p in workspace.folder.rglob("*") if p.is_file())
    tokens.forget(workspace.folder, "desk")
    assert tokens.find(workspace.folder, "desk") == ("", tokens.NOWHERE)


def test_a_key_store_is_used_where_there_is_one(workspace, csqm_home):
    import keyring
    from keyring.backend import KeyringBackend

    kept = {}

    class Store(KeyringBackend):
        priority = 1

        def set_password(self, service, username, password):
            kept[service, username] = password

        def get_password(self, service, username):
            return kept.get((service, username))

        def delete_password(self, service, username):
            del kept[service, username]

    tokens.save(workspace.folder, "desk", "old")
    keyring.set_keyring(Store())
    assert tokens.save(workspace.folder, "desk", "secret-token") == tokens.KEY_STORE
    assert list((csqm_home / "tokens").iterdir()) == []
    assert tokens.find(workspace.folder, "desk") == ("secret-token", tokens.KEY_STORE)
    tokens.forget(workspace.folder, "desk")
    assert tokens.find(workspace.folder, "desk")[0] == ""
