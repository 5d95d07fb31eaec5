"""The window: the only package with Qt in it, besides ``app.py``."""

from csqm_desktop.ui import reference_guard

reference_guard.install()
