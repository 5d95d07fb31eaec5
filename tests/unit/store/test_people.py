"""Roles under test: every cell of the matrix, real jobs, the rules about leads, what the audit log says."""

import importlib
import pkgutil

import pytest

from csqm_desktop import jobs
from csqm_desktop.domain import permissions
from csqm_desktop.domain.permissions import LEAST_ROLE, PersonRole
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs import activate_version, encryption, mend
from csqm_desktop.jobs.backup import BackUp, restore
from csqm_desktop.jobs.base import Job, SilentContext, execute
from csqm_desktop.jobs.erase_customer import EraseCustomer, Subject, preview
from csqm_desktop.jobs.export_data import ExportData
from csqm_desktop.jobs.import_chats import ImportChats
from csqm_desktop.jobs.mask_again import MaskAgain
from csqm_desktop.jobs.read_trend import read_trend
from csqm_desktop.jobs.undo_import import UndoImport
from csqm_desktop.store.workspace import Workspace
from tests import builders

PASS = {"reviewer": "reviewer words", "supervisor": "supervisor words", "lead": "lead words here"}
DISK = "words for the disk"
ANYBODY = {"review"}
SUPERVISORS = ANYBODY | {"see_figures", "import", "export", "train", "activate", "undo_import"}
LEADS = SUPERVISORS | {
    "override_export_guard", "erase", "change_settings", "manage_people", "encrypt", "reveal", "restore", "mend",
    "mask_again",
}  # fmt: skip
MATRIX = {"reviewer": ANYBODY, "supervisor": SUPERVISORS, "lead": LEADS}


@pytest.fixture
def space(tmp_path):
    made = builders.workspace(tmp_path / "w", *builders.dialogues())
    yield made
    made.close()


@pytest.fixture
def team(space):
    """Three people, one of each role; nobody is signed in."""
    for role in (PersonRole.LEAD, PersonRole.SUPERVISOR, PersonRole.REVIEWER):
        space.people.add(role.value, role, PASS[role])
    space.people.sign_out()
    return space


def code_of(work, *arguments):
    try:
        work(*arguments)
    except CsqmError as error:
        str(error)  # both sentences can be filled
        return error.code
    return ""


def logged(space):
    rows = space.database.connection().execute("SELECT actor, action, subject FROM audit_log ORDER BY id")
    return [tuple(row) for row in rows]


@pytest.mark.parametrize("action", sorted(LEADS))
@pytest.mark.parametrize("role", list(PersonRole))
def test_every_cell_of_the_matrix(team, role, action):
    assert set(LEAST_ROLE) == LEADS
    assert code_of(team.require, action) == "sign_in_needed"
    team.people.sign_in(role.value, PASS[role])
    assert code_of(team.require, action) == ("" if action in MATRIX[role] else "not_allowed")
    assert team.people.may(action) is (action in MATRIX[role])


def test_without_a_passphrase_everything_is_free(space):
    space.reviews.reviewer_id("Li")
    assert not space.people.guarded()
    assert [code_of(space.require, action) for action in sorted(LEADS)] == [""] * len(LEADS)
    with pytest.raises(KeyError):
        space.require("something new")


def test_every_job_says_what_it_needs():
    """A new job fails here until it is decided who may start it."""
    for module in pkgutil.iter_modules(jobs.__path__, "csqm_desktop.jobs."):
        importlib.import_module(module.name)
    importlib.import_module("csqm_desktop.intake.serve")
    needs = {job.__name__: job.needs for job in Job.__subclasses__() if job.__module__.startswith("csqm_desktop.")}
    assert {name for name, action in needs.items() if not action} == {"BackUp", "PurgeRawTexts", "ScoreReplies"}
    assert set(needs.values()) - {""} <= set(LEAST_ROLE)
    assert needs["TrainModel"] == "train"
    assert needs["Serve"] == needs["ImportChats"] == "import"


