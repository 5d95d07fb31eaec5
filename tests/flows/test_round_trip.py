"""What was exported and read into a new workspace is the same: exporting it again gives the same bytes, or rows."""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from csqm_desktop import privacy
from csqm_desktop.domain.conversation import REPLY_ROLES, IncomingMessage, Role
from csqm_desktop.domain.review import Review, ReviewSource, Verdict
from csqm_desktop.domain.scorecard import NOT_APPLICABLE, RootCause
from csqm_desktop.domain.spreadsheet import escaped, is_formula, undone
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.jobs.export_data import ExportData
from csqm_desktop.jobs.import_chats import ImportChats
from csqm_desktop.jobs.import_labels import ImportLabels
from csqm_desktop.store.workspace import Workspace
from tests import builders

CARD = replace(
    builders.scorecard(builders.criterion("tone", not_applicable=True), builders.criterion("legal", 2, critical=True)),
    root_causes=(RootCause("slow", builders.text("Slow")), RootCause("canned", builders.text("Canned"))),
)
CONVERSATIONS = ["a.csv", "a.xlsx", "a.jsonl", "a.parquet", "a (hf)"]
LABELS = [*CONVERSATIONS, "a.json", "a.doccano.jsonl", "a (argilla)"]
FEW = settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))

# what chats hold, formulas, quotes, line ends, bidirectional and invisible characters included
_ODD = ["=1+1", "'=x", "''-2", "＝cmd", "a\nb", 'say "hi"', "a,b;c\t|", "\u202eabc", "é\u200bf", "{}", "[1]", "_x0041_"]
_TEXT = st.one_of(
    st.sampled_from(_ODD),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn")), min_size=1, max_size=12),
)
_WORD = st.one_of(st.just(""), _TEXT)


def _plain(text: str) -> str:
    """As importers store a text: no personal data; ids and names without space around them."""
    return privacy.redact(text.strip())[0].strip()


@st.composite
def _message(draw: st.DrawFn, conversation: str, number: int, facts: dict[str, str]) -> IncomingMessage:
    text = privacy.redact(draw(_TEXT))[0]
    assume(text.strip() and privacy.redact(text)[0] == text)
    zone = timezone(timedelta(minutes=draw(st.sampled_from([0, 480, -330]))))
    return IncomingMessage(
        row=number, conversation_id=conversation, message_id=f"m{number}",
        sent_at=datetime(2026, 9, 1, tzinfo=zone) + timedelta(minutes=number, milliseconds=draw(st.integers(0, 999))),
        role=draw(st.sampled_from(list(Role))), sender=privacy.redact_sender(_plain(draw(_WORD))), text=text,
        attachments=tuple(draw(st.lists(st.sampled_from(["a.png", "b; c.pdf", "[x].jpg"]), max_size=2))),
        bot_version=draw(st.sampled_from(["", "1.2"])), intent=draw(st.sampled_from(["", "refund"])),
        private=draw(st.sampled_from([False, False, True])), rating=None, **facts,
    )  # fmt: skip


@st.composite
def _chats(draw: st.DrawFn) -> list[IncomingMessage]:
    found = []
    for number in range(draw(st.integers(1, 3))):
        facts = {name: _plain(draw(_WORD)) for name in ("channel", "shop", "product", "order_id")}
        conversation = draw(st.sampled_from(["c", "=c", "'c", "000"])) + str(number)
        found += [draw(_message(conversation, place, facts)) for place in range(draw(st.integers(1, 4)))]
    return found


@st.composite
def _review(draw: st.DrawFn, reply: int, reviewer: str) -> Review:
    verdict = draw(st.sampled_from([Verdict.SCORED, Verdict.SCORED, *Verdict]))
    levels = {
        "tone": draw(st.sampled_from([NOT_APPLICABLE, 0, 1, 2])),
        "legal": draw(st.integers(0, 1)),
    }
    comment, better = (privacy.redact(draw(_WORD))[0] for _ in range(2))
    given = {k: v for k, v in levels.items() if k == "legal" or draw(st.booleans())}
    return Review(
        reply, reviewer, verdict, positions=given if verdict is Verdict.SCORED else {},
        comment=comment if comment.strip() else "", better_reply=better if better.strip() else "",
        root_causes=tuple(draw(st.sets(st.sampled_from(["slow", "canned"]), max_size=2))),
        source=draw(st.sampled_from(list(ReviewSource))),
        submitted_at=datetime(2026, 9, 3, tzinfo=UTC) + timedelta(milliseconds=draw(st.integers(0, 10**6))),
        seconds=draw(st.sampled_from([None, 1.0, 2.75])),
    )  # fmt: skip


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """An empty workspace to be copied: making one costs more than all that is done with it here."""
    folder = tmp_path_factory.mktemp("template") / "w"
    builders.workspace(folder, card=CARD).close()
    return folder


