"""Which replies a person sees next, and why. Pure calculation over arrays.

A strategy answers with choices in review order. Each choice carries a reason code with values, for which
``REASONS`` has the sentence, and its chance of being chosen where chance decided (None: a rule did).
Only replies chosen with a known chance may serve as an audit sample.
"""

from csqm_desktop.selection.chance import cold_start
from csqm_desktop.selection.choices import REASONS, Choice, sentence
from csqm_desktop.selection.pool import Known, Pool
from csqm_desktop.selection.strategies import DEFAULT, LINES, NAMES, STRATEGIES, select

__all__ = [
    "DEFAULT",
    "LINES",
    "NAMES",
    "REASONS",
    "STRATEGIES",
    "Choice",
    "Known",
    "Pool",
    "cold_start",
    "select",
    "sentence",
]
