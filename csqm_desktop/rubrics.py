"""Rubric files (YAML) to scorecards and back: checked completely, so that a mistake is named where it is.

The format is in docs; in short: ``name``, ``pass_line``, ``criteria`` with ``key``, ``name``, ``help``, ordered
``levels`` (2 to 5, worst first), ``weight``, ``critical``, ``not_applicable``; optional ``root_causes``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from csqm_desktop import paths
from csqm_desktop.domain.scorecard import Criterion, Level, LocalizedText, RootCause, Scorecard
from csqm_desktop.errors import CsqmError

MAX_BYTES = 256 * 1024
MAX_ITEMS = 200  # criteria or root causes; more is no scorecard that a person can fill in
LEVELS = (2, 5)
DEFAULT_PASS_LINE = 0.6
_KEY = re.compile(r"[^\s/\\,;|\"']{1,64}$")
_ENDINGS = (".yaml", ".yml")


def builtin_names() -> tuple[str, ...]:
    """The names of the rubrics that the app brings along."""
    return tuple(sorted(path.stem for path in paths.resource("rubrics").glob("*.yaml")))


def load(source: Path | str) -> Scorecard:
    """The scorecard of a file, or of a built-in rubric by its name; ``CsqmError`` says what is wrong."""
    if isinstance(source, str) and source in builtin_names():
        source = paths.resource("rubrics", f"{source}.yaml")
    path = Path(source)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CsqmError("rubric_too_big", file=str(path), limit=MAX_BYTES // 1024)
        data = path.read_bytes()
    except FileNotFoundError as error:
        if path.suffix.lower() not in _ENDINGS:
            known = ", ".join(builtin_names())
            raise CsqmError("rubric_unknown", name=str(source), known=known) from error
        raise CsqmError("rubric_unreadable", file=str(path), reason="no such file") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CsqmError("rubric_unreadable", file=str(path), reason=reason) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise CsqmError("rubric_syntax", file=str(path), line=line, reason="not UTF-8") from error
    return loads(text, str(path), path.stem)


def loads(text: str, file: str = "", key: str = "scorecard") -> Scorecard:
    """The scorecard of a text; ``file`` is what errors call it, ``key`` the scorecard's key if it has none."""
    raw = _parse(text, file)
    return _Checker(file).scorecard(raw, key)


def dump(scorecard: Scorecard, path: Path | str) -> None:
    """Write a scorecard as a file that ``load`` reads back to an equal one."""
    try:
        Path(path).write_text(to_yaml(scorecard), encoding="utf-8")
    except OSError as error:
        raise CsqmError("rubric_not_saved", file=str(path), reason=error.strerror or "") from error


def to_yaml(scorecard: Scorecard) -> str:
    """The rubric file of a scorecard."""
    plain: dict[str, Any] = {
        "key": scorecard.key,
        "name": dict(scorecard.name.texts),
        "pass_line": scorecard.pass_line,
    }
    if scorecard.version != 1:
        plain["version"] = scorecard.version
    if scorecard.root_causes:
        plain["root_causes"] = [{"key": c.key, "name": dict(c.name.texts)} for c in scorecard.root_causes]
    plain["criteria"] = [_plain_criterion(criterion) for criterion in scorecard.criteria]
    return str(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=120))


def _plain_criterion(criterion: Criterion) -> dict[str, Any]:
    return {
        "key": criterion.key,
        "name": dict(criterion.name.texts),
        **_texts("help", criterion.help),
        "levels": [
            {
                "key": level.key,
                "name": dict(level.name.texts),
                **_texts("help", level.help),
                **_texts("example", level.example),
            }
            for level in criterion.levels
        ],
        "weight": criterion.weight,
        "critical": criterion.critical,
        "not_applicable": criterion.not_applicable,
        **({} if criterion.ordered else {"ordered": False}),
    }


def _texts(name: str, text: LocalizedText) -> dict[str, Any]:
    return {name: dict(text.texts)} if text.texts else {}


