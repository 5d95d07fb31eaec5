"""Coverage-guided fuzzing of every reader with atheris (Linux and macOS; ``pip install atheris``).

    python tests/fuzz/fuzz_readers.py [CORPUS_FOLDER] -max_total_time=300

The first byte chooses the file name, so that every sniffer and reader is reached; the samples of the tests are the
seeds. Stops at the first error that has no sentence for people, and keeps the input that caused it as ``crash-…``.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["csqm_desktop.importers", "csqm_desktop.privacy"]):
    from csqm_desktop.domain.conversation import RejectedRow
    from csqm_desktop.errors import CsqmError
    from csqm_desktop.importers import base
    from csqm_desktop.privacy.masking import redact

SAMPLES = sorted(path for path in (ROOT / "tests" / "data" / "imports").iterdir() if path.name != "mapping.json")
NAMES = [path.name for path in SAMPLES]


def one_input(data: bytes) -> None:
    """Read one file and mask what it holds."""
    if not data:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / NAMES[data[0] % len(NAMES)]
        path.write_bytes(data[1:])
        try:
            base.preview(path)
            with base.read(path, timezone="UTC") as reader:
                for item in reader:
                    if isinstance(item, RejectedRow):
                        str(CsqmError(item.code, **item.values))
                    else:
                        redact(item.text)
        except CsqmError as error:
            str(error)


def main() -> None:
    """Write the seeds and fuzz until the time is over."""
    with tempfile.TemporaryDirectory() as seeds:
        for number, path in enumerate(SAMPLES):
            (Path(seeds) / path.name).write_bytes(bytes([number]) + path.read_bytes()[:30_000])
        atheris.Setup([*sys.argv, seeds, "-rss_limit_mb=4096", "-timeout=30"], one_input)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
