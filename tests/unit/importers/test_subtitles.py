"""Transcripts in WebVTT and SubRip: who speaks, when, and who is not guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import base, mapping
from tests.unit.importers.samples import messages, turns, write

START = mapping.from_json({"start": "2026-09-01T08:00:00Z"})
VOICES = """WEBVTT

NOTE made by a recorder

00:00:01.000 --> 00:00:04.000 align:start
<v Lee (Agent)>Thank you for calling.</v>

00:00:04.500 --> 00:00:07.000
<v Anna>The lid is <i>loose</i> &amp; dented.</v>

00:00:07.500 --> 00:00:09.000
<v Anna>Since Monday.</v>

00:05:10.000 --> 00:05:12.000
<v Anna>Still there?</v>
"""
PREFIXES = """1
00:00:01,000 --> 00:00:04,000
Agent: Thank you
for calling.

2
00:00:04,500 --> 00:00:07,000
Customer: The lid is loose.

3
00:00:07,500 --> 00:00:09,000
See https://example.com: it is there.
"""


def test_voices(tmp_path: Path) -> None:
    path = write(tmp_path / "a.vtt", VOICES)
    assert [entry[1:] for entry in turns(path, mapping=START)] == [
        ("agent", "2026-09-01 08:00:01", "Lee (Agent)", "Thank you for calling."),
        ("customer", "2026-09-01 08:00:04", "Anna", "The lid is loose & dented.\nSince Monday."),
        ("customer", "2026-09-01 08:05:10", "Anna", "Still there?"),
    ]
    found = base.recognise(path)
    assert (found.format, found.undated) == ("subtitles", True)


def test_first_words(tmp_path: Path) -> None:
    found = turns(write(tmp_path / "a.srt", PREFIXES), mapping=START)
    assert [(entry[1], entry[4]) for entry in found] == [
        ("agent", "Thank you\nfor calling."), ("customer", "The lid is loose.\nSee https://example.com: it is there."),
    ]  # fmt: skip
    assert len({entry[0] for entry in found}) == 1


@pytest.mark.parametrize(
    ("said", "code"),
    [("Thank you.", "import_no_speakers"), ("[SPEAKER_00]: hi", "import_voices"), ("Anna: hi", "import_voices")],
)
def test_who_is_who_is_not_guessed(tmp_path: Path, said: str, code: str) -> None:
    text = "".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{said}\n\n" for n in (1, 2, 3))
    path = write(tmp_path / "a.srt", text)
    with pytest.raises(CsqmError) as caught:
        base.read(path)
    assert caught.value.code == code
    if code == "import_voices":
        name = said.partition(":")[0].strip("[]")
        given = mapping.from_json({"roles": {name: "agent"}})
        assert {message.role.value for message in messages(path, mapping=given)} == {"agent"}


def test_a_text_that_speaks_of_times_is_no_recording(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "Customer: it says 00:00:01.000 --> 00:00:02.000\nAgent: yes\nCustomer: why?\n")
    assert base.recognise(path).format == "dialogues"
