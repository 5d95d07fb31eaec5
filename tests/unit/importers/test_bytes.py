"""Readers against broken bytes: every sample cut, spliced, repeated and stained, whatever reader it then looks like."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import base
from tests.unit.importers.samples import DATA

pytestmark = pytest.mark.slow
QUICK = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
STAINS = [
    b"\x00",
    b"\xff",
    b"\xfe\xff",
    b"\x1a",
    b'"',
    b"\r",
    b"\n",
    b"\t",
    b"{",
    b"[",
    b"]",
    b",",
    b"\\",
    b"<",
    b"\xe2\x80",
]


def read_to_the_end(path: Path) -> None:
    """Read a file as a user would; only errors with a sentence for people may come out."""
    try:
        base.preview(path)
        with base.read(path, timezone="Asia/Shanghai") as reader:
            for item in reader:
                if isinstance(item, RejectedRow):
                    assert CsqmError(item.code, **item.values).what
    except CsqmError as error:
        str(error)


@pytest.mark.parametrize("name", sorted(path.name for path in DATA.iterdir()))
@QUICK
@given(data=st.data())
def test_broken_bytes_give_rows_or_a_clear_error(name: str, data: st.DataObject) -> None:
    content = (DATA / name).read_bytes()[:20_000]
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content)))
        until = min(len(content), at + data.draw(st.integers(0, 200)))
        middle = data.draw(
            st.sampled_from([b"", content[at:until] * 2, *STAINS]) | st.binary(max_size=20), label="instead"
        )
        content = content[:at] + middle + content[until:]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        read_to_the_end(path)