def jobs_of(space, tmp_path):
    """What each action is in real life."""
    file = tmp_path / "chats.csv"
    file.write_text("conversation_id,role,text,sent_at\nz,customer,hello,2026-09-01 10:00\n", encoding="utf-8")
    return {
        permissions.REVIEW: lambda: space.reviews.submit(builders.review(2, tone=1)),
        permissions.IMPORT: lambda: execute(ImportChats(space, file), SilentContext()),
        permissions.EXPORT: lambda: execute(ExportData(space, "conversations", tmp_path / "a.jsonl"), SilentContext()),
        permissions.SEE_FIGURES: lambda: read_trend(space),
        permissions.ERASE: lambda: execute(
            EraseCustomer(space, preview(space, Subject(conversations=("c2",)))), SilentContext()
        ),
        permissions.MASK_AGAIN: lambda: execute(MaskAgain(space), SilentContext()),
        permissions.UNDO_IMPORT: lambda: execute(UndoImport(space, 1), SilentContext()),
        permissions.ACTIVATE: lambda: activate_version.activate(space, "nothing", "", "x"),
        permissions.CHANGE_SETTINGS: lambda: space.tokens.make("shop"),
        permissions.MANAGE_PEOPLE: lambda: space.people.add("New", PersonRole.REVIEWER, "new words here"),
    }


@pytest.mark.parametrize("role", ["", *PersonRole])
def test_real_work_is_refused_before_it_begins(team, role, tmp_path):
    if role:
        team.people.sign_in(role, PASS[role])
    before = team.conversations.totals().messages
    work = jobs_of(team, tmp_path)
    for action in [action for action in work if action not in MATRIX.get(role, ())]:
        assert code_of(work[action]) == ("not_allowed" if role else "sign_in_needed"), action
        assert logged(team)[-1] == (role or "nobody", "refused", action)
    assert team.conversations.totals().messages == before
    assert not (tmp_path / "a.jsonl").exists()
    assert not team.jobs.any_running()
    for action in [action for action in work if action in MATRIX.get(role, ())]:
        assert code_of(work[action]) == ("version_unknown" if action == "activate" else ""), action
    assert team.audit.first_broken() is None


def back_up(space, path):
    """A backup outside of the workspace, by a supervisor."""
    space.people.sign_in("supervisor", PASS["supervisor"])
    execute(BackUp(space, path), SilentContext())
    space.people.sign_out()


@pytest.mark.parametrize("role", ["", *PersonRole])
def test_a_backup_outside_of_the_workspace_is_an_export(team, role, tmp_path):
    if role:
        team.people.sign_in(role, PASS[role])
    assert code_of(execute, BackUp(team), SilentContext()) == ""  # the daily one is anybody's
    expected = "sign_in_needed" if not role else "" if "export" in MATRIX[role] else "not_allowed"
    assert code_of(execute, BackUp(team, tmp_path / "away.zip"), SilentContext()) == expected
    assert (tmp_path / "away.zip").exists() is (not expected)


def as_person(role):
    """How the command line or the window says who works with the files of a workspace."""
    return lambda space: space.people.sign_in(role, PASS[role])


def work_on_the_files(folder, tmp_path, role):
    """What is done while the workspace is closed: action, work, sign-in included."""
    sign_in = as_person(role) if role else None
    return {
        "mend": lambda: mend.mend(folder, sign_in=sign_in),
        "encrypt": lambda: encryption.change_passphrase(folder, DISK, "another disk passphrase", sign_in),
        "recovery": lambda: encryption.new_recovery_code(folder, DISK, sign_in),
        "restore": lambda: restore(tmp_path / "b.zip", folder, sign_in=sign_in),
        "decrypt": lambda: encryption.decrypt(folder, DISK, sign_in=sign_in),
    }


