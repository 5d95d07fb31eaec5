"""Role rules on what is stored: counts, labels, scores and rollups follow."""

import pytest

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.mapping import from_json
from csqm_desktop.jobs.apply_roles import ApplyRoles
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.jobs.import_chats import ImportChats
from tests import builders


@pytest.fixture
def space(tmp_path):
    said = [
        builders.message(1, sender="Li", text="hello"),
        builders.message(2, sender="小禾", text="您好"),
        builders.message(3, sender="Li", text="转人工"),
        builders.message(4, sender="小禾", text="由 小禾 转交给 小满"),
        builders.message(5, sender="机器人2", role=Role.AGENT, text="请稍等"),
        builders.message(1, "c2", sender="小禾", text="在", attachments=("a.png",)),
        builders.message(2, "c2", sender="小满", text="好的"),
    ]
    made = builders.workspace(tmp_path / "w", *said)
    builders.random_scores(made)
    yield made
    made.close()


def roles(space):
    rows = space.database.connection().execute("SELECT role, is_reply FROM messages ORDER BY id")
    return [(row[0], row[1]) for row in rows]


def rollups(space):
    query = "SELECT dimension, value, role, criterion_id, day, n, round(total, 6) FROM rollups WHERE n > 0"
    return sorted(tuple(row) for row in space.database.connection().execute(query))


RULES = {
    "rules": [
        {"role": "bot", "field": "sender", "prefix": ["机器人"]},
        {"role": "agent", "field": "sender", "is": ["小禾"]},
    ],
    "notices": True,
}


def test_rules_change_roles_and_say_how_many(space):
    before = roles(space)
    rehearsal = execute(ApplyRoles(space, from_json({"notices": True, **RULES}), apply=False), SilentContext())
    assert roles(space) == before
    result = execute(ApplyRoles(space, from_json(RULES), apply=True), SilentContext())
    assert rehearsal.changes == result.changes == {"agent → bot": 1, "customer → agent": 1}
    assert (result.messages, result.changed, result.replies_lost, result.replies_gained) == (7, 2, 0, 1)
    assert roles(space)[4] == ("bot", 1)
    assert roles(space)[5] == ("agent", 1)
    again = execute(ApplyRoles(space, from_json(RULES), apply=True), SilentContext())
    assert again.changed == 0


def test_a_reply_that_is_none_any_more_loses_its_score_and_keeps_its_review(space):
    version = space.scores.version_id("v1")
    reply = space.conversations.find([("c1", "2")])["c1", "2"]
    other = space.conversations.find([("c2", "2")])["c2", "2"]
    space.reviews.submit(builders.review(reply))
    result = execute(
        ApplyRoles(space, from_json({"rules": [{"role": "system", "field": "text", "regex": "^您好$"}]}), apply=True),
        SilentContext(),
    )
    assert (result.replies_lost, result.reviews_kept) == (1, 1)
    assert space.scores.get(reply, "v1") is None
    assert space.scores.get(other, "v1") is not None  # another conversation
    assert space.scores.count(version) == 1  # replies said after the changed one stand for it, too
    kept = space.database.connection().execute("SELECT count(*) FROM reviews WHERE reply_id = ?", (reply,))
    assert kept.fetchone()[0] == 1
    figures = rollups(space)
    space.scores.rebuild_rollups(version)
    assert figures == rollups(space)


def test_importing_again_with_the_same_rules_finds_nothing_to_change(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "conversation_id,message_id,sent_at,role,sender,text,attachments\n"
        "c,1,2026-09-01T08:00:00Z,agent,robo,hi,a.png|b.png\n",
        encoding="utf-8",
    )
    space = builders.workspace(tmp_path / "w")
    execute(ImportChats(space, path), SilentContext())
    mapping = from_json({"rules": [{"role": "bot", "is": "robo"}]})
    assert execute(ApplyRoles(space, mapping, apply=True), SilentContext()).changed == 1
    again = execute(ImportChats(space, path, mapping=mapping), SilentContext())
    assert (again.unchanged, again.updated) == (1, 0)
    back = execute(ImportChats(space, path), SilentContext())  # without the rules the file says otherwise
    assert back.updated == 1
    space.close()
