"""The parts of the review page that need no page: drafts, text, layout of a thread, trail, pace, writer."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csqm_desktop.domain.conversation import Message, Role
from csqm_desktop.domain.review import ReviewSource, Verdict
from csqm_desktop.domain.scorecard import Criterion, Level, LocalizedText, Scorecard
from csqm_desktop.errors import CsqmError
from csqm_desktop.ui.review import thread_layout as tl
from csqm_desktop.ui.review.draft import Draft, standing
from csqm_desktop.ui.review.pace import BREAK, Pace
from csqm_desktop.ui.review.plain_text import one_line, visible
from csqm_desktop.ui.review.trail import Entry, Trail
from csqm_desktop.ui.review.writer import ReviewWriter
from tests.ui.review import review_shop

NO_TEXT = LocalizedText({})


def card(*weights: float, critical: int = -1) -> Scorecard:
    levels = tuple(Level(str(i), NO_TEXT) for i in range(3))
    criteria = tuple(
        Criterion(f"c{i}", NO_TEXT, NO_TEXT, levels, w, critical=i == critical, not_applicable=True)
        for i, w in enumerate(weights)
    )
    return Scorecard("x", NO_TEXT, 0.6, criteria)


# -- drafts

texts = st.text(max_size=30)
drafts = st.builds(
    Draft,
    positions=st.dictionaries(texts, st.integers(-1, 4)),
    comment=texts,
    better_reply=texts,
    causes=st.lists(texts, unique=True).map(tuple),
    other=texts,
    seconds=st.floats(0, 1e5).map(lambda s: round(s, 2)),
    focus=st.integers(0, 20),
)


@given(drafts)
def test_a_draft_survives_storing(draft):
    assert Draft.from_payload(draft.to_payload()) == draft


def test_a_payload_of_an_older_release_is_read_as_far_as_it_goes():
    assert Draft.from_payload({"positions": {"a": 1}, "unknown": 3}).positions == {"a": 1}


def test_own_words_become_one_cause_and_come_back():
    draft = Draft(causes=("tone", "other"), other="hung up; twice")
    review = draft.to_review(1, "Ann", Verdict.SCORED, ReviewSource.PERSON, None)
    assert review.root_causes == ("tone", "other: hung up； twice")
    again = Draft.from_review(review)
    assert again.causes == ("tone", "other")
    assert again.other == "hung up； twice"


def test_levels_that_the_card_no_longer_has_are_dropped():
    draft = Draft(positions={"c0": 2, "c1": 7, "gone": 1}, focus=9)
    kept = draft.on_card(card(1, 1))
    assert kept.positions == {"c0": 2}
    assert kept.focus == 2


@pytest.mark.parametrize(
    ("positions", "passed", "low"),
    [({"c0": 2, "c1": 2}, True, False), ({"c0": 0, "c1": 2}, False, True), ({"c0": 1, "c1": 1}, False, True)],
)
def test_low_is_below_the_line_or_one_bad_criterion(positions, passed, low):
    result = standing(card(1, 1), Draft(positions=positions))
    assert (result.passed, result.low, result.complete) == (passed, low, True)


def test_a_criterion_without_weight_is_never_a_reason_to_ask():
    assert not standing(card(1, 0), Draft(positions={"c0": 2, "c1": 0})).low


def test_of_classes_without_an_order_none_is_a_reason_to_ask():
    classes = replace(card(1), criteria=(replace(card(1).criteria[0], ordered=False),))
    assert standing(card(1), Draft(positions={"c0": 0})).low
    assert not standing(classes, Draft(positions={"c0": 0})).low


def test_a_failed_critical_criterion_fails_the_reply():
    result = standing(card(1, 9, critical=0), Draft(positions={"c0": 0, "c1": 2}))
    assert (result.score, result.passed, result.critical_failed) == (0.0, False, ("c0",))


# -- text


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain", "plain"),
        ("a\u200bb", "a⟨ZWSP⟩b"),
        ("pay \u202e001$", "pay ⟨RLO⟩001$"),
        ("\ufeffhi", "⟨BOM⟩hi"),
        ("a\r\nb\tc", "a\nb\tc"),
        ("bell\x07", "bell⟨U+0007⟩"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("❤\ufe0f\u200d🔥", "❤\ufe0f\u200d🔥"),
        ("x\u200dy", "x⟨ZWJ⟩y"),
        ("全角　空格", "全角 空格"),
        ("tag\U000e0041", "tag⟨TAG A⟩"),
    ],
)
def test_what_cannot_be_seen_is_written_out(raw, shown):
    assert visible(raw) == shown


@given(st.text())
def test_no_control_character_is_left(raw):
    shown = visible(raw)
    assert not {"\u202e", "\u200b", "\x00", "\ufeff", "\u2066"} & set(shown)


def test_a_list_row_is_one_short_line():
    assert one_line("a\n\n b " * 100, 20) == ("a b " * 10)[:20]


# -- the thread


def thread(*roles: Role, minutes: int = 1) -> list[Message]:
    start = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)
    return [Message(i, 1, str(i), start + timedelta(minutes=i * minutes), r, r.value, "") for i, r in enumerate(roles)]


def test_long_histories_are_folded_around_the_reply():
    messages = thread(*[Role.CUSTOMER, Role.AGENT] * 100)
    window = tl.first_window(messages, 101)
    shown = tl.lines(messages, 101, window)
    assert shown[0] == tl.Fold(101 - tl.KEEP_BEFORE, earlier=True)
    assert shown[-1] == tl.Fold(200 - 102 - tl.KEEP_AFTER, earlier=False)
    assert [line.message.id for line in shown if isinstance(line, tl.Turn) and line.target] == [101]
    assert tl.unfold(window, messages, earlier=True).start == 101 - tl.KEEP_BEFORE - tl.STEP


def test_short_ones_are_not():
    messages = thread(*[Role.CUSTOMER, Role.AGENT] * 6)
    assert tl.first_window(messages, 9) == tl.Window(0, 12)


def test_one_speakers_messages_are_grouped_and_the_reply_stands_alone():
    messages = thread(Role.CUSTOMER, Role.CUSTOMER, Role.AGENT, Role.AGENT, Role.AGENT)
    turns = [x for x in tl.lines(messages, 3, tl.Window(0, 5)) if isinstance(x, tl.Turn)]
    assert [(t.first, t.last) for t in turns] == [
        (True, False),
        (False, True),
        (True, True),
        (True, True),
        (True, True),
    ]


def test_days_and_silences_are_written_out():
    messages = thread(Role.CUSTOMER, Role.AGENT, minutes=30)
    shown = tl.lines(messages, 1, tl.Window(0, 2))
    assert isinstance(shown[0], tl.DayBreak)
    assert shown[2] == tl.Gap(timedelta(minutes=30))
    apart = thread(Role.CUSTOMER, Role.AGENT, minutes=60 * 24)
    assert sum(isinstance(line, tl.DayBreak) for line in tl.lines(apart, 1, tl.Window(0, 2))) == 2


def test_how_long_the_customer_waited():
    messages = thread(Role.CUSTOMER, Role.AGENT, Role.AGENT)
    assert tl.waited(messages, 1) == timedelta(minutes=1)
    assert tl.waited(messages, 2) is None  # already answered


def test_the_next_reply_passes_over_customers():
    messages = thread(Role.BOT, Role.CUSTOMER, Role.SYSTEM, Role.AGENT)
    assert tl.other_reply(messages, 3, -1) == 0
    assert tl.other_reply(messages, 3, 1) is None


# -- trail and pace


def entry(reply: int, verdict: Verdict | None = None) -> Entry:
    return Entry(reply, "", Role.BOT, "", None, None, verdict=verdict)


def test_the_next_open_entry_is_ahead_before_it_is_behind():
    trail = Trail([entry(1), entry(2, Verdict.SCORED), entry(3)])
    trail.at = 1
    assert trail.next_open() == 2
    trail.at = 2
    trail.entries[2].verdict = Verdict.LATER
    assert trail.next_open() == 0
    trail.entries[0].verdict = Verdict.SCORED
    assert trail.next_open() is None


def test_a_reply_is_never_twice_on_the_trail():
    trail = Trail([entry(1)])
    assert trail.add([entry(1), entry(2)]) == 1


def test_breaks_do_not_count_as_work():
    now = [0.0]
    pace = Pace(lambda: now[0])
    pace.begin(5.0)
    now[0] = 10
    pace.touch()
    now[0] += 3600
    assert pace.seconds() == 15 + BREAK


# -- the writer


@pytest.fixture
def written(tmp_path, qapp):
    workspace = review_shop.shop(tmp_path / "shop")
    writer = ReviewWriter(workspace)
    yield workspace, writer
    writer.close()
    workspace.close()


def test_only_the_newest_waiting_draft_is_written_and_none_overtakes_a_verdict(written, qtbot):
    workspace, writer = written
    reply = workspace.conversations.all_reply_ids()[0]
    hold, order = threading.Event(), []
    writer.do(hold.wait)
    writer.save_draft(reply, "Ann", {"n": 1})
    writer.save_draft(reply, "Ann", {"n": 2})
    writer.do(lambda: order.append(workspace.reviews.draft(reply, "Ann")))
    writer.save_draft(reply, "Ann", {"n": 3})
    with qtbot.waitSignal(writer.idle):
        hold.set()
    assert order == [{"n": 2}]
    assert workspace.reviews.draft(reply, "Ann") == {"n": 3}


def test_a_failed_write_is_told_in_the_windows_thread(written, qtbot):
    _, writer = written
    told = []

    def fail() -> None:
        raise CsqmError("disk_full", path="x", reason="full")

    with qtbot.waitSignal(writer.failed):
        writer.do(fail, lambda error: told.append((error.code, threading.current_thread())))
    assert told == [("disk_full", threading.main_thread())]
