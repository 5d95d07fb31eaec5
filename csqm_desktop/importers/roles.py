"""Who wrote a message: rules that a person wrote, lines that no person wrote, and the cast of a plain chat.

A rule names a role and what it applies to: ``{"role": "agent", "field": "sender", "is": ["小禾"]}``, or
``"prefix"`` or ``"regex"`` instead of ``"is"``. The first rule that fits decides, before the role column does.
"""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from csqm_desktop.domain.conversation import Role
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.patterns import MAX_SEARCHED_CHARS, compile_safely
from csqm_desktop.importers.shop_names import looks_like_shop
from csqm_desktop.importers.words import HEADERS, ROLE_VALUES, normal

MAX_RULES = 200
MAX_WORDS = 10_000  # names in one rule
SLOW_SECONDS = 0.05  # a pattern that needs so long for one message
SLOW_TIMES = 5  # and so often is refused

_FIELDS = tuple(HEADERS)
RULE_FIELDS = ("sender", "role", "text", "channel", "shop", "product", "intent", "bot_version")
"""What a rule may look at."""

_OWN_NAMES = frozenset({"我", "我自己", "me"})  # whose device it was, in texts of backup tools: works for the shop
_MAY_BE_NAMES = frozenset(
    ("in", "out", "sent", "received", "auto", "model", "lead", "contact", "info", "event", "activity", "rep")
)  # words for roles that people or addresses are called, too
_BOT_WORDS = ("机器人", "智能客服", "小蜜", "智能助手", "服务助手", "chatbot")
_BOT_END = re.compile(r"(?:\b|_)bot\d*$|机器人$", re.IGNORECASE)
_SUB_ACCOUNT = re.compile(r"^[^:：]{2,}[:：]\S")  # shop:person, as 旺旺 writes the accounts of a shop's staff
_SHOP_END = re.compile(r"(?:旗舰店|专卖店|专营店|官方店|企业店|官方客服|客服)\d*$")

