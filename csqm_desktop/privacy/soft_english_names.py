"""English names after words that mostly stand before something else, and alone beside a number or an address.

What stands there counts when it is capitalized in the middle of a sentence and no word that shops and customers use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from csqm_desktop.privacy.first_names import FIRST_NAMES
from csqm_desktop.privacy.kinds import Found
from csqm_desktop.privacy.known_names import find_known_names

WORD = r"[A-Z\u00c0-\u00de](?:[A-Za-z\u00c0-\u024f]|['’](?!s\b))+(?:-[A-Za-z\u00c0-\u024f'’]+)*"
CAPITALIZED = (
    rf"{WORD}(?:\s(?:[A-Z]\.|(?:[Dd]e(?:\s[Ll]a)?|van(?:\sder)?|von|bin|al|[Dd]i|da|[Ll]a)\s{WORD}|{WORD})){{0,3}}"
)
TWO_CAPITALIZED = rf"{WORD}(?:\s[A-Z]\.)?\s(?:(?:[Dd]e(?:\s[Ll]a)?|van(?:\sder)?|von)\s)?{WORD}"
_ONE_OR_TWO = rf"{TWO_CAPITALIZED}|{WORD}"
_NEXT = (
    r"(?:i|I|I'm|I've|im|i'm|ive|thanks|thank|thx|ty|sorry|just|we|this|can|could|would|will|the|how|any|yes|yeah|"
    r"no|ok|"
    r"okay|so|your|it|its|it's|please|pls|you|my|is|are|what|when|where|why|do|did|as|for|hope|good|here|"
    r"unfortunately|"
    r"have|has|u|got|not|still|there|to|that|again|let|wondering|need|apologies|great|happy)\b"
)
_GREETED = re.compile(rf"({WORD})(?=\s{_NEXT}|\s?[.;–—]|\s-\s)")
_GREETED_IN_FULL = re.compile(rf"({WORD})(?=\s{_NEXT}|\s?[.,!;:\n–—]|\s-\s|\s?$)")
_ASKED = re.compile(rf"({_ONE_OR_TWO})(?=\s(?:i|I|that|to|about|if|he|she|we|know|my)\b)")
_AGAIN = re.compile(rf"({_ONE_OR_TWO})(?=,? (?:calling|speaking|here|again|from(?! where))\b)")
_ANY = re.compile(rf"({_ONE_OR_TWO})(?!\w)")
_FULL = re.compile(rf"({TWO_CAPITALIZED})(?!\w)")
_LAST = re.compile(rf"({_ONE_OR_TWO})\s*[.!]?\s*$")
_LAST_FULL = re.compile(rf"({TWO_CAPITALIZED})\s*[.!]?\s*$")
_ALONE = re.compile(rf"({WORD})(?=\s*(?:$|[,.!?\n\u3001-\u9fff]))")

_KIN = (
    "husband wife son daughter mum mom mother dad father brother sister partner friend flatmate roommate neighbor "
    "neighbour boss assistant boyfriend girlfriend nan grandma gran aunt uncle fiance fiancé fiancee fiancée cousin "
    "housemate landlord"
)
_STAFF = (
    "driver courier postman man guy person agent advisor adviser representative rep colleague manager supervisor "
    "technician engineer"
)
_KIN_BEFORE = rf"(?i:(?:my|his|her|our) (?:{'|'.join(_KIN.split())}))"
_STAFF_BEFORE = rf"(?i:{'|'.join(_STAFF.split()).replace('man|guy|person', 'delivery (?:man|guy|person)')})"
_KIN_ALONE = rf"(?i:{'|'.join(_KIN.split())}|colleague)"
_OF_A_PERSON = (
    r"(?i:down as|listed as|registered (?:to|as)|belongs to|made out to|payable to|care of|addressed to|parcel for|"
    r"package for|order for|delivery for|collected by|picked up by|received by|accepted by|signed for by|signed by|"
    r"left with|handed to|given to|sent by|speaking (?:to|with)|asked for|ask for|send(?: it)? to|post(?: it)? to|"
    r"mail(?: it)? to|transfer to|attention of|account of|pass (?:this|it) to|(?:reservation|booking|table|account|"
    r"invoice|refund|"
    r"return|label|message|call|voicemail|membership|subscription) for|under)"
)
_ANNOUNCED = (
    r"(?i:customer|passenger|guest|client|patient|travell?er|student|member|subscriber|tenant|owner|driver|claimant|"
    r"policy ?holder|purchaser|buyer|seller|sender|receiver|recipient|user|bill to|sold to|invoice to|deliver to|"
    r"ship to|"
    r"from|to|contact|(?:customer|buyer|guest|contact|client|member|user) name|agent|technician|rep|cc|caller)"
)
_NAMED = (
    r"(?<!brand )(?<!product )(?<!item )(?<!model )(?<!store )(?<!shop )(?<!company )(?<!file )(?<!colour "
    r")(?<!color )"
    r"(?i:name|(?:her|his|their|the) name(?:'s| is| was| should be))"
)
_START = r"(?:^|[.!?\n,]\s*)"


def _ends_with(words: str) -> re.Pattern[str]:
    """Words before a name, as whole ones."""
    return re.compile(rf"(?:(?<=[^A-Za-z])|^){words},?\s$")


_TOLD = re.compile(
    rf"({_ONE_OR_TWO})(?=\s(?:told me|said|promised|assured|advised|from your|in your|at your|on your|with your|"
    rf"from customer|from the|called me|"
    rf"emailed me|"
    r"hung up|helped me|sent me|never called|refused|was (?:rude|very|so|really|super|helpful|lovely|great|"
    r"unhelpful))\b)"
)

_Rule = tuple[re.Pattern[str], re.Pattern[str]]
_RULES: tuple[tuple[str, _Rule], ...] = (
    ("hi hello hey dear", (_ends_with("(?i:hi|hello|hey|dear)"), _GREETED)),
    ("morning afternoon evening", (_ends_with("(?i:good (?:morning|afternoon|evening))"), _GREETED_IN_FULL)),
    ("tell told ask asked let emailed phoned messaged met", (_ends_with(r"[A-Za-z]+"), _ASKED)),
    ("it's its is", (_ends_with("(?i:it'?s|this is)"), _AGAIN)),
    (_KIN, (_ends_with(_KIN_BEFORE), _ANY)),
    (_STAFF, (_ends_with(_STAFF_BEFORE), _ANY)),
    (
        "is was called named",
        (_ends_with(rf"(?:{_KIN_BEFORE}|{_STAFF_BEFORE}),? (?:(?:is|was) )?(?:is|was|called|named)"), _ANY),
    ),
    ("as to of for by with under", (_ends_with(_OF_A_PERSON), _FULL)),
    ("name name's is was be", (_ends_with(_NAMED), _FULL)),
    (
        "best thanks you thx ty cheers love warmly respectfully cordially",
        (
            re.compile(
                rf"{_START}(?i:best|thanks|thank you|thx|ty|cheers|love|warmly|respectfully|"
                rf"cordially)\s?,\s$"
            ),
            _LAST,
        ),
    ),
    (
        "thanks you thx cheers ok okay yes no bye morning",
        (re.compile(rf"{_START}(?i:thanks|thank you|thx|cheers|ok|okay|yes|no|bye|morning)\s$"), _ALONE),
    ),
    ("cc", (_ends_with("(?i:cc)"), _ANY)),
    ("to", (_ends_with("(?i:pass|give|forward|send|transfer) (?:this|it|that|me|them) (?:on |over )?to"), _ANY)),
    (
        "neighbour neighbor husband wife son daughter mum mom colleague flatmate roommate",
        (_ends_with(_KIN_ALONE), _FULL),
    ),
    ("yesterday today and but because when that agent colleague", (_ends_with("[a-zA-Z]+"), _TOLD)),
    (
        "customer: passenger: guest: client: patient: traveller: traveler: student: member: subscriber: tenant: "
        "owner: "
        "driver: claimant: policyholder: holder: purchaser: buyer: seller: sender: receiver: recipient: user: to: "
        "from: "
        "contact: name: agent: technician: rep: cc: caller:",
        (re.compile(rf"(?:(?<=[^A-Za-z])|^){_ANNOUNCED}:\s$"), _FULL),
    ),
    ("xx xxx xo xoxo", (re.compile(rf"{_START}(?i:xx|xxx|xo|xoxo),?\s$"), _LAST)),
    ("– — ~", (re.compile(r"(?:^|[.!?\n])\s*[–—~]\s$"), _LAST)),
    ("-", (re.compile(r"(?:^|[.!?\n])\s*-\s$"), _LAST_FULL)),
)
_BY_WORD: dict[str, list[_Rule]] = {}
for _words, _rule in _RULES:
    for _word in _words.split():
        _BY_WORD.setdefault(_word, []).append(_rule)
_LAST_WORD = re.compile(r"([a-zA-Z'’é]+:?|[–—~\-]),?\s$")
_CAPITAL = re.compile(r"[A-Z\u00c0-\u00de](?<=\s.)(?=[a-z\u00df-\u024f'’])")
_LONG_ENDS = "|".join(sorted({word[-3:] for word in _BY_WORD if len(word) > 2}))
_SHORT = sorted({word for word in _BY_WORD if len(word) == 2})
_SHORT_ENDS = "|".join(_SHORT + [word.capitalize() for word in _SHORT])
# A capital with the end of one of the words before it; what stands behind is looked at where a capital is.
_QUICK = re.compile(
    rf"[A-Z\u00c0-\u00de](?=[a-z\u00df-\u024f'’])(?<=\s.)(?:(?<=(?:{_LONG_ENDS})\s.)|(?<=(?:{_SHORT_ENDS})\s.)"
    rf"|(?<=(?:{_LONG_ENDS}),\s.)|(?<=(?:{_SHORT_ENDS}),\s.)|(?<=[–—~\-]\s.))"
)
_SIGNED = re.compile(
    rf"(?:^|[.!?\n]\s?)[–—~]({_ONE_OR_TWO})\s*$|(?:^|\n)Sent from my [^\n]{{3,20}}\n\s*({_ONE_OR_TWO})\s*$|"
    rf"\n\s*({TWO_CAPITALIZED})\s*$"
)
_TELLS = (" told me", " promised me", " assured me", " said ", " your", " from ")
_AT_START = re.compile(
    rf"(?:^|(?:[Hh]i|[Hh]ello|[Hh]ey),? |[,.!?。]\s?)({WORD})(?=\s(?:told me|promised me|assured me|"
    r"said (?:it|that|the|my|I|i|you|he|she|they)|(?:from|in|on|at) (?:your|the|customer|support|sales|billing|"
    r"returns|shipping|tech))\b)"
)
_HERE = re.compile(
    rf"(?:^|[\n.!?,。]\s?|(?<![A-Za-z])[Hh](?:i|ello|ey),?\s)({_ONE_OR_TWO}) here\b(?=\s?[,.!;:\-–—]|\s?$| again| "
    rf"from)"
)
_OWNER = re.compile(
    rf"(?<![A-Za-z])({TWO_CAPITALIZED})(?=['’]s (?:order|booking|account|parcel|package|name|address|phone|card|"
    rf"refund|return|ticket"
    r"|reservation|subscription|number|email|delivery)\b)"
)
_SIGN = re.compile("[–—~](?=[A-Z\u00c0-\u00de])")
_WINDOW = 40


_NO_NAMES = frozenset(
    re.findall(
        r"[\w']+",
        "a about after again all also always am amazing an and any anybody anyone anything are as at awesome back "
        "bad be because "
        "been before being best better black blue both box brand broken brown but buy by bye call can cancel "
        "cannot cant cash "
        "cheers christmas click closed code color colour come confirmed contact could country coupon credit "
        "damaged date "
        "day days debit delayed delivered delivery did disappointed discount do does doesn't done dont don't down "
        "due each early easter "
        "either else email english ever every everything exactly excellent express faulty fine first for forever "
        "free friday from "
        "full fully fyi gift go god gone good got grand gray great green grey had half happy hardly has have he "
        "held her hers high him his "
        "ill home hot hour hours how however i i'd i'll i'm i've if im important in info instead is isn't it it's "
        "item items its "
        "january february march june july august september october november december just keep kids large last "
        "late later "
        "latest left less let level like line link lol long lost lots love low lower lunch make many may maybe me "
        "mine "
        "minutes missing model monday month more morning most much must my name need never new news next nice "
        "night no "
        "nobody none noon nope not nothing now number of off offer ok okay old on once one online only open or "
        "orange other our out over "
        "own package page parcel pay payment phone pink please pls post price problem product purple question "
        "quick rather "
        "really received red refund regards reply resolved right safe sale same saturday save say see sent set "
        "several she "
        "ship shipped shipping should sign silver since size small so solved some somebody someone something sold "
        "soon sorry sounds special "
        "standard started still stop store street stuff such sunday super sure take tell thank thanks that that's "
        "the their "
        "them then there these they they're thing this those though thursday till time to today together tomorrow "
        "tonight "
        "too total tracking trash true try tuesday two unacceptable under until up update upset upstairs urgent "
        "us use used user "
        "usual very via wait waiting was we we're wednesday week weekend well were what whatever when where which "
        "while white who whole why "
        "anyway worries loves broke twice likes hates wants needs said says told went gets bought opened tried "
        "called paid "
        "hong kong santa iphone ipad ordered asked works know knows "
        "vs mlb "
        "will wish with within without won't worse worst would wow wrong yellow yep yes yesterday yet you you're "
        "your yours "
        "absolutely actually alright awful brilliant cool correct crazy definitely finally fantastic happening "
        "horrible perfect perhaps "
        "ridiculous seriously terrible understood unbelievable useless whoever wonderful working "
        "android windows microsoft samsung sony nintendo playstation xbox netflix spotify facebook instagram "
        "whatsapp telegram "
        "tiktok youtube twitter chrome safari firefox walmart target costco ikea tesco asda sainsbury's argos "
        "currys nike adidas puma zara "
        "evri hermes yodel dpd parcelforce royal klarna visa mastercard afterpay clearpay stripe aramex gls "
        "ontrac purolator "
        "auspost fastway canada post alexa cortana bluetooth wifi lego disney marvel kitty "
        "hotel inn court park city town north south east west san los las saint new york london paris manchester "
        "birmingham head main central customer centre center station airport mall plaza road lane avenue market "
        "house building floor block unit apartment flat company ltd inc llc corp limited group bank university "
        "school college "
        "hospital church council care dept warehouse collection locker lobby leasing mail mailroom concierge "
        "security "
        "sir madam mate mates bro dude man buddy guys girls folks team lads people babe hun dear darling honey "
        "sweetie moderator "
        "heavens goodness gosh jesus christ",
    )
)


def may_hold_soft_english_name(plain: str) -> bool:
    """Whether what could be a name stands after one of the words."""
    return next(_soft_matches(plain), None) is not None or next(find_known_names(plain), None) is not None


def may_begin_with_name(plain: str) -> bool:
    """Whether somebody begins with the own name: Sarah here."""
    if not plain[:1].isupper():
        return False
    return (" here" in plain and _HERE.match(plain) is not None) or (
        _tells(plain) and _AT_START.match(plain) is not None
    )


def _tells(plain: str) -> bool:
    return any(words in plain for words in _TELLS)


def _places(plain: str) -> Iterator[tuple[int, list[_Rule]]]:
    """Where a name may begin, and the rules for the word before."""
    for capital in _CAPITAL.finditer(plain):
        place = capital.start()
        before = _LAST_WORD.search(plain, max(0, place - 16), place)
        if before and (rules := _BY_WORD.get(before[1].lower())):
            yield place, rules


def find_soft_english_names(plain: str, no_names: frozenset[str]) -> Iterator[Found]:
    """Names after words that need not announce one; ``no_names`` are words, in small letters, that are none either."""
    for match in _soft_matches(plain):
        group = match.lastindex or 1
        if _may_be_name(match[group], no_names):
            yield Found("name", *match.span(group))
    yield from (Found("name", *span) for span in find_known_names(plain))


def _soft_matches(plain: str) -> Iterator[re.Match[str]]:
    for place, rules in _places(plain) if _QUICK.search(plain) else ():
        for words, name in rules:
            if words.search(plain, max(0, place - _WINDOW), place) and (match := name.match(plain, place)):
                yield match
    if " here" in plain:
        yield from _HERE.finditer(plain)
    if "\n" in plain or _SIGN.search(plain):
        yield from _SIGNED.finditer(plain)
    if _tells(plain):
        yield from _AT_START.finditer(plain)
    if "'s " in plain or "’s " in plain:
        yield from (match for match in _OWNER.finditer(plain) if match[1].split()[0].lower() in FIRST_NAMES)


_BEFORE = re.compile(rf"(?:^|[\n,;:(])\s?((?:{WORD}\s)?{TWO_CAPITALIZED})[\s,;:|\-]{{1,3}}\(?\+?$")
_AFTER = re.compile(rf"\)?\s?[,;:|(\n\-]\s?({TWO_CAPITALIZED})(?=\s*(?:$|[,;\n|.)!?]))")
_BESIDE = ("phone", "address", "email", "passport", "bank-card", "id-number", "order-number", "account")


def find_english_names_beside(plain: str, item: Found, no_names: frozenset[str]) -> Iterator[Found]:
    """First and last name alone between signs, right before or after a number, mailbox or address."""
    if item.kind not in _BESIDE:
        return
    before = _BEFORE.search(plain, max(0, item.start - 48), item.start)
    if before and _may_be_name(before[1], no_names):
        yield Found("name", *before.span(1))
    after = _AFTER.match(plain, item.end)
    if after and _may_be_name(after[1], no_names):
        yield Found("name", *after.span(1))


def _may_be_name(text: str, no_names: frozenset[str]) -> bool:
    """Whether no word of it is one that everybody uses, and it is not written in capitals."""
    words = [word.strip(".'’") for word in text.split()]
    return not any(_is_other(word) or word.lower() in no_names for word in words)


def _is_other(word: str) -> bool:
    return (word.isupper() and len(word) > 1) or word.endswith("ing") or word.lower() in _NO_NAMES
