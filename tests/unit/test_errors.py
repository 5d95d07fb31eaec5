"""Every error in the catalog has two sentences, and every code that is raised is in the catalog."""

import re
import string
from pathlib import Path

import pytest

import csqm_desktop
from csqm_desktop.errors import MESSAGES, CsqmError

SOURCE = Path(csqm_desktop.__file__).parent


@pytest.mark.parametrize("code", MESSAGES)
def test_two_sentences(code):
    names = {name for text in MESSAGES[code] for _, name, _, _ in string.Formatter().parse(text) if name}
    error = CsqmError(code, **{name: f"<{name}>" for name in names})
    assert error.what.strip()
    assert error.remedy.strip()
    assert error.what[-1] in ".:)}>?" or error.what.endswith("}")
    assert error.remedy.endswith((".", "?", ")"))


def test_raised_codes_are_in_the_catalog():
    raised = {
        (code, path.name)
        for path in SOURCE.rglob("*.py")
        for code in re.findall(r'CsqmError\(\s*"(\w+)"', path.read_text(encoding="utf-8"))
    }
    assert {(code, name) for code, name in raised if code not in MESSAGES} == set()
    assert len(raised) > 20