@contextmanager
def _two(template):
    """A folder and two new workspaces."""
    folder = Path(tempfile.mkdtemp(prefix="csqm-round-"))
    opened = []
    try:
        for side in ("one", "two"):
            shutil.copytree(template, folder / side)
            opened.append(Workspace.open(folder / side))
        yield folder, *opened
    finally:
        for workspace in opened:
            workspace.close()
        shutil.rmtree(folder)


def _export(workspace: Workspace, what: str, folder: Path, name: str) -> Path:
    plain, _, chosen = name.partition(" (")
    folder.mkdir(exist_ok=True)
    options = {"file_format": chosen.rstrip(")")} if chosen else {}
    return execute(ExportData(workspace, what, folder / plain, **options, override="test"), SilentContext()).path


def _content(path: Path) -> object:
    """A file's bytes; of a folder the bytes of all its files; of a workbook, which has a date in it, its sheet."""
    if path.is_dir():
        return {p.relative_to(path).as_posix(): p.read_bytes() for p in sorted(path.rglob("*")) if p.is_file()}
    if path.suffix == ".xlsx":
        import zipfile

        with zipfile.ZipFile(path) as book:
            return book.read("xl/worksheets/sheet1.xml")
    return path.read_bytes()


def _fill(workspace: Workspace, chats: list[IncomingMessage]) -> list[int]:
    builders.add(workspace, chats)
    return workspace.conversations.all_reply_ids()


@FEW
@pytest.mark.parametrize("name", CONVERSATIONS)
@given(chats=_chats())
def test_conversations_survive_the_round_trip(template, name, chats):
    with _two(template) as (folder, first, second):
        _fill(first, chats)
        out = _export(first, "conversations", folder / "a", name)
        result = execute(ImportChats(second, out), SilentContext())
        assert (result.added, result.rejected) == (len(chats), 0), result.examples
        assert _content(_export(second, "conversations", folder / "b", name)) == _content(out)
        again = execute(ImportChats(second, out), SilentContext())
        assert (again.added, again.updated) == (0, 0)


@FEW
@pytest.mark.parametrize("name", LABELS)
@given(chats=_chats(), data=st.data())
def test_labels_comments_statuses_causes_and_ids_survive_the_round_trip(template, name, chats, data):
    assume(any(m.role in REPLY_ROLES and not m.private for m in chats))
    with _two(template) as (folder, first, second):
        replies = _fill(first, chats)
        for reply in replies:
            for reviewer in data.draw(st.sets(st.sampled_from(["Li", "王芳", "=Ann"]), min_size=1)):
                first.reviews.submit(data.draw(_review(reply, reviewer)))
        _fill(second, chats)
        out = _export(first, "labels", folder / "a", name)
        result = execute(ImportLabels(second, out), SilentContext())
        assert (result.rejected, result.replaced) == (0, 0), result.examples
        assert _content(_export(second, "labels", folder / "b", name)) == _content(out)
        again = execute(ImportLabels(second, out), SilentContext())
        assert (again.added, again.replaced) == (0, 0)
        assert second.reviews.labels() == first.reviews.labels()


_CHATS_WITHOUT_IDS = {
    "chats.csv": """conversation_id,time,role,sender,text
c1,2026-09-01 09:00,customer,Ann,Where is my parcel?
c1,2026-09-01 09:01,agent,Bob,"On its way, ask 13812345678"
c1,2026-09-01 09:01,agent,Bob,ok
c1,2026-09-01 09:01,agent,Bob,ok
2,2026-09-01 09:00,customer,Ann,Where is my parcel?
2,2026-09-01 09:02,agent,Bob,On its way
""",
    "chat.txt": """[2026/9/1 09:00:01] 王小明: 你好，我的电话 13812345678
[2026/9/1 09:00:31] 小禾旗舰店: 亲，您的包裹今天会到
[2026/9/1 09:02:01] 小禾旗舰店: 好的
[2026/9/1 09:02:01] 小禾旗舰店: 好的
""",
}


