"""The settings page and the shortcut editor."""
