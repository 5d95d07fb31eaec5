"""The app's settings: declared once, typed, bounded, kept in one TOML file."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import tomli_w

from csqm_desktop import paths

LANGUAGES = ("system", "en", "zh_CN")
THEMES = ("system", "light", "dark")
DEVICES = ("auto", "cpu", "cuda", "mps")
PRECISIONS = ("exact", "fastest")


@dataclass
class Settings:
    """What a person can change; bounds are checked by ``validated``."""

    language: str = "system"
    theme: str = "system"
    font_scale: int = 100  # per cent, 80 to 200
    reviewer: str = ""
    last_workspace: str = ""
    device: str = "auto"
    precision: str = "exact"  # fastest: scores from 8-bit products where the processor has them
    low_priority: bool = True  # the worker leaves the processor to other programs
    score_after_import: bool = True
    strategy: str = "hybrid"  # how the queue chooses: a key of selection.STRATEGIES
    root_cause_required: bool = False  # a low score cannot be submitted without a root cause
    daily_backup: bool = True  # when a workspace is opened the first time on a day
    backups_kept: int = 7  # daily ones, 1 to 60
    small_sample: int = 20  # points of a trend with fewer replies are drawn hollow
    export_limit: int = 0  # so much personal data of a kind may be left in an export
    shortcuts: dict[str, str] = field(default_factory=dict)  # action name to key, only those changed
    lock_after_minutes: int = 10  # idle, where people sign in; 0: never
    window_geometry: str = ""

    def validated(self) -> Settings:
        """A copy with every value inside its bounds; unknown choices fall back to the default."""
        default = Settings()
        values = asdict(self)
        for name, choices in (
            ("language", LANGUAGES),
            ("theme", THEMES),
            ("device", DEVICES),
            ("precision", PRECISIONS),
        ):
            if values[name] not in choices:
                values[name] = getattr(default, name)
        values["font_scale"] = min(200, max(80, int(values["font_scale"])))
        values["export_limit"] = min(1000, max(0, int(values["export_limit"])))
        values["backups_kept"] = min(60, max(1, int(values["backups_kept"])))
        values["small_sample"] = min(1000, max(2, int(values["small_sample"])))
        values["lock_after_minutes"] = min(480, max(0, int(values["lock_after_minutes"])))
        return Settings(**values)


def load(path: Path | None = None) -> Settings:
    """Read the settings file; a missing or broken file gives the defaults, unknown keys are ignored."""
    path = path or paths.settings_file()
    try:
        raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        return Settings()
    default = Settings()
    known = {
        f.name: raw[f.name]
        for f in fields(Settings)
        if f.name in raw and isinstance(raw[f.name], type(getattr(default, f.name)))
    }
    return Settings(**known).validated()


def save(settings: Settings, path: Path | None = None) -> None:
    """Write the settings file in one step, so that a crash leaves the old or the new one."""
    path = path or paths.settings_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".tmp")
    draft.write_text(tomli_w.dumps(asdict(settings)), encoding="utf-8")
    draft.replace(path)