# Without one of these no line is a notice; looking for them is cheap.
_NOTICE_WORDS = re.compile(
    "转|接入|结束|关闭|超时|加入|离开|退出|撤回|自动回复|transferr|assigned|routed|closed|ended|escalated|joined|left|"
    "automatic|auto[- ]?(?:reply|response|message)",
    re.IGNORECASE,
)
# Whole lines only: a reply that quotes such words stays a reply.
_NOTICES = re.compile(
    r"""^\W{0,3}(?:
      (?:由|会话由|已由)\s*\S.{0,40}?(?:转交|转接|转移|转)(?:给|至|到).{1,40}
    | (?:系统|会话|客服)?(?:正在|已)?(?:为您|将您)?(?:转接|转交|接入)(?:至|到|给)?(?:人工)?(?:客服|坐席|座席).{0,30}
    | .{1,40}(?:转接|转交)(?:了)?(?:会话|对话|给).{0,40}
    | (?:当前)?(?:会话|对话|接待|聊天)(?:已)?(?:被)?(?:结束|关闭|转出|接入|超时).{0,30}
    | .{0,40}(?:加入|离开|退出)(?:了)?(?:会话|对话|群聊).{0,10}
    | .{1,40}撤回了一条消息.{0,10}
    | [\[【(（]?(?:系统)?自动回复[\]】)）]?(?:$|[:：].{0,2000}|\s.{0,2000})
    | [\[【(（](?:系统)?自动回复[\]】)）].{0,2000}
    | (?:(?:chat|conversation|call|ticket)(?:\s(?:was|has\sbeen|is\sbeing|will\sbe))?|you\s(?:are\sbeing|will\sbe))
      \s(?:re)?(?:transferred|assigned|routed|closed|ended|escalated)[^,.!?]{0,80}[.!]?
    | (?:.{1,60}\s)?transferr(?:ed|ing)\s(?:the|this|your|you)\s?(?:chat|conversation|call)?\s?to\s.{1,80}
    | .{1,60}\shas\s(?:joined|left|ended|closed)\sthe\s(?:chat|conversation).{0,10}
    | [\[(]?(?:automatic|auto)[-\s]?(?:reply|response|message)[\])]?\s?(?:$|[:\-–].{0,2000})
    | [\[(](?:automatic|auto)[-\s]?(?:reply|response|message)[\])].{0,2000}
    )$""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class RoleRule:
    """One rule; ``values`` are compared as role words are, ``prefixes`` and ``pattern`` with case ignored."""

    role: Role
    field: str = "sender"
    values: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    pattern: str = ""

    def to_json(self) -> dict[str, Any]:
        """The rule as plain values for a file."""
        plain: dict[str, Any] = {"role": self.role.value, "field": self.field}
        if self.values:
            plain["is"] = list(self.values)
        if self.prefixes:
            plain["prefix"] = list(self.prefixes)
        if self.pattern:
            plain["regex"] = self.pattern
        return plain


def rules_from_json(raw: object) -> tuple[RoleRule, ...]:
    """The rules of a mapping file; ``ValueError`` says what is wrong with them."""
    if not isinstance(raw, list):
        raise ValueError('"rules" must be a list')
    if len(raw) > MAX_RULES:
        raise ValueError(f"more than {MAX_RULES} rules")
    return tuple(_rule(place, item) for place, item in enumerate(raw, start=1))


def _rule(place: int, raw: object) -> RoleRule:
    if not isinstance(raw, dict):
        raise ValueError(f"rule {place} must be an object")
    unknown = sorted(set(raw) - {"role", "field", "is", "prefix", "regex"})
    if unknown:
        raise ValueError(f"rule {place}: unknown key “{unknown[0]}”; known are field, is, prefix, regex, role")
    if raw.get("role") not in list(Role):
        raise ValueError(f"rule {place}: roles are {', '.join(Role)}")
    name = raw.get("field", "sender")
    if name not in RULE_FIELDS:
        raise ValueError(f"rule {place}: fields are {', '.join(RULE_FIELDS)}")
    pattern = raw.get("regex", "")
    if not isinstance(pattern, str):
        raise ValueError(f'rule {place}: "regex" must be a text')
    rule = RoleRule(Role(raw["role"]), name, _words(place, raw, "is"), _words(place, raw, "prefix"), pattern)
    if sum(map(bool, (rule.values, rule.prefixes, rule.pattern))) != 1:
        raise ValueError(f'rule {place}: give one of "is", "prefix" and "regex"')
    if pattern:
        try:
            compile_safely(pattern)
        except ValueError as error:
            raise ValueError(f"rule {place}: {error}") from error
    return rule


def _words(place: int, raw: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = raw.get(key, [])
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
        raise ValueError(f'rule {place}: "{key}" must be a text or a list of texts')
    if len(words) > MAX_WORDS:
        raise ValueError(f'rule {place}: more than {MAX_WORDS} texts in "{key}"')
    return tuple(words)


class Rules:
    """Rules ready for use on rows whose values come in the order of ``mapping.FIELDS``."""

    def __init__(self, rules: Sequence[RoleRule], notices: bool = False) -> None:
        self._notices = notices
        self._tests = [(_FIELDS.index(rule.field), _Test(place, rule), rule.role)
                       for place, rule in enumerate(rules, start=1)]  # fmt: skip
        self._text = _FIELDS.index("text")

    def __bool__(self) -> bool:
        return self._notices or bool(self._tests)

    def decide(self, values: Sequence[object]) -> Role | None:
        """The role of a row, None when no rule speaks of it."""
        for place, test, role in self._tests:
            value = values[place]
            if isinstance(value, str) and value and test.fits(value):
                return role
        if self._notices and is_notice(values[self._text]):
            return Role.SYSTEM
        return None


class _Test:
    """Whether a text fits one rule."""

    def __init__(self, place: int, rule: RoleRule) -> None:
        self._place = place
        self._values = frozenset(map(normal, rule.values))
        self._prefixes = tuple(_fold(prefix) for prefix in rule.prefixes)
        self._pattern = compile_safely(rule.pattern) if rule.pattern else None
        self._slow = 0

    def fits(self, text: str) -> bool:
        if self._values:
            return len(text) < 1000 and normal(text) in self._values
        if self._prefixes:
            return _fold(text[:1000].lstrip()).startswith(self._prefixes)
        return self._pattern is not None and self._search(self._pattern, text)

    def _search(self, pattern: re.Pattern[str], text: str) -> bool:
        """A search that is given up for good when it keeps being slow."""
        started = time.perf_counter()
        found = pattern.search(text, 0, MAX_SEARCHED_CHARS) is not None
        if time.perf_counter() - started > SLOW_SECONDS:
            self._slow += 1
            if self._slow >= SLOW_TIMES:
                raise CsqmError("import_rule_slow", number=self._place, pattern=pattern.pattern)
        return found


def is_notice(text: object) -> bool:
    """Whether a message is a transfer, a recall, an automatic reply or another line that nobody wrote."""
    if not isinstance(text, str) or len(text) >= 2000 or _NOTICE_WORDS.search(text) is None:
        return False
    return _NOTICES.match(text.strip()) is not None


def is_bot_name(name: str) -> bool:
    """Whether a sender's name is that of a bot."""
    plain = _fold(name)
    return ROLE_VALUES.get(normal(name)) is Role.BOT or _BOT_END.search(name) is not None or any(
        word in plain for word in _BOT_WORDS
    )  # fmt: skip


def cast(
    names: Sequence[str], customer: str = "", known: Mapping[str, Role] | None = None, others: Role | None = None
) -> dict[str, Role]:
    """Roles of the people in a chat between one customer and a shop, ``names`` in the order they first spoke.

    What a mapping knows comes first, then names that tell (``shop:person``, 旗舰店, bots), then ``customer`` (from
    the file's name), and last the custom that the customer speaks first. Everyone else works for the shop. A customer
    who exports a chat gets a file that is named after the shop. ``others`` is what a person says of all others.
    """
    roles: dict[str, Role] = {}
    for name in names:
        role = told(name, known or {})
        if role is not None:
            roles[name] = role
    open_names = [name for name in names if name not in roles]
    if others is not None:
        return roles | dict.fromkeys(open_names, others)
    wanted = _fold(customer)
    people = [name for name in open_names if _fold(name) != wanted and not looks_like_shop(name)]
    if looks_like_shop(customer) and people:
        wanted = ""
    if any(_fold(name) == wanted for name in roles):
        wanted = ""  # the file is named after somebody else, it turned out
    if not wanted and people:
        roles |= {name: Role.AGENT for name in open_names if looks_like_shop(name)}
        open_names = [name for name in open_names if name not in roles]
    if Role.CUSTOMER not in roles.values() and open_names:
        chosen = next((name for name in open_names if wanted and _fold(name) == wanted), None)
        if chosen or not wanted or len(open_names) > 1:  # else the customer never spoke
            roles[chosen or open_names[0]] = Role.CUSTOMER
    for name in open_names:
        roles.setdefault(name, Role.AGENT)
    return roles


def told(name: str, known: Mapping[str, Role]) -> Role | None:
    """What a name by itself says about a role."""
    key = normal(name)
    if key in known:
        return known[key]
    if is_bot_name(name):
        return Role.BOT
    if key in _OWN_NAMES:
        return Role.AGENT
    if key in ROLE_VALUES and key not in _MAY_BE_NAMES:
        return ROLE_VALUES[key]  # called by what he does
    if _SUB_ACCOUNT.match(name) or _SHOP_END.search(name):
        return Role.AGENT
    return None


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
