"""Where things lie: resources, the shared model store, logs, the default workspace.

Three situations are supported: a checkout, an installed wheel, a frozen app. ``CSQM_HOME`` moves all user
data (tests use it); ``CSQM_MODEL_STORE`` moves only the shared model store.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent
_APP = "csqm-desktop"


def checkout_root() -> Path | None:
    """The repository folder when running from a checkout, else None."""
    root = _PACKAGE.parent
    return root if (root / "pyproject.toml").is_file() and (root / "resources").is_dir() else None


def resources_dir() -> Path:
    """The folder of icons, catalogs, rubrics, style sheets, demo and starter data."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen) / "resources"
    root = checkout_root()
    return root / "resources" if root else _PACKAGE / "_resources"


def resource(*parts: str) -> Path:
    """A file or folder below ``resources/``, e.g. ``resource("rubrics", "ecommerce.yaml")``."""
    return resources_dir().joinpath(*parts)


def user_data_dir() -> Path:
    """The folder for this user's data; not created here."""
    home = os.environ.get("CSQM_HOME")
    return Path(home) if home else Path(platformdirs.user_data_dir(_APP, appauthor=False))


def settings_file() -> Path:
    """The TOML file of the app's settings."""
    home = os.environ.get("CSQM_HOME")
    folder = Path(home) if home else Path(platformdirs.user_config_dir(_APP, appauthor=False))
    return folder / "settings.toml"


def log_dir() -> Path:
    """The folder of the log files."""
    home = os.environ.get("CSQM_HOME")
    return Path(home) / "logs" if home else Path(platformdirs.user_log_dir(_APP, appauthor=False))


def default_workspace() -> Path:
    """The workspace that is used when none is named: ``CSQM_WORKSPACE`` or one in the user's data folder."""
    named = os.environ.get("CSQM_WORKSPACE")
    return Path(named) if named else user_data_dir() / "workspace"


def shared_model_store() -> Path:
    """The model store shared by all workspaces: base model and starter version."""
    named = os.environ.get("CSQM_MODEL_STORE")
    if named:
        return Path(named)
    root = checkout_root()
    return root / "model_store" if root else user_data_dir() / "model_store"


def base_model_manifest() -> Path:
    """The tracked description of the default base model (sources, sizes, SHA-256)."""
    root = checkout_root()
    return root / "model_store" / "base_model.toml" if root else resource("base_model.toml")
