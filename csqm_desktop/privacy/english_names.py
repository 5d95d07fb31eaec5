"""Names of people as English tells of them: after words that announce one, titles, greetings and closing lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from csqm_desktop.privacy.english_words import EVERYDAY
from csqm_desktop.privacy.kinds import Found
from csqm_desktop.privacy.words import any_of

WORD = r"[A-Z\u00c0-\u00de](?:[A-Za-z\u00c0-\u024f]|['’](?!s\b))+(?:-[A-Za-z\u00c0-\u024f'’]+)*"
CAPITALIZED = (
    rf"{WORD}(?:\s(?:[A-Z]\.|(?:[Dd]e(?:\s[Ll]a)?|van(?:\sder)?|von|bin|al|[Dd]i|da|[Ll]a)\s{WORD}|{WORD})){{0,3}}"
)
TWO_CAPITALIZED = rf"{WORD}(?:\s[A-Z]\.)?\s(?:(?:[Dd]e(?:\s[Ll]a)?|van(?:\sder)?|von)\s)?{WORD}"
_END = (
    r"(?=$|[\s]*[,.!?;:()\"”\n\u2013\u2014\u2026\u3001-\u9fff]|\s-|\s(?:and|from|here|speaking|calling|but|at|on|"
    r"with|"
    r"\d))"
)
_ENGLISH = (
    re.compile(
        rf"(?:(?<![A-Za-z])(?i:my (?:full |real |legal )?name is|my name's|name's|i am called|attn|attention|"
        rf"recipient(?: "
        rf"name)?(?: is)?|consignee(?: is)?|addressee|"
        rf"full name(?: is)?|contact person(?: is)?|(?:account|acct|a/c) holder(?: name)?(?: is)?|cardholder(?: "
        rf"name)?(?: "
        rf"is)?|card ?holder(?: is)?|under the name(?: of)?|(?:sur|family |maiden )name(?: is)?|"
        rf"(?:first|last|customer|buyer|passenger|guest|receiver|sender|billing|shipping) name(?: is)?|name on "
        rf"(?:the )?(?:order|account|card|booking)(?: is| was)?|"
        rf"in the name of|c/o|(?<!brand )(?<!product )(?<!item )(?<!model )(?<!store )(?<!shop )(?<!company "
        rf")(?<!file )name\s?(?=[:=是为\-])))[\s:,=是为\-]{{1,3}}({CAPITALIZED})"
    ),
    re.compile(
        rf"(?<![A-Za-z])(?:Mr|Mrs|Ms|Miss|Dr|Mx|Prof|MR|MRS|MS|Sir|Madam)\b\.?\s({WORD}(?:\s(?:[A-Z]\.\s)?{WORD})?)"
    ),
    re.compile(
        rf"(?<![A-Za-z])(?i:signed (?:for )?by(?: an?)?|deliver(?:ed)? to:?|ship(?:ped)?(?: it)? to:?|addressed "
        rf"to:?|handed "
        rf"to|i am|i'm|"
        rf"this is|left with)\s[\"“]?({TWO_CAPITALIZED}(?:\s{WORD})?){_END}"
    ),
    re.compile(
        rf"(?<![A-Za-z])(?i:(?:account|order|booking|reservation|it)(?:'s| is| was| are)? under|sp(?:ea|o)k(?:e|en"
        rf"|ing)? (?:with|to)|"
        rf"talk(?:ed|ing) (?:with|to)|chatt(?:ed|ing) with|(?:assisted|helped|served) by)\s({TWO_CAPITALIZED}|{WORD})"
        rf"(?:{_END}|(?=\s(?:yesterday|today|last|earlier|about|who|this|in|again|please|now|directly|regarding|"
        rf"when|because|before|after|if|he|she)\b))"
    ),
    re.compile(
        rf"(?<![A-Za-z])(?i:regards|sincerely|cheers|best wishes|many thanks|yours truly|"
        rf"yours)\b[,.!]?\s*\n?\s*({CAPITALIZED})\s*$"
    ),
    re.compile(
        rf"(?:^|[\n.!?]\s?)(?i:(?:(?:best|kind|warm|kindest|warmest) )?regards|(?:yours )?sincerely|cheers"
        rf"|(?:best|good) wishes|"
        rf"(?:many )?thanks(?: again| so much)?|thank you|best|all the best|love|yours(?: truly"
        rf"| faithfully)?)[,.!]?[ ]*\n\s*"
        rf"({TWO_CAPITALIZED}|{WORD})(?=[ ]*(?:$|[\n;,|(\u3001-\u9fff]))"
    ),
)
_LOWER = re.compile(
    r"(?<![A-Za-z])(?i:my name is|my name's|attn:)\s([a-z]{2,15}(?:\s[a-z]{2,15})?)(?=\s*(?:$|[,.!?;\n])|\s(?:and|"
    r"from|here)\b)"
)

_GATE_ENGLISH = any_of(
    "name|Name|NAME|attn|Attn|ATTN|ttention|ecipient|onsignee|ddress|ontact person|older|c/o|Mr|Ms|Mx|MR|MS|"
    "Miss|It's|it's|Dr|Prof|Sir|under|spoke|Spoke|speaking|Speaking|speak|Speak|talk|Talk|chatt|Chatt|isted by|"
    "elped by"
    "|erved by|hanks|hank you|est,\n|ove,\n|"
    "Madam|igned|eliver|ship|Ship|anded|I am|i am|I'm|i'm|his is|eft with|Dear|dear|Hi|Hello|Hey|hi |hello|egards|"
    "incerely|heers|ishes|many thanks|Many thanks|ours|called"
)
_CAPITAL = re.compile(  # where a name could begin; the capital first, as the regex engine looks for that quickly
    r"[A-Z\u00c0-\u00de](?<=[\s:：,，\-.．。!！?？~–—\"“(].)(?!(?<=I)['’])[A-Za-z\u00c0-\u024f'’]"
)
_GATE_LOWER = re.compile(r"[yY] [nN][aA][mM][eE]|[tT][tT][nN][:：]")
NO_NAMES = frozenset(
    re.findall(
        r"\w+",
        "required unknown customer customers support team sir madam madame service services dept department "
        "dear hi hello hey name only another china unicom telecom "
        "fedex ups usps dhl paypal representative agent assistant live bot chat billing "
        "returns return sales care help there all everyone "
        "guys folks seller buyer friend friends amazon ebay not missing wrong none please thanks thank you "
        "order office reception manager admin shop store desk warehouse user valued member client the our my "
        "your this that is was and or no n a "
        "happy sorry still very so just glad sure mr mrs ms miss dr bluetooth usb google apple shopify "
        "paypal siri alexa pending optional "
        "invalid empty blank here everybody again ladies gentlemen sirs company owner resident neighbor "
        "neighbour door street best kind warm fed getting been being having going yes ok okay prime boxing cyber",
    )
)
_BRANDS = frozenset(
    {"mr muscle", "mr clean", "mr bean", "mr coffee", "mr potato", "mr kipling",
     "dr martens", "dr martin", "dr martins", "dr marten", "dr pepper",
     "dr dre", "dr scholl",
     "dr oetker", "dr brown", "mrs meyer", "mrs dash"}
)  # fmt: skip
_NOT_LOWER = NO_NAMES | frozenset(
    re.findall(
        r"\w+",
        "misspelled misspelt incorrect different changed spelled spelt on in a an also now showing displayed "
        "too long short correct fine "
        "already listed printed registered someone it at for to of with cut off used being",
    )
)
LOOK = r"[\s:：,，\-.．。!！?？~–—\"“(（](?:[A-HJ-ZÀ-Þ][A-Za-zÀ-ɏ'’]|I[A-Za-zÀ-ɏ])|(?i:y name|ttn[:：])"


def may_hold_english_name(plain: str) -> bool:
    """Whether there is a word that tells of a name, and a capital letter where one could begin."""
    if _CAPITAL.search(plain):
        return _GATE_ENGLISH.search(plain) is not None
    return _GATE_LOWER.search(plain) is not None


def find_english_names(plain: str) -> Iterator[Found]:
    """Names that a word announces."""
    for pattern in _ENGLISH:
        for match in pattern.finditer(plain):
            size = _size_of_name(match)
            if size:
                yield Found("name", match.start(1), match.start(1) + size)
    for match in _LOWER.finditer(plain):
        if not any(word in _NOT_LOWER for word in match[1].split()):
            yield Found("name", *match.span(1))


def _size_of_name(match: re.Match[str]) -> int:
    """How many characters of the piece are a name: as far as no ordinary word follows, none where it is a brand's."""
    size = 0
    for word in re.finditer(r"\S+", match[1]):
        plain_word = word[0].strip(".'’").lower()
        if size and len(plain_word) == 1:
            continue  # a middle name's letter
        if plain_word in NO_NAMES:
            break
        if size == 0 and f"{match[0].lower().split(' ')[0].rstrip('.')} {plain_word}" in _BRANDS:
            return 0
        size = word.end()
    return size


