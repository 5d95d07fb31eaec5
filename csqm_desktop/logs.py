"""The log file: rotated, in the user's log folder, never holding message text."""

from __future__ import annotations

import logging
import logging.handlers
from pathlib import Path

from csqm_desktop import paths

_FORMAT = "%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s"


def log_file(process: str = "csqm") -> Path:
    """The log file of one kind of process (``csqm`` or ``worker``)."""
    return paths.log_dir() / f"{process}.log"


def set_up(process: str = "csqm", level: int = logging.INFO) -> Path:
    """Send the package's log records to a rotating file; returns its path.

    A log folder that cannot be written must not stop the program: records then go nowhere.
    """
    path = log_file(process)
    logger = logging.getLogger("csqm_desktop")
    for earlier in list(logger.handlers):
        logger.removeHandler(earlier)
        earlier.close()
    handler: logging.Handler
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter(_FORMAT))
    logger.addHandler(handler)
    logger.setLevel(level)
    return path
