"""Commands that count and chart what is in a workspace: signals, topics, trend."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from csqm_desktop.cli.outputs import OverwriteOption, of_kind, spare
from csqm_desktop.cli.terminal import JsonOption, WorkspaceOption, opened, plain, print_json, run, say
from csqm_desktop.errors import CsqmError
from csqm_desktop.store.workspace import Workspace

if TYPE_CHECKING:
    from csqm_desktop.jobs.read_trend import Trend

app = typer.Typer()

STARTER_WORDS = "the starter version, which has learned from none of your verdicts yet"


@app.command()
def signals(
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Conversations that were passed on, asked twice or left open; how moods went and how long people waited."""
    from csqm_desktop.jobs.refresh_signals import refresh_signals

    with opened(workspace) as space:
        refresh_signals(space)
        counts, waits = space.signals.counts(), space.signals.response_seconds()
    quantiles = {f"first_response_p{q}": waits[min(len(waits) - 1, len(waits) * q // 100)] for q in (50, 90) if waits}
    if as_json:
        print_json(counts | quantiles)
        return
    whole = counts["conversations"]
    say(f"{whole} conversation{'' if whole == 1 else 's'}")
    for name, count in list(counts.items())[1:]:
        say(f"  {name:18s} {count:7d}  {count / max(1, whole):4.0%}")
    for name, seconds in quantiles.items():
        say(f"  {name:18s} {seconds:7.0f} s")
    say("Next: csqm trend --group-by unresolved (or transferred, repeated_question, mood_course)")


@app.command()
def topics(
    workspace: WorkspaceOption = None,
    anew: Annotated[bool, typer.Option("--anew", help="Find them again; your names for them are lost.")] = False,
    number: Annotated[int | None, typer.Option("--rename", help="The number of a topic to rename.")] = None,
    name: Annotated[str, typer.Option("--name", help="Its new name.")] = "",
    as_json: JsonOption = False,
) -> None:
    """What customers ask about: groups of similar opening questions, named by their own words."""
    from csqm_desktop.jobs.find_topics import FindTopics

    if (number is None) != (not name.strip()):
        raise typer.BadParameter("give --rename NUMBER and --name NAME together", param_hint="--rename")
    with opened(workspace) as space:
        if number is not None:
            if number not in {topic.id for topic in space.topics.all()}:
                raise CsqmError("no_such_topic", number=number)
            space.topics.rename(number, name.strip())
        elif anew or space.topics.without():
            result = run(FindTopics(space, anew))
            if result.unread and not as_json:
                say(f"{result.unread} conversations wait until they are scored: csqm score")
        found = space.topics.all()
    if as_json:
        print_json({"topics": found})
        return
    for topic in found:
        say(f"{topic.id:4d}  {topic.conversations:6d}  {topic.name}")
    say("Next: csqm trend --group-by topic")


@app.command()
def trend(
    workspace: WorkspaceOption = None,
    by: Annotated[str, typer.Option("--by", help="day, week or month.")] = "week",
    criterion: Annotated[str | None, typer.Option("--criterion", help="One criterion instead of the whole.")] = None,
    group_by: Annotated[
        str, typer.Option("--group-by", help="role, channel, shop, unresolved, transferred, …")
    ] = "role",
    source: Annotated[str, typer.Option("--source", help="model or people.")] = "model",
    private: Annotated[
        float | None,
        typer.Option("--private", metavar="EPSILON", help="For sharing: noise on all figures; see csqm ledger."),
    ] = None,
    smallest: Annotated[int, typer.Option("--smallest", min=1, help="With --private: smaller groups are hidden.")] = 20,
    per_customer: Annotated[
        int, typer.Option("--per-customer", min=1, help="With --private: so many replies of a customer count.")
    ] = 5,
    out: Annotated[Path | None, typer.Option("--out", help="Also write it as a table, FILE.csv.")] = None,
    overwrite: OverwriteOption = False,
    as_json: JsonOption = False,
) -> None:
    """Quality over time, the series a chart shows, with n and 95 % intervals."""
    from csqm_desktop.jobs.read_trend import read_trend

    for value, known, hint in ((by, ("day", "week", "month"), "--by"), (source, ("model", "people"), "--source")):
        if value not in known:
            raise typer.BadParameter(f"use one of {', '.join(known)}", param_hint=hint)
    of_kind(out, ".csv")
    spare(out, overwrite)  # before a release costs anything
    if private is not None:
        from csqm_desktop.cli.privacy_rights import share_trend

        share_trend(workspace, (by, criterion, group_by, source), (private, per_customer, smallest), out, as_json)
        return
    with opened(workspace) as space:
        result = read_trend(space, by, criterion, group_by, source)
        starter = is_starter(space, result.version)
    if out is not None and result.points:
        from csqm_desktop.jobs.trend_table import write_csv

        write_csv(out, result.points, source, criterion, group_by if group_by != "all" else "group")
    _tell_trend(result, starter, out if result.points else None, as_json)


def _tell_trend(result: Trend, starter: bool, written: Path | None, as_json: bool) -> None:
    if as_json:
        print_json({**plain(result), "starter": starter, "path": written})
        return
    if result.unscored:
        say(unscored_line(result.unscored, result.version))
    if not result.points:
        say(_nothing(result))
        return
    say(_heading(result, starter))
    for point in result.points:
        few = "  (few)" if point.hollow else ""
        say(
            f"{point.start} to {point.end}  {group_words(point.group, result.group_by):12s} {100 * point.mean:5.1f}"
            f"  ({100 * point.low:.1f} to {100 * point.high:.1f})  n={point.n}{few}"
        )
    if written is not None:
        say(f"Written to {written}")


def unscored_line(active: str, shown: str | None) -> str:
    """That a new version has to score first, and whose figures are shown meanwhile."""
    return f"{active} is active and has not scored yet (csqm score): what follows is of the version before, {shown}."


def _nothing(result: Trend) -> str:
    if result.source == "people":
        return "No figures yet: nobody has given a verdict on these replies (csqm queue, csqm label)."
    if result.version is not None:
        return f"No figures yet: import chats, then let {result.version} score them with “csqm score”."
    return "No figures yet: import chats, then “csqm score” (or “csqm train” where there is no version yet)."


def _heading(result: Trend, starter: bool) -> str:
    who = "people" if result.source == "people" else STARTER_WORDS if starter else f"version {result.version}"
    few = "; few: too few to read much into it" if any(point.hollow for point in result.points) else ""
    return (
        f"{trend_title(result.criterion, result.by, result.group_by)}; scores given by {who}.\n"
        f"In brackets: where the true mean lies 19 times in 20; n: replies{few}."
    )


def trend_title(criterion: str | None, by: str, group_by: str) -> str:
    """What a trend shows, in words."""
    what = f"“{criterion}”" if criterion else "replies"
    return f"Mean score of {what} from 0 (worst) to 100, by {by}" + ("" if group_by == "all" else f" and {group_by}")


def group_words(group: str, group_by: str) -> str:
    """A group's name in a line; some have none."""
    return group or {"all": "all", "sender": "unnamed"}.get(group_by, "none")


def is_starter(space: Workspace, version: str | None) -> bool:
    """Whether a version is the one that the program brings along."""
    from csqm_desktop.registry.versions import VersionStore

    return any(card.id == version and card.is_starter for card in VersionStore(space.model_store).list())
