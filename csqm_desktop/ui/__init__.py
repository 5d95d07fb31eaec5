"""The window: the only package with Qt in it, besides ``app.py``."""
