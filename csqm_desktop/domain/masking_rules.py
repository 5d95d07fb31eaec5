"""How far the rules that mask personal data have come.

A workspace remembers by which rules all its texts have been masked (``store.masked_texts``), so that it can be said
when masking them again would find more. ``tests/unit/privacy/test_rules_number.py`` fails when rules change and this
number does not.
"""

MASKING_RULES = 3
"""Raise it whenever a rule of ``privacy/`` comes or changes such that it may mask more."""
