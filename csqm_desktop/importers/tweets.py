"""Public tweets of customers and companies, with links to what they answer (the layout of Customer Support on Twitter).

A conversation is what hangs together by ``in_response_to_tweet_id``; it is known by its first tweet.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.base import ReadOptions
from csqm_desktop.importers.flat_table import FlatConverter, FlatLayout
from csqm_desktop.importers.source import SourceFile

_LONGEST = 10_000  # links of one conversation


class _Tweets(FlatConverter):
    """Only tweets that answer another are remembered."""

    two_passes = True

    def __init__(self, source: SourceFile, options: ReadOptions) -> None:
        super().__init__(source, options)
        self._answers: dict[str, str] = {}

    def learn(self, row: dict[str, str]) -> None:
        """What a tweet answers; exports of other tools may write the ids as decimals."""
        before = _id(row.get("in_response_to_tweet_id", ""))
        if before:
            self._answers[_id(row.get("tweet_id", ""))] = before

    def rows(self, row: dict[str, str]) -> Iterator[dict[str, Any]]:
        """One tweet."""
        number, inbound = _id(row.get("tweet_id", "")), row.get("inbound", "").strip().casefold()
        author = row.get("author_id", "").strip()
        role = Role.CUSTOMER if inbound in ("true", "1") else Role.AGENT if inbound in ("false", "0") else inbound
        yield {
            "conversation_id": self._first(number), "message_id": number, "sent_at": row.get("created_at", ""),
            "role": role, "sender": author, "text": row.get("text", ""), "channel": "twitter",
            "shop": author if role is Role.AGENT else "",
        }  # fmt: skip

    def _first(self, number: str) -> str:
        seen = 0
        while (before := self._answers.get(number)) and seen < _LONGEST:
            number, seen = before, seen + 1
        return number


def _id(text: str) -> str:
    return text.strip().removesuffix(".0")


class Tweets(FlatLayout):
    """The table."""

    name = "tweets"
    endings = (".csv",)
    required = frozenset({"tweet_id", "author_id", "inbound", "in_response_to_tweet_id"})
    converter = _Tweets


IMPORTER = Tweets()