_BEFORE = re.compile(rf"(?:^|[\n,;:(])\s?((?:{WORD}\s)?{TWO_CAPITALIZED})[\s,;:|\-]{{1,3}}\(?\+?$")
_AFTER = re.compile(rf"\)?\s?[,;:|(\n\-]\s?({TWO_CAPITALIZED})(?=\s*(?:$|[,;\n|.)!?]))")
_BESIDE = ("phone", "address", "email", "passport", "bank-card", "id-number", "order-number", "account")


def find_english_names_beside(plain: str, item: Found) -> Iterator[Found]:
    """First and last name alone between signs, right before or after a number, mailbox or address."""
    if item.kind not in _BESIDE:
        return
    before = _BEFORE.search(plain, max(0, item.start - 48), item.start)
    if before and _may_be_name(before[1]):
        yield Found("name", *before.span(1))
    after = _AFTER.match(plain, item.end)
    if after and _may_be_name(after[1]):
        yield Found("name", *after.span(1))


def _may_be_name(text: str) -> bool:
    """Whether no word of it is one that everybody uses, and it is not written in capitals."""
    words = [word.strip(".'’") for word in text.split()]
    return not any(_is_other(word) for word in words)


def _is_other(word: str) -> bool:
    return (word.isupper() and len(word) > 1) or word.endswith("ing") or word.lower() in EVERYDAY
