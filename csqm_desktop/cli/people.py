"""Commands around people who sign in: list, add, change a role, a new passphrase, remove."""

from __future__ import annotations

from typing import Annotated

import typer

from csqm_desktop.cli.passphrases import typed_twice
from csqm_desktop.cli.terminal import JsonOption, WorkspaceOption, opened, print_json, say
from csqm_desktop.domain.permissions import PersonRole

app = typer.Typer(help="Who may work in a workspace, and as what.", no_args_is_help=True)

NameArgument = Annotated[str, typer.Argument(help="Name, as it stands beside reviews.")]
NewOption = Annotated[
    str, typer.Option("--new", envvar="CSQM_NEW_PASSPHRASE", hidden=True, help="For scripts, by the environment only.")
]


@app.command("list")
def list_people(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Everybody in this workspace, with role; without a passphrase means: only named by reviews."""
    with opened(workspace) as space:
        people = space.people.list()
    if as_json:
        print_json({"people": people})
        return
    for person in people:
        say(f"{person.name:24s}{person.role.value:12s}{'signs in' if person.signs_in else 'no passphrase'}")


@app.command("add")
def add(
    name: NameArgument,
    role: Annotated[PersonRole, typer.Option("--role", help="What this person may do.")] = PersonRole.REVIEWER,
    workspace: WorkspaceOption = None,
    new: NewOption = "",
    as_json: JsonOption = False,
) -> None:
    """Add a person with a passphrase. From the first one on, who must be a lead, everybody signs in.

    Scripts give the new person's passphrase in CSQM_NEW_PASSPHRASE.
    """
    with opened(workspace) as space:
        space.people.check_new(name, role)
        space.people.add(name, role, new or typed_twice(name))
    _report(f"{name} signs in as {role.value} from now on.", as_json, name=name, role=role)


@app.command("role")
def change_role(
    name: NameArgument,
    role: Annotated[PersonRole, typer.Argument(help="The new role.")],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give a person another role; it counts at once, also where the person is signed in."""
    with opened(workspace) as space:
        space.people.change_role(name, role)
    _report(f"{name} is {role.value} now.", as_json, name=name, role=role)


@app.command("passphrase")
def passphrase(
    name: NameArgument, workspace: WorkspaceOption = None, new: NewOption = "", as_json: JsonOption = False
) -> None:
    """A new passphrase for a person: your own, or, as a lead, anybody's.

    Scripts give it in CSQM_NEW_PASSPHRASE.
    """
    with opened(workspace) as space:
        space.people.set_passphrase(name, new or typed_twice(name))
    _report(f"{name} has a new passphrase.", as_json, name=name)


@app.command("remove")
def remove(name: NameArgument, workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Remove a person; the reviews stay. When the last one is removed, nobody signs in any more."""
    with opened(workspace) as space:
        space.people.retire(name)
    _report(f"{name} is removed; the reviews stay.", as_json, name=name)


def _report(text: str, as_json: bool, **values: object) -> None:
    if as_json:
        print_json(values)
    else:
        say(text)
