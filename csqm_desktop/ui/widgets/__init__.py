"""The building blocks of every page; they look alike because they take everything from ``ui/tokens.py``.

from csqm_desktop.ui.widgets.card import Card, Section
from csqm_desktop.ui.widgets.layouts import column, row, box, line, scrolled, set_property
from csqm_desktop.ui.widgets.text import Label, ElidedLabel, IconLabel, Chip
from csqm_desktop.ui.widgets.buttons import Button, IconButton
from csqm_desktop.ui.widgets.segmented import Segmented, FilterChips
from csqm_desktop.ui.widgets.searchable_combo import Combo, SearchableCombo
from csqm_desktop.ui.widgets.page_header import PageHeader
from csqm_desktop.ui.widgets.empty_state import EmptyState
from csqm_desktop.ui.widgets.stat_tile import StatTile
from csqm_desktop.ui.widgets.confidence_badge import ConfidenceBadge
from csqm_desktop.ui.widgets.distribution_bar import DistributionBar
from csqm_desktop.ui.widgets.key_cap import KeyCap
from csqm_desktop.ui.widgets.drop_zone import DropZone
from csqm_desktop.ui.widgets.switch import Switch
from csqm_desktop.ui.widgets.status_chip import StatusChip
"""