@pytest.mark.parametrize(
    ("source", "name"),
    [
        *(("chats.csv", name) for name in ("a.csv", "a.xlsx", "a.parquet", "a.sharegpt.jsonl")),
        ("chat.txt", "a.jsonl"),
    ],
)
def test_chats_without_message_ids_are_known_again_and_keep_their_labels(template, source, name):
    with _two(template) as (folder, first, second):
        (folder / source).write_text(_CHATS_WITHOUT_IDS[source], encoding="utf-8")
        count = execute(ImportChats(first, folder / source), SilentContext()).added
        for reply in first.conversations.all_reply_ids():
            first.reviews.submit(builders.review(reply))
        out = _export(first, "conversations", folder / "a", name)
        labels = _export(first, "labels", folder / "a", "labels.csv")
        for side, added in ((first, 0), (second, count)):
            results = [execute(ImportChats(side, out), SilentContext()) for _ in range(2)]
            assert [(r.added, r.updated, r.rejected) for r in results] == [(added, 0, 0), (0, 0, 0)]
            assert _content(_export(side, "conversations", folder / f"b-{side.folder.name}", name)) == _content(out)
        result = execute(ImportLabels(second, labels), SilentContext())
        assert (result.added, result.rejected) == (len(first.reviews.labels()), 0), result.examples
        assert _content(_export(second, "labels", folder / "b", "labels.csv")) == _content(labels)
        again = execute(ImportLabels(second, labels), SilentContext())
        assert (again.added, again.replaced) == (0, 0)
        assert execute(ImportChats(first, folder / source), SilentContext()).added == 0


def test_sharegpt_keeps_texts_roles_ids_and_times(tmp_path):
    names = {"c1": "77", "c2": "c2"}  # a number of the source stays one
    chats = [replace(m, conversation_id=names[m.conversation_id], bot_version="") for m in builders.dialogues(2)]
    first, second = (builders.workspace(tmp_path / side, card=CARD) for side in ("one", "two"))
    _fill(first, chats)
    out = _export(first, "conversations", tmp_path / "a", "a.sharegpt.jsonl")
    result = execute(ImportChats(second, out), SilentContext())
    assert (result.format, result.added) == ("sharegpt", 8)
    assert _content(_export(second, "conversations", tmp_path / "b", "a.sharegpt.jsonl")) == _content(out)
    first.close()
    second.close()


def test_openai_lines_are_read_back_as_the_same_dialogue(tmp_path):
    first, second = (builders.workspace(tmp_path / side, card=CARD) for side in ("one", "two"))
    _fill(first, [replace(m, text=f"{m.conversation_id} {m.text}") for m in builders.dialogues()])
    out = _export(first, "conversations", tmp_path / "a", "a.openai.jsonl")
    assert execute(ImportChats(second, out), SilentContext()).format == "openai"
    assert _content(_export(second, "conversations", tmp_path / "b", "a.openai.jsonl")) == _content(out)
    first.close()
    second.close()


def test_a_consensus_is_nobodys_opinion(tmp_path):
    first, second = (builders.workspace(tmp_path / side, card=CARD) for side in ("one", "two"))
    for side in (first, second):
        _fill(side, builders.dialogues())
    first.reviews.submit(builders.review(2))
    for name in ("a.csv", "a.json", "a.doccano.jsonl"):
        path = execute(ExportData(first, "labels", tmp_path / name, opinions="consensus"), SilentContext()).path
        with pytest.raises(Exception, match="not a person's opinion"):
            execute(ImportLabels(second, path), SilentContext())
    assert second.reviews.labels() == []
    first.close()
    second.close()


def test_predictions_are_not_read_as_labels(tmp_path):
    made = builders.workspace(tmp_path / "w", card=CARD)
    _fill(made, builders.dialogues())
    builders.random_scores(made)
    builders.fake_version(made, "v1")
    path = execute(ExportData(made, "scores", tmp_path / "a.json"), SilentContext()).path
    assert json.loads(path.read_text("utf-8"))[0]["predictions"]
    with pytest.raises(CsqmError) as caught:
        execute(ImportLabels(made, path), SilentContext())
    assert caught.value.code == "labels_empty"
    made.close()


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.jsonl", "a.parquet", "a (hf)"])
def test_scores_never_become_labels(tmp_path, name):
    """An export of scores has all columns of a label but the person."""
    made = builders.workspace(tmp_path / "w", card=CARD)
    _fill(made, builders.dialogues())
    builders.random_scores(made)
    builders.fake_version(made, "v1")
    path = _export(made, "scores", tmp_path / "a", name)
    with pytest.raises(CsqmError) as problem:
        execute(ImportLabels(made, path), SilentContext())
    assert problem.value.code == "labels_are_scores"
    assert made.reviews.labels() == []
    made.close()


@given(st.text())
def test_escaping_for_spreadsheets_is_undone(text):
    assert undone(escaped(text)) == text
    assert not is_formula(escaped(text)) or escaped(text).startswith("'")
