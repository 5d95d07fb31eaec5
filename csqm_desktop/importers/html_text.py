"""HTML bodies of messages as plain text. Nothing of the markup is kept, fetched or run."""

from __future__ import annotations

import re
from html.parser import HTMLParser

MAX_TAG_CHARS = 4000

# Python's parser takes quadratic time or worse for tags that never end, so such text does not reach it.
_NO_TAG = re.compile(rf"<(?!/?[A-Za-z][^<>]{{0,{MAX_TAG_CHARS}}}>)")
_HAS_TAG = re.compile(rf"</?[A-Za-z][^<>]{{0,{MAX_TAG_CHARS}}}>|&(?:[a-zA-Z]{{2,8}}|#\d{{1,7}}|#x[0-9a-fA-F]{{1,6}});")
_BLOCKS = frozenset({
    "p", "div", "li", "ul", "ol", "tr", "table", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "section",
    "article", "header", "footer", "hr", "dl", "dt", "dd", "figure", "form",
})  # fmt: skip
_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript"})
_SWALLOWING = re.compile(
    r"</?(?:script|style|head|title|template|noscript|textarea|xmp|iframe|noembed|noframes|plaintext)\b[^<>]*>",
    re.IGNORECASE,
)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_LINES = re.compile(r"\n{3,}")


def looks_like_html(text: str) -> bool:
    """Whether a text has tags or entities."""
    return _HAS_TAG.search(text) is not None


def html_to_text(text: str) -> str:
    """The text that a reader of the message saw; plain text comes back as it is."""
    if not looks_like_html(text):
        return text
    markup = _NO_TAG.sub("&lt;", _without_comments(text))
    found, whole = _parse(markup)
    if not whole:  # a script that never ends would swallow the rest of the message
        found, _ = _parse(_SWALLOWING.sub("", markup))
    return found


def _parse(markup: str) -> tuple[str, bool]:
    """The text, and whether everything that hides text was closed."""
    parser = _Text()
    parser.feed(markup)
    parser.close()
    return parser.text(), not parser.silent


def _without_comments(text: str) -> str:
    if "<!" not in text and "<?" not in text:
        return text
    parts = []
    at = 0
    while (start := text.find("<!--", at)) >= 0:
        end = text.find("-->", start)
        if end < 0:
            break
        parts.append(text[at:start])
        at = end + 3
    parts.append(text[at:])
    return re.sub(r"<![A-Za-z][^<>]{0,500}>", "", "".join(parts))


class _Text(HTMLParser):
    """Collects text; blocks begin on lines of their own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self.silent = 0
        self._pre = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A line begins with a block; pictures stand for their description."""
        if tag in _SILENT:
            self.silent += 1
        elif tag == "br":
            self._parts.append("\n")
        elif tag in _BLOCKS:
            self._block("- " if tag == "li" else "")
            self._pre += tag == "pre"
        elif tag == "img":
            self.handle_data(dict(attrs).get("alt") or "")
        elif tag in ("td", "th"):
            self._parts.append(" ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """As a start; ``<script/>`` holds nothing."""
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """A line ends with a block."""
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _BLOCKS:
            self._block("")
            self._pre = max(0, self._pre - (tag == "pre"))

    def handle_data(self, data: str) -> None:
        """Text, with spaces as a browser shows them."""
        if not self.silent:
            self._parts.append(data if self._pre else _SPACES.sub(" ", data))

    def _block(self, mark: str) -> None:
        self._parts.append("\n" + mark)

    def text(self) -> str:
        """All of it, without empty lines in a row and spaces around lines."""
        lines = "".join(self._parts).replace("\xa0", " ").split("\n")
        return _LINES.sub("\n\n", "\n".join(line.strip() for line in lines)).strip("\n")
