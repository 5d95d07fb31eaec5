"""The guard stops what would leave with personal data, says where it is, and lets it out only with a reason."""

import json

import pytest

from csqm_desktop.domain.conversation import Role
from csqm_desktop.errors import CsqmError
from csqm_desktop.exporters.guard import Guard
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.jobs.export_data import ExportBlockedError, ExportData
from tests import builders
from tests.builders import dialogues, review

PLANTED = "call her back: 13812345678"


@pytest.fixture
def workspace(tmp_path):
    made = builders.workspace(tmp_path / "w", *dialogues())
    made.reviews.submit(review(2, "Li"))
    made.reviews.submit(review(4, "Wang", comment=PLANTED))
    yield made
    made.close()


def export(workspace, path, what="labels", **options):
    return execute(ExportData(workspace, what, path, **options), SilentContext())


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.jsonl", "a.json", "a.doccano.jsonl"])
def test_a_number_in_a_comment_stops_the_export_and_points_to_the_row(workspace, tmp_path, name):
    with pytest.raises(ExportBlockedError) as caught:
        export(workspace, tmp_path / name)
    finding = caught.value.findings[0]
    assert (finding.kind, finding.conversation_id, finding.message_id) == ("phone", "c1", "4")
    assert "13812345678" not in str(caught.value)
    assert "[phone]" in finding.excerpt
    assert not list(tmp_path.glob(f"*{name}*"))
    assert workspace.jobs.recent()[0].outcome == "failed"


def test_the_row_is_that_of_the_file(workspace, tmp_path):
    with pytest.raises(ExportBlockedError) as caught:
        export(workspace, tmp_path / "a.csv")
    row, column = caught.value.findings[0].row, caught.value.findings[0].column
    path = export(workspace, tmp_path / "a.csv", override="the lead wants it").path
    assert "13812345678" in path.read_text("utf-8-sig").splitlines()[row - 1]
    assert column == "comment"


def test_letting_it_out_needs_a_reason_and_is_logged(workspace, tmp_path):
    with pytest.raises(CsqmError):
        export(workspace, tmp_path / "a.csv", override="   ")
    result = export(workspace, tmp_path / "a.csv", override="agreed with the customer", actor="Chen")
    assert result.overridden
    entries = (
        workspace.database.connection().execute("SELECT actor, action, detail FROM audit_log ORDER BY id").fetchall()
    )
    assert [entry["action"] for entry in entries] == ["export_blocked", "export_override"]
    assert entries[-1]["actor"] == "Chen"
    assert json.loads(entries[-1]["detail"])["reason"] == "agreed with the customer"
    card = json.loads(result.card.read_text("utf-8"))["privacy"]
    assert card["left_in_this_export"] == {"phone": 2}
    assert card["let_out_because"] == "agreed with the customer"
    assert workspace.audit.first_broken() is None


def test_the_message_says_how_to_export_all_the_same(workspace, tmp_path):
    with pytest.raises(ExportBlockedError) as caught:
        export(workspace, tmp_path / "a.csv")
    assert all(way in caught.value.remedy for way in ("--override", "--allow", "“Export all the same”", "Settings"))


@pytest.mark.parametrize(
    ("what", "name", "count", "place"),
    [
        ("conversations", "a.csv", 2, "sender"),
        ("conversations", "a.sharegpt.jsonl", 2, "name"),
        ("conversations", "a.openai.jsonl", 0, None),
        ("labels", "a.csv", 0, None),
    ],
)
def test_the_card_says_how_many_customers_names_go_out(tmp_path, what, name, count, place):
    space = builders.workspace(tmp_path / "w")
    senders = ["Olivia Brown", "李雷", "[phone]", "[phone#aaaaaaaa]", "", "Olivia Brown"]
    for number, sender in enumerate(senders):
        chat = [builders.message(1, f"c{number}", sender=sender, role=Role.CUSTOMER)]
        builders.add(space, [*chat, builders.message(2, f"c{number}", sender="Shop")])
    result = export(space, tmp_path / name, what=what)
    space.close()
    card = json.loads(result.card.read_text("utf-8"))["privacy"]
    assert card["names_of_customers_in_this_export"] == count
    note = card.get("where_these_names_stand")
    assert f"the field {place} holds them" in note if place else note is None
    text = result.card.with_suffix(".md").read_text("utf-8")
    assert f"- names of customers in this export: {count}\n" in text


def test_the_limit_counts_each_kind(workspace, tmp_path):
    assert export(workspace, tmp_path / "a.csv", limit=2).residual == {"phone": 2}
    with pytest.raises(ExportBlockedError):
        export(workspace, tmp_path / "b.csv", limit=1)


def test_what_is_clean_goes_out_without_a_reason(workspace, tmp_path):
    result = export(workspace, tmp_path / "a.csv", what="conversations")
    assert (result.residual, result.overridden) == ({}, False)
    assert workspace.database.connection().execute("SELECT action FROM audit_log").fetchone()[0] == "export"


def test_ids_that_look_like_cards_do_not_count_but_phones_do(workspace, tmp_path):
    builders.add(workspace, [builders.message(1, "4111111111111111"), builders.message(2, "s-13912345678@wa")])
    with pytest.raises(ExportBlockedError) as caught:
        export(workspace, tmp_path / "a.csv", what="conversations")
    assert set(caught.value.counts) <= {"phone", "email"}


def test_names_that_imports_keep_on_purpose_do_not_stop_an_export(workspace, tmp_path):
    builders.add(workspace, [builders.message(1, "c9", sender="陈太太"), builders.message(2, "c9", sender="张先生")])
    assert export(workspace, tmp_path / "a.csv", what="conversations").residual == {}
    builders.add(workspace, [builders.message(3, "c9", sender="buyer 13812345678")])
    with pytest.raises(ExportBlockedError) as caught:
        export(workspace, tmp_path / "b.csv", what="conversations")
    assert caught.value.findings[0].column == "sender"


def test_brands_and_reviewers_that_look_like_people_do_not_stop_an_export():
    guard = Guard()
    result = {"from_name": "reviewer_name", "to_name": "reply", "type": "textarea", "value": {"text": ["Sarah Miller"]}}
    guard.look(
        {"data": {"shop": "王小明旗舰店", "product": "Sarah Miller dress"}, "annotations": [{"result": [result]}]}
    )
    assert guard.counts == {}
    comment = result | {"from_name": "review_comment"}
    guard.look({"data": {"shop": "call 13812345678"}, "annotations": [{"result": [comment]}]})
    assert guard.counts == {"phone": 1, "name": 1}
    assert [(finding.column, finding.kind) for finding in guard.findings] == [
        ("shop", "phone"),
        ("review_comment", "name"),
    ]
