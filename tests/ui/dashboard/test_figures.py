"""What the dashboard reads: figures agree with the store, roles stay apart, the list behind a point is its n."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from csqm_desktop.analytics.trends import Point, day_of
from csqm_desktop.store.aggregates import Filters
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.ui.dashboard import words
from csqm_desktop.ui.dashboard.figures import Question, read_choices, read_details, read_figures
from csqm_desktop.ui.dashboard.replies_behind import PAGE, behind, key_of, read_page
from tests.ui.dashboard import demo_shop


def all_rows(workspace: Workspace, point: Point, question: Question, version_id: int | None) -> list[object]:
    about = behind(point, question, version_id)
    rows, after = [], None
    while page := read_page(workspace, about, after):
        rows += page
        after = key_of(page[-1])
    return rows


def test_totals_add_up_by_role(shop: Workspace) -> None:
    figures = read_figures(shop, Question(), 20)
    assert figures.scored == figures.totals.replies == sum(p.n for p in figures.points) == 381
    assert {p.group for p in figures.points} == {"agent", "bot"}
    assert sum(p.n for p in figures.points if p.group == "bot") == 163
    assert figures.waiting == 0
    assert figures.reviewed == 233


def test_the_planted_drop_of_the_bot_is_found_and_people_stay(shop: Workspace) -> None:
    changes = {change.role: change.difference for change in read_figures(shop, Question(), 20).changes}
    assert changes["bot"] is not None
    assert changes["bot"].clear
    assert changes["bot"].high < -0.1
    assert changes["agent"] is not None
    assert not changes["agent"].clear


def test_release_is_marked_once_for_each_bot_and_not_at_the_start(shop: Workspace) -> None:
    marks = read_figures(shop, Question(), 20).marks
    assert {mark.label for mark in marks} == {"2.4"}
    assert all(mark.kind == "release" for mark in marks)


def test_another_active_version_is_a_mark(shop: Workspace) -> None:
    demo_shop.add_version(shop, "v0003-head")
    marks = [m for m in read_figures(shop, Question(), 20).marks if m.kind == "version"]
    assert [m.label for m in marks] == ["v0003-head"]
    assert marks[0].lines == ("v0002-lora → v0003-head",)


@pytest.mark.parametrize("criterion", [None, "correctness", "compliance"])
@pytest.mark.parametrize("source", ["model", "people"])
@pytest.mark.parametrize("by", ["day", "week", "month"])
def test_every_point_lists_exactly_its_replies(shop: Workspace, criterion: str | None, source: str, by: str) -> None:
    question = Question(source, criterion, by)  # type: ignore[arg-type]
    figures = read_figures(shop, question, 20)
    assert figures.points
    for point in figures.points[:: 7 if by == "day" else 1]:
        rows = all_rows(shop, point, question, figures.version_id)
        assert len(rows) == point.n
        values = [row.figure for row in rows]
        assert values == sorted(values)  # worst first
        assert sum(values) / len(values) == pytest.approx(point.mean, abs=1e-3)


def test_filters_narrow_the_list_as_they_narrow_the_point(shop: Workspace) -> None:
    question = Question().with_filter("channel", "app").with_filter("shop", "云杉生活")
    question = question.with_days(day_of(read_figures(shop, question, 20).points[0].start) + 2, 20_800)
    figures = read_figures(shop, question, 20)
    for point in figures.points:
        assert len(all_rows(shop, point, question, figures.version_id)) == point.n


def test_lists_are_read_by_key_in_pages(shop: Workspace) -> None:
    question = Question(by="month")
    figures = read_figures(shop, question, 20)
    point = max(figures.points, key=lambda p: p.n)
    about = replace(behind(point, question, figures.version_id), n=10 * PAGE)
    first = read_page(shop, about, None)
    assert len(first) == point.n  # fits one page
    rest = read_page(shop, about, key_of(first[9]))
    assert [r.reply.reply_id for r in rest] == [r.reply.reply_id for r in first[10:]]


def test_people_and_model_compare_with_the_days_before_even_when_those_are_filtered_out(shop: Workspace) -> None:
    last = read_figures(shop, Question(), 20).totals.last_day
    assert last is not None
    figures = read_figures(shop, Question().with_days(last - 27, last), 20)
    assert all(change.difference is not None for change in figures.changes)


def test_choices_have_counts_under_the_other_filters(shop: Workspace) -> None:
    everything = dict(read_choices(shop, Question(), "channel"))
    assert everything == {"app": 167, "web": 105, "wechat": 96, "email": 13}
    of_bot = dict(read_choices(shop, Question().with_filter("role", "bot").with_filter("channel", "web"), "channel"))
    assert sum(of_bot.values()) == 163
    assert dict(read_choices(shop, Question(), "role")) == {"agent": 218, "bot": 163}
    assert sum(n for _, n in read_choices(shop, Question("people"), "channel")) == 233


def test_details_have_all_criteria_and_causes(shop: Workspace) -> None:
    details = read_details(shop, Question())
    keys = [figure.criterion for figure in details.criteria]
    assert keys == [None, *(c.key for c in shop.scorecards.current().criteria)]
    assert details.criteria[0].by_role["bot"].n == 163
    assert dict(details.causes)["canned_reply"] > 0
    only_web = read_details(shop, Question(filters=Filters({"channel": "web"})))
    assert sum(n for _, n in only_web.causes) < sum(n for _, n in details.causes)


def test_a_version_that_scored_nothing_has_no_figures(tmp_path: Path) -> None:
    workspace = demo_shop.build(tmp_path / "w", scores=False)
    demo_shop.add_version(workspace, "v0000-starter")
    figures = read_figures(workspace, Question(), 20)
    assert figures.version_id is None
    assert figures.origin.is_starter
    assert figures.points == ()
    assert figures.waiting == 381
    assert read_figures(workspace, Question("people"), 20).points
    assert read_choices(workspace, Question(), "channel")
    workspace.close()


def test_question_sets_and_clears_filters() -> None:
    question = Question().with_filter("channel", "web").with_filter("shop", "x").with_filter("channel", None)
    assert question.filters.equal == {"shop": "x"}
    days = [q.filters.first_day for q in itertools.accumulate([1, 2], lambda q, d: q.with_days(d, 9), initial=question)]
    assert days == [None, 1, 2]


def test_a_version_that_has_not_scored_leaves_the_figures_of_the_one_before(shop: Workspace) -> None:
    before = read_figures(shop, Question(), 20)
    assert before.origin.unscored is None
    demo_shop.add_version(shop, "v0003-head")
    figures = read_figures(shop, Question(), 20)
    assert (figures.origin.version, figures.origin.unscored) == ("v0002-lora", "v0003-head")
    assert figures.points == before.points
    assert figures.waiting == figures.totals.replies
    note, tone = words.origin_note(figures)
    assert note.startswith("Version v0003-head is active and has not scored yet")
    assert tone == "doubt"
