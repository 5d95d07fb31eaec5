"""Every sample is recognised as its own format, with room to spare and a reason."""

from __future__ import annotations

import pytest

from csqm_desktop.importers import base
from tests.unit.importers.samples import DATA

MARGIN = 0.05
REASONS = {"dialogues": "turns", "pairs": "pairs", "stamped": "layout"}
GENERAL = {"csv", "jsonl", "json", "xlsx"}
BETWEEN = {"dialogues", "pairs", "stamped"}  # not one product's, so between tables and products
OURS = {  # by the beginning of a sample's name
    "neutral": "", "chinese_excel": "csv", "unicode_text": "csv", "utf16": "csv", "report": "xlsx",
    "broken_rows": "csv", "needs_mapping": "csv", "mapping": "",
}  # fmt: skip
SAMPLES = sorted(path.name for path in DATA.iterdir() if path.name != "mapping.json")


def _expected(name: str) -> str:
    for start, format in OURS.items():
        if name.startswith(start):
            return format or name.rpartition(".")[2]
    return name.partition("_")[0].partition(".")[0]


@pytest.mark.parametrize("name", SAMPLES)
def test_recognised_as_its_own_format(name: str) -> None:
    found = base.recognise(DATA / name)
    assert found.format == _expected(name)
    rivals = dict(found.candidates)
    own = rivals.pop(found.format)
    margin = 0.0 if found.format in GENERAL else 0.02 if found.format in BETWEEN else MARGIN
    assert own == round(found.confidence, 2)
    assert not rivals or own - max(rivals.values()) >= margin - 1e-9
    if found.format not in GENERAL:
        assert found.reason == ("layout" if found.format not in BETWEEN else REASONS[found.format])
        assert found.evidence


@pytest.mark.parametrize("name", [name for name in SAMPLES if _expected(name) in GENERAL])
def test_no_product_claims_a_table_or_the_neutral_layout(name: str) -> None:
    claims = dict(base.recognise(DATA / name).candidates)
    assert not set(claims) - GENERAL


def test_every_product_has_a_sample() -> None:
    assert {_expected(name) for name in SAMPLES} == set(base.format_names()) - {
        "parquet"
    }  # binary: see test_arrow_files.py
