"""csqm models …: what it says comes next, and of which version it speaks."""

import pytest

from csqm_desktop.jobs import demo
from csqm_desktop.jobs.version_folders import Versions
from csqm_desktop.store.workspace import Workspace
from tests import builders
from tests.builders import dialogues


@pytest.fixture
def space(tmp_path):
    """A workspace whose starter version made way for v0001-head and that for v0002-head."""
    made = builders.workspace(tmp_path / "w", *dialogues())
    for version in ("v0000-starter", "v0001-head", "v0002-head"):
        builders.fake_version(made, version, is_starter=version == "v0000-starter")
    made.close()
    return tmp_path / "w"


def test_going_back_says_what_comes_next_and_when_it_is_the_starter(csqm, space):
    code, out, _ = csqm("models", "rollback", "-w", space)
    assert (code, out.startswith("v0001-head is active again.")) == (0, True)
    assert "Next: csqm score --workspace" in out
    out = csqm("models", "rollback", "-w", space)[1]
    assert "v0000-starter, the starter version, which has learned from none of your verdicts yet, is active" in out


def test_a_demo_found_again_names_the_version_in_use(space):
    opened = Workspace.open(space)
    assert demo._trained(opened, None, None).version == "v0002-head"
    Versions(opened).store.activate("v0001-head", reason="test")
    assert demo._trained(opened, None, None).version == "v0001-head"
    Versions(opened).store.activate("v0000-starter", reason="test")
    found = demo._trained(opened, None, None)
    assert (found.version, found.verdict) == ("v0000-starter", "starter")
    opened.close()


def test_no_starter_is_promised_where_there_is_none(csqm, tmp_path):
    builders.workspace(tmp_path / "own").close()
    assert "no starter version" in csqm("models", "list", "-w", tmp_path / "own")[1]
    csqm("init", "-w", tmp_path / "shop")
    assert "installs the starter version" in csqm("models", "list", "-w", tmp_path / "shop")[1]
