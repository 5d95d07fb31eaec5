"""The design tokens: every colour, distance, radius and type size of the app, in one place.

Widgets never name a colour or a font size of their own; they take them from here, so that light, dark and a
larger font size come out of the same code. Semantic colours come in three strengths: the plain one for text
and icons, ``…_soft`` for grounds and ``…_fill`` for bars. They are told apart by people with the common
kinds of colour blindness, and still always stand beside a word, a number or a shape.
"""

from __future__ import annotations

from dataclasses import dataclass, fields


class SPACE:
    """Distances in pixels, on a grid of four."""

    hair = 2
    xs = 4
    sm = 8
    md = 12
    lg = 16
    xl = 24
    xxl = 32
    huge = 48


class RADIUS:
    """Corner radii in pixels."""

    sm = 4
    md = 6
    lg = 10
    pill = 999


@dataclass(frozen=True, slots=True)
class Colors:
    """One colour table; every value is ``#rrggbb``."""

    # grounds
    window: str  # behind everything
    surface: str  # cards, header, rail
    raised: str  # menus, dialogs, toasts
    sunken: str  # wells inside a card, table headers
    hover: str
    pressed: str
    selected: str  # the chosen row
    # lines
    border: str
    border_strong: str  # around controls
    focus: str  # the ring around the focused control
    # text
    text: str
    text_muted: str
    text_disabled: str
    # the accent
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    accent_soft: str
    accent_text: str  # the accent as text on surface or accent_soft
    # meanings
    good: str
    good_soft: str
    good_fill: str
    ok: str
    ok_soft: str
    ok_fill: str
    bad: str
    bad_soft: str
    bad_fill: str
    doubt: str
    doubt_soft: str
    doubt_fill: str
    # speakers in a conversation
    customer_bubble: str
    agent_bubble: str
    bot_bubble: str
    # charts
    chart_grid: str
    chart_axis: str
    chart_1: str
    chart_2: str
    chart_3: str
    chart_4: str
    chart_5: str
    chart_6: str
    chart_7: str
    chart_8: str

    @property
    def chart(self) -> tuple[str, ...]:
        """The colours of series, in the order they are used."""
        return tuple(getattr(self, f"chart_{i}") for i in range(1, 9))

    def as_dict(self) -> dict[str, str]:
        """Name to value, as the style sheet wants it."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    def level_fill(self, position: int, count: int, ordered: bool = True) -> str:
        """The bar colour of a level at ``position`` (0 is worst) out of ``count``; one for all where none is better."""
        return str(getattr(self, f"{level_meaning(position, count)}_fill")) if ordered else self.accent

    def level_text(self, position: int, count: int, ordered: bool = True) -> str:
        """The text colour that goes with ``level_fill``."""
        return str(getattr(self, level_meaning(position, count))) if ordered else self.accent_text

    def level_soft(self, position: int, count: int, ordered: bool = True) -> str:
        """The ground colour that goes with ``level_fill``."""
        return str(getattr(self, f"{level_meaning(position, count)}_soft")) if ordered else self.accent_soft


def level_meaning(position: int, count: int) -> str:
    """``bad``, ``ok`` or ``good`` for a level: the lowest, those between, the highest."""
    if position <= 0:
        return "bad"
    return "good" if position >= count - 1 else "ok"


LIGHT = Colors(
    window="#f5f5f7",
    surface="#ffffff",
    raised="#ffffff",
    sunken="#f0f1f4",
    hover="#f0f1f5",
    pressed="#e5e7ed",
    selected="#e9ecfd",
    border="#e3e5ea",
    border_strong="#c8ccd5",
    focus="#4255d4",
    text="#17191e",
    text_muted="#565c69",
    text_disabled="#9aa0ac",
    accent="#4255d4",
    accent_hover="#3748bd",
    accent_pressed="#2d3ca3",
    on_accent="#ffffff",
    accent_soft="#ebeefd",
    accent_text="#3748bd",
    good="#076652",
    good_soft="#e0f3ee",
    good_fill="#12997c",
    ok="#755700",
    ok_soft="#fbf1d5",
    ok_fill="#b88700",
    bad="#a9311a",
    bad_soft="#fce9e4",
    bad_fill="#d9542f",
    doubt="#6b3fb0",
    doubt_soft="#f1eafb",
    doubt_fill="#966be0",
    customer_bubble="#f0f1f4",
    agent_bubble="#ebeefd",
    bot_bubble="#e4f2f5",
    chart_grid="#e9ebef",
    chart_axis="#565c69",
    chart_1="#4255d4",
    chart_2="#c75300",
    chart_3="#0a8a6e",
    chart_4="#b0468a",
    chart_5="#2c86b8",
    chart_6="#8f6f00",
    chart_7="#7a4fd0",
    chart_8="#5b626f",
)

DARK = Colors(
    window="#0f1013",
    surface="#17191d",
    raised="#1e2025",
    sunken="#111317",
    hover="#21242a",
    pressed="#2a2d35",
    selected="#22284a",
    border="#282b32",
    border_strong="#3c404a",
    focus="#8c99ff",
    text="#ecedf0",
    text_muted="#a3a9b5",
    text_disabled="#666c78",
    accent="#8492ff",
    accent_hover="#97a3ff",
    accent_pressed="#707fee",
    on_accent="#0d0f1c",
    accent_soft="#22284a",
    accent_text="#aab4ff",
    good="#52cdb3",
    good_soft="#12322b",
    good_fill="#2aa88c",
    ok="#e6bf55",
    ok_soft="#352c11",
    ok_fill="#cf9f26",
    bad="#ff957a",
    bad_soft="#40211a",
    bad_fill="#e0633e",
    doubt="#c4a6f8",
    doubt_soft="#2e2448",
    doubt_fill="#9b74e0",
    customer_bubble="#22252b",
    agent_bubble="#252b52",
    bot_bubble="#163138",
    chart_grid="#24272e",
    chart_axis="#a3a9b5",
    chart_1="#8492ff",
    chart_2="#f0904e",
    chart_3="#3fc3a4",
    chart_4="#e58cc4",
    chart_5="#62b5e5",
    chart_6="#d9b23d",
    chart_7="#b795f7",
    chart_8="#9aa1ae",
)


@dataclass(frozen=True, slots=True)
class TypeScale:
    """Font sizes in pixels at 100 %; ``scaled`` gives those of another font size setting."""

    caption: int = 12
    body: int = 13
    reading: int = 15  # the messages of a conversation
    subtitle: int = 15
    title: int = 20
    display: int = 30

    def scaled(self, percent: int) -> TypeScale:
        """The same scale, larger or smaller."""
        return TypeScale(*(round(getattr(self, f.name) * percent / 100) for f in fields(self)))


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a look consists of: a colour table, a type scale, and how much everything is enlarged."""

    color: Colors
    type: TypeScale
    scale: float = 1.0
    dark: bool = False

    def px(self, value: float) -> int:
        """A distance that grows with the font size: icon boxes, row heights, control heights."""
        return round(value * self.scale)


def make(dark: bool, font_scale: int) -> Tokens:
    """The tokens of a look."""
    return Tokens(DARK if dark else LIGHT, TypeScale().scaled(font_scale), font_scale / 100, dark)


_current = make(dark=False, font_scale=100)


def tokens() -> Tokens:
    """The look in use now. Read it when painting; never keep a colour."""
    return _current


def use(look: Tokens) -> None:
    """Make ``look`` the current one; only ``theme.Theme`` calls this."""
    global _current
    _current = look


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two ``#rrggbb`` colours, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: str) -> float:
    channels = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