def _parse(text: str, file: str) -> Any:
    """YAML without custom types and without keys that silently replace each other."""
    if len(text) > MAX_BYTES:
        raise CsqmError("rubric_too_big", file=file, limit=MAX_BYTES // 1024)
    try:
        _refuse_repeated_keys(yaml.compose(text, Loader=yaml.SafeLoader), file)
        return yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CsqmError("rubric_syntax", file=file, line=line, reason=error.problem or "") from error
    except yaml.YAMLError as error:  # characters that YAML does not allow
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise CsqmError("rubric_syntax", file=file, line=1, reason=reason) from error
    except (RecursionError, ValueError, OverflowError) as error:  # ValueError: 2026-13-45 as a date
        raise CsqmError("rubric_syntax", file=file, line=1, reason=type(error).__name__) from error


def _refuse_repeated_keys(node: yaml.Node | None, file: str) -> None:
    """YAML lets the last of equal keys win; a scorecard would lose a criterion's weight without a word."""
    waiting = [node]
    visited: set[int] = set()  # anchors may be used many times
    while waiting:
        node = waiting.pop()
        if node is None or id(node) in visited:
            continue
        visited.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting += node.value
        elif isinstance(node, yaml.MappingNode):
            keys: set[str] = set()
            for key, value in node.value:
                name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
                if name in keys:
                    place = f"line {key.start_mark.line + 1}"
                    raise CsqmError("rubric_repeated", file=file, place=place, key=name)
                keys.add(name)
                waiting.append(value)


class _Checker:
    """Turns plain values into domain objects; errors carry the file and the place, e.g. criteria/tone/levels/2."""

    def __init__(self, file: str) -> None:
        self._file = file

    def scorecard(self, raw: Any, default_key: str) -> Scorecard:
        known = ("key", "name", "pass_line", "version", "root_causes", "criteria")
        fields = self._fields(raw, "", known)
        criteria = self._list(fields, "criteria", "")
        if not criteria:
            raise self._error("rubric_no_criteria")
        scorecard = Scorecard(
            key=self._key({"key": default_key} | fields, ""),
            name=self._text(fields, "name", "", required=True),
            pass_line=self._pass_line(fields),
            criteria=tuple(self._criterion(item, number) for number, item in enumerate(criteria, start=1)),
            root_causes=tuple(
                self._root_cause(item, number)
                for number, item in enumerate(self._list(fields, "root_causes", ""), start=1)
            ),
            version=self._version(fields),
        )
        self._unique("criteria", (criterion.key for criterion in scorecard.criteria))
        self._unique("root_causes", (cause.key for cause in scorecard.root_causes))
        if not scorecard.ordered and len(scorecard.criteria) > 1:
            raise self._error("rubric_unordered")
        if not any(criterion.weight for criterion in scorecard.criteria):
            raise self._error("rubric_no_weight")
        return scorecard

    def _criterion(self, raw: Any, number: int) -> Criterion:
        place = self._place("criteria", raw, number)
        known = ("key", "name", "help", "levels", "weight", "critical", "not_applicable", "ordered")
        fields = self._fields(raw, place, known)
        levels = self._list(fields, "levels", place)
        if not LEVELS[0] <= len(levels) <= LEVELS[1]:
            raise self._error("rubric_levels", place=place, count=len(levels), least=LEVELS[0], most=LEVELS[1])
        weight = self._number(fields, "weight", place)
        if weight < 0:
            raise self._error("rubric_weight", place=place, value=weight)
        criterion = Criterion(
            key=self._key(fields, place),
            name=self._text(fields, "name", place, required=True),
            help=self._text(fields, "help", place),
            levels=tuple(self._level(item, place, index) for index, item in enumerate(levels, start=1)),
            weight=weight,
            critical=self._flag(fields, "critical", place),
            not_applicable=self._flag(fields, "not_applicable", place),
            ordered=self._flag(fields, "ordered", place, default=True),
        )
        self._unique(f"{place}/levels", (level.key for level in criterion.levels))
        return criterion

    def _level(self, raw: Any, above: str, number: int) -> Level:
        place = self._place(f"{above}/levels", raw, number)
        fields = self._fields(raw, place, ("key", "name", "help", "example"))
        return Level(
            key=self._key(fields, place),
            name=self._text(fields, "name", place, required=True),
            help=self._text(fields, "help", place),
            example=self._text(fields, "example", place),
        )

    def _root_cause(self, raw: Any, number: int) -> RootCause:
        place = self._place("root_causes", raw, number)
        fields = self._fields(raw, place, ("key", "name"))
        return RootCause(self._key(fields, place), self._text(fields, "name", place, required=True))

    def _error(self, code: str, **values: Any) -> CsqmError:
        return CsqmError(code, file=self._file, **values)

    @staticmethod
    def _place(above: str, raw: Any, number: int) -> str:
        key = raw.get("key") if isinstance(raw, dict) else None
        return f"{above}/{key[:64] if isinstance(key, str) and key else number}"

    def _fields(self, raw: Any, place: str, known: tuple[str, ...]) -> dict[str, Any]:
        if not isinstance(raw, dict):
            raise self._error("rubric_type", place=place or "/", expected="key: value")
        for key in raw:
            if key not in known:
                shown = str(key)[:64] if isinstance(key, str | int | float | bool) else "?"
                raise self._error("rubric_unknown_key", place=place or "/", key=shown, known=", ".join(known))
        return raw

    def _list(self, fields: dict[str, Any], name: str, place: str) -> list[Any]:
        value = fields.get(name)
        if value is None:
            return []
        if not isinstance(value, list) or len(value) > MAX_ITEMS:
            raise self._error("rubric_type", place=f"{place}/{name}", expected=f"- … (1-{MAX_ITEMS})")
        return value

    def _key(self, fields: dict[str, Any], place: str) -> str:
        value = fields.get("key")
        if value is None:
            raise self._error("rubric_missing", place=place or "/", key="key")
        if not isinstance(value, str) or not _KEY.match(value):
            shown = str(value)[:64] if isinstance(value, str | int | float | bool) else "?"
            raise self._error("rubric_key", place=place or "/", key=shown)
        return value

    def _text(self, fields: dict[str, Any], name: str, place: str, required: bool = False) -> LocalizedText:
        """A text in one language (taken as English) or in several."""
        value = fields.get(name)
        if isinstance(value, str):
            value = {"en": value}
        if value is None:
            value = {}
        valid = isinstance(value, dict) and all(isinstance(part, str) for pair in value.items() for part in pair)
        if not valid:
            raise self._error("rubric_type", place=f"{place}/{name}", expected='{en: "…", zh: "…"}')
        texts = {language: text for language, text in value.items() if text.strip()}
        if required and not texts:
            raise self._error("rubric_missing", place=place or "/", key=name)
        return LocalizedText(texts)

    def _number(self, fields: dict[str, Any], name: str, place: str) -> float:
        value = fields.get(name)
        if value is None:
            raise self._error("rubric_missing", place=place or "/", key=name)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise self._error("rubric_type", place=f"{place}/{name}", expected="0, 1.5, 30")
        return float(value)

    def _flag(self, fields: dict[str, Any], name: str, place: str, default: bool = False) -> bool:
        value = fields.get(name, default)
        if not isinstance(value, bool):
            raise self._error("rubric_type", place=f"{place}/{name}", expected="true, false")
        return value

    def _pass_line(self, fields: dict[str, Any]) -> float:
        if "pass_line" not in fields:
            return DEFAULT_PASS_LINE
        value = self._number(fields, "pass_line", "")
        if not 0 <= value <= 1:
            raise self._error("rubric_pass_line", value=value)
        return value

    def _version(self, fields: dict[str, Any]) -> int:
        value = fields.get("version", 1)
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise self._error("rubric_type", place="/version", expected="1, 2, 3")
        return value

    def _unique(self, place: str, keys: Iterable[str]) -> None:
        seen: set[str] = set()
        for key in keys:
            if key in seen:
                raise self._error("rubric_repeated", place=place, key=key)
            seen.add(key)