@pytest.mark.parametrize("role", ["", *PersonRole])
def test_work_on_the_files_asks_for_the_role_as_well(team, role, tmp_path):
    pytest.importorskip("sqlcipher3")
    back_up(team, tmp_path / "b.zip")
    folder = team.folder
    team.close()
    encryption.encrypt(folder, DISK, sign_in=as_person("lead"))
    keys = (folder / "csqm.keys.json").read_bytes()
    work = work_on_the_files(folder, tmp_path, role)
    expected = {"": "sign_in_needed", "lead": ""}.get(role, "not_allowed")
    assert {name: code_of(do) for name, do in work.items() if name not in ("encrypt", "decrypt")} == {
        "restore": expected, "mend": expected, "recovery": expected,
    }  # fmt: skip
    if role == "lead":  # the restored one is plain again
        encryption.encrypt(folder, DISK, sign_in=as_person("lead"))
        assert code_of(work["encrypt"]) == ""
        assert code_of(work["decrypt"]) == "passphrase_wrong"
        assert {"restore", "disk_passphrase_changed"} <= {action for _who, action, _what in entries(folder)}
        return
    assert code_of(work["encrypt"]) == code_of(work["decrypt"]) == expected
    assert (folder / "csqm.keys.json").read_bytes() == keys
    assert list(tmp_path.glob("w-before-restore*")) == []
    refused = [what for who, action, what in entries(folder) if action == "refused" and who == (role or "nobody")]
    assert refused == ["mend", "encrypt", "restore", "encrypt", "encrypt"]


def entries(folder):
    space = Workspace.open(folder)
    try:
        return logged(space)
    finally:
        space.close()


