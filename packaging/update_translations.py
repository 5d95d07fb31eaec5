"""Keeps the catalogs in resources/i18n in step with the texts in the code.

    python packaging/update_translations.py            read the texts out of the code, build the .qm files
    python packaging/update_translations.py --check    change nothing; fail when something is stale or untranslated

The English catalog holds plural forms only; other texts are English in the code already.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "csqm_desktop"
CATALOGS = ROOT / "resources" / "i18n"
LANGUAGES = {"zh_CN": [], "en": ["-pluralonly"]}  # what pyside6-lupdate is told beyond the language


def _tool(name: str) -> str:
    """A program that came with PySide6, of the environment that runs this."""
    found = shutil.which(name, path=sysconfig.get_path("scripts")) or shutil.which(name)
    if not found:
        raise SystemExit(f"{name} is missing: install PySide6-Essentials into this environment")
    return found


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False, cwd=ROOT)
    # some of its warnings come with exit code 0, and each means a text that would not be translated
    warnings = [line for line in (done.stderr + done.stdout).splitlines() if "warning" in line.lower()]
    if done.returncode or warnings:
        print(done.stdout, done.stderr, sep="\n", file=sys.stderr)
        raise SystemExit(f"{Path(command[0]).name} failed")


def update(folder: Path) -> None:
    """Bring the .ts files in ``folder`` up to date with the code; translations that are there stay."""
    sources = sorted(path.relative_to(ROOT).as_posix() for path in SOURCES.rglob("*.py"))
    for language, options in LANGUAGES.items():
        catalog = folder / f"csqm_{language}.ts"
        common = ["-locations", "none", "-no-obsolete", "-source-language", "en", "-target-language", language]
        _run([_tool("pyside6-lupdate"), *common, *options, *sources, "-ts", str(catalog)])


def release(folder: Path, target: Path) -> None:
    """Build the .qm files of the catalogs in ``folder`` into ``target``."""
    for language in LANGUAGES:
        catalog, built = folder / f"csqm_{language}.ts", target / f"csqm_{language}.qm"
        _run([_tool("pyside6-lrelease"), "-silent", str(catalog), "-qm", str(built)])


def problems_in(catalog: Path) -> Iterator[str]:
    """Texts without a finished translation, and translations that lost or invented a placeholder."""
    for context in ElementTree.parse(catalog).getroot().iter("context"):
        name = context.findtext("name")
        for message in context.iter("message"):
            source = message.findtext("source") or ""
            translation = message.find("translation")
            forms = [] if translation is None else [form.text or "" for form in translation.iter("numerusform")]
            texts = forms or ["" if translation is None else translation.text or ""]
            where = f"{catalog.name}: {name or 'no context'}: “{source}”"
            if not name:
                yield f"{where} has no context, so it will not be found when the app runs"
            if translation is None or translation.get("type") or not all(text.strip() for text in texts):
                yield f"{where} is not translated"
                continue
            for text in texts:
                if _placeholders(text) - {"%n"} != _placeholders(source) - {"%n"}:
                    yield f"{where} has other placeholders than its translation “{text}”"


def _placeholders(text: str) -> set[str]:
    """``{name}``, ``%1`` and ``%n`` in a text."""
    found = set(re.findall(r"%(?:L?\d+|n)", text))
    try:
        return found | {"{" + name + "}" for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:  # a lone brace, as in a text about JSON
        return found


def check() -> list[str]:
    """What is stale, missing or not translated; changes nothing."""
    problems: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for language in LANGUAGES:
            committed = CATALOGS / f"csqm_{language}.ts"
            if not committed.is_file():
                return [f"{committed.relative_to(ROOT)} is missing; run packaging/update_translations.py"]
            shutil.copy(committed, folder)
        update(folder)
        release(CATALOGS, folder)
        for path in sorted(folder.iterdir()):
            committed = CATALOGS / path.name
            if not committed.is_file() or committed.read_bytes() != path.read_bytes():
                problems.append(f"{committed.relative_to(ROOT)} is stale; run packaging/update_translations.py")
        for language in LANGUAGES:
            problems += problems_in(CATALOGS / f"csqm_{language}.ts")
    return problems


def main() -> int:
    """Update, or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing, fail on anything stale or unfinished")
    if parser.parse_args().check:
        problems = check()
        for problem in problems:
            print(problem)
        print(f"{len(problems)} problems" if problems else "The catalogs are complete and up to date.")
        return 1 if problems else 0
    update(CATALOGS)
    release(CATALOGS, CATALOGS)
    unfinished = [problem for language in LANGUAGES for problem in problems_in(CATALOGS / f"csqm_{language}.ts")]
    print(f"Updated. {len(unfinished)} texts are not translated yet.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