def test_where_nobody_can_be_asked_the_backup_or_what_is_saved_is(team, tmp_path):
    back_up(team, tmp_path / "b.zip")
    builders.add(team, builders.dialogues(400, 6))
    folder = team.folder
    team.close()
    whole = (folder / "csqm.sqlite3").read_bytes()
    (folder / "csqm.sqlite3").write_bytes(b"no database" * 1000)
    for sign_in, code in ((None, "sign_in_needed"), (as_person("reviewer"), "not_allowed"), (as_person("lead"), "")):
        assert code_of(lambda who=sign_in: restore(tmp_path / "b.zip", folder, sign_in=who)) == code
    assert code_of(lambda: restore(tmp_path / "b.zip", tmp_path / "new")) == "sign_in_needed"
    assert not (tmp_path / "new").exists()
    damaged = bytearray(whole)
    for page in range(len(whole) // 4096 // 2, len(whole) // 4096, 9):
        damaged[page * 4096 : (page + 1) * 4096] = b"\xee" * 4096
    (folder / "csqm.sqlite3").write_bytes(damaged)
    assert mend.damage(folder)
    assert code_of(lambda: mend.mend(folder, sign_in=as_person("reviewer"))) == "not_allowed"
    assert mend.damage(folder)
    assert list(folder.glob("*.salvaged*")) == []
    mend.mend(folder, sign_in=as_person("lead"))
    assert not mend.damage(folder)


@pytest.mark.parametrize("role", ["supervisor", "lead"])
def test_a_raised_limit_lets_out_no_more_than_the_role_does(tmp_path, role):
    texts = builders.message(2, text="Call me at 13812345678, please")
    space = builders.workspace(tmp_path / "w", builders.message(1), texts)
    for name in ("lead", "supervisor"):
        space.people.add(name, PersonRole(name), PASS[name])
    space.people.sign_in(role, PASS[role])
    clean = ExportData(space, "labels", tmp_path / "clean.csv", limit=5)
    assert code_of(execute, clean, SilentContext()) == ""
    job = ExportData(space, "conversations", tmp_path / "a.jsonl", limit=5)
    assert code_of(execute, job, SilentContext()) == ("" if role == "lead" else "not_allowed")
    assert (tmp_path / "a.jsonl").exists() is (role == "lead")
    space.close()


def test_an_export_past_its_guard_needs_a_lead(tmp_path):
    texts = builders.message(2, text="Call me at 13812345678, please")
    space = builders.workspace(tmp_path / "w", builders.message(1), texts)
    space.people.add("lead", PersonRole.LEAD, PASS["lead"])
    space.people.add("supervisor", PersonRole.SUPERVISOR, PASS["supervisor"])
    space.people.sign_in("supervisor", PASS["supervisor"])

    def export():
        execute(
            ExportData(space, "conversations", tmp_path / "a.jsonl", override="asked", actor="Forged"), SilentContext()
        )

    assert code_of(export) == "not_allowed"
    assert not (tmp_path / "a.jsonl").exists()
    space.people.sign_in("lead", PASS["lead"])
    export()
    assert logged(space)[-1][:2] == ("lead", "export_override")
    space.close()


def test_a_review_stands_under_the_name_of_who_signed_in(team):
    team.people.sign_in("reviewer", PASS["reviewer"])
    team.reviews.submit(builders.review(2, reviewer="lead", tone=1))
    assert [stored.review.reviewer for stored in team.reviews.live(2)] == ["reviewer"]


def test_passphrases(team):
    people = team.people
    assert code_of(people.sign_in, "lead", PASS["reviewer"]) == "sign_in_wrong"
    assert code_of(people.sign_in, "nobody here", PASS["lead"]) == "sign_in_wrong"
    assert team.actor is None
    assert logged(team)[-2:] == [("nobody", "sign_in_failed", "lead"), ("nobody", "sign_in_failed", "nobody here")]
    assert people.sign_in("  lead ", PASS["lead"]).role is PersonRole.LEAD
    kept = "".join(str(tuple(row)) for row in team.database.connection().execute("SELECT * FROM reviewers"))
    assert not any(words in kept for words in PASS.values())
    people.sign_in("reviewer", PASS["reviewer"])
    assert code_of(people.set_passphrase, "lead", "stolen words") == "not_allowed"
    people.set_passphrase("reviewer", "other words")
    assert code_of(people.sign_in, "reviewer", PASS["reviewer"]) == "sign_in_wrong"
    people.sign_in("reviewer", "other words")
    assert code_of(people.set_passphrase, "reviewer", "short") == "passphrase_short"


def test_the_first_is_a_lead_and_the_last_lead_stays(space):
    people = space.people
    assert code_of(people.add, "Ann", PersonRole.SUPERVISOR, "words for Ann") == "people_first_lead"
    assert not people.guarded()
    people.add("Ann", PersonRole.LEAD, "words for Ann")
    assert code_of(people.add, "Ann", PersonRole.LEAD, "words for Ann") == "person_there"
    space.reviews.submit(builders.review(2, tone=1))
    people.add("Bo", PersonRole.REVIEWER, "words for Bo")
    assert code_of(people.change_role, "Ann", PersonRole.REVIEWER) == "people_last_lead"
    assert code_of(people.retire, "Ann") == "people_last_lead"
    assert code_of(people.retire, "Cy") == "person_unknown"
    people.retire("Bo")
    people.retire("Ann")
    assert not people.guarded()
    assert team_reviews(space) == ["Ann"]


def team_reviews(space):
    return [stored.review.reviewer for stored in space.reviews.live(2)]


def test_a_change_counts_at_once_in_another_program(team, tmp_path):
    team.people.sign_in("supervisor", PASS["supervisor"])
    team.require("train")
    other = Workspace.open(tmp_path / "w")
    other.people.sign_in("lead", PASS["lead"])
    other.people.change_role("supervisor", PersonRole.REVIEWER)
    assert code_of(team.require, "train") == "not_allowed"
    other.people.retire("supervisor")
    other.close()
    assert code_of(team.require, "review") == "sign_in_needed"


def test_connectors_and_watched_folders_are_guarded(team, tmp_path):
    team.people.sign_in("supervisor", PASS["supervisor"])
    folder = team.watched.add(tmp_path)
    assert code_of(team.connectors.save, "desk", "json", {}) == "not_allowed"
    assert code_of(team.connectors.remove, "desk") == "not_allowed"
    assert code_of(team.tokens.revoke, "shop") == "not_allowed"
    team.people.sign_in("reviewer", PASS["reviewer"])
    assert code_of(team.watched.remove, folder.id) == "not_allowed"
    assert [kept.id for kept in team.watched.folders()] == [folder.id]
