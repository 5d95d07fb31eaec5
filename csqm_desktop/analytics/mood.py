"""The customer's mood in one message, from words: -1 (angry) to 1 (pleased), 0 when nothing tells.

Word lists, so that it works before any label and explains itself. ``tests/benchmarks/signals.py`` prints how well it
agrees with people.
"""

from __future__ import annotations

import re

# whole phrases first: "not satisfied" must not count as "satisfied"
_BAD_ZH = (
    r"不满意|不开心|不高兴|不行|不好用|不给力|没用|没人(?:管|理|回|接)|没有人|没解决|还没|怎么还|"
    r"还要(?:等)?多久|等了|太慢|慢死|投诉|差评|举报|曝光|维权|骗|忽悠|坑(?:人|爹)?|垃圾|恶心|气死|生气|"
    r"无语|呵呵|失望|糟糕|差劲|太差|很差|烂|敷衍|推(?:脱|诿|来推去)|踢皮球|不负责|什么态度|态度差|受不了|"
    r"烦死|烦人|麻烦死|崩溃|坏了|破损|少发|漏发|发错|假货|退(?:钱|款)吧|不想要了|再也不|后悔|没收到|"
    r"一直(?:不|没|打不)|打不通|又(?:坏|错|断|不)|第[二三四五几]次了|都几天|好几天|拖|凭什么|"
    r"为什么(?:不|没|还)|到底|有没有搞错|搞什么|服了|醉了|心寒|寒心|坑我"
)
_GOOD_ZH = (
    r"谢谢|谢啦|多谢|感谢|辛苦|太好了|好的呢|好哒|好嘞|满意|很棒|真棒|赞|给力|厉害|喜欢|不错|挺好|很好|"
    r"解决了|可以了|好了[，。！!~～]?$|收到了|明白了|知道了|懂了|爱你|么么|哈哈|开心|放心了|靠谱|贴心|"
    r"热情|及时"
)
_BAD_EN = (
    r"not (?:happy|satisfied|helpful|working|good|ok|okay|acceptable)|isn'?t (?:working|helpful|right)|"
    r"doesn'?t work|unhappy|dissatisfied|disappoint\w*|frustrat\w*|annoy\w*|angry|furious|terrible|"
    r"horrible|awful|worst|useless|ridiculous|unacceptable|complain\w*|scam|fraud|rip ?off|rubbish|"
    r"garbage|waste of|fed up|sick of|still (?:no|not|waiting|haven'?t)|"
    r"never (?:arrived|received|again|got)|no(?:body| one) (?:helps?|answers?|replie[sd]|cares?)|"
    r"how long|so slow|too slow|broken|damaged|wrong (?:item|size|order|one)|missing|refund me|"
    r"cancel (?:it|everything)|what the|wtf|omg|seriously\?|why (?:is|do|don'?t|can'?t)|again and again|"
    r"third time|second time|not what i (?:asked|want|said|meant)|that'?s not|you'?re not listening|"
    r"forget it"
)
_GOOD_EN = (
    r"thank(?:s| you)|thx|cheers|great|perfect|awesome|excellent|wonderful|amazing|lovely|love it|"
    r"appreciate\w*|helpful|that works|works (?:now|fine)|sounds good|good to know|happy with|satisfied|"
    r"solved|fixed now|much better|brilliant|you'?re the best|nice"
)
_BAD = re.compile(rf"{_BAD_ZH}|\b(?:{_BAD_EN})", re.IGNORECASE)
_GOOD = re.compile(rf"{_GOOD_ZH}|\b(?:{_GOOD_EN})\b", re.IGNORECASE)
_BAD_SIGNS = re.compile(r"[?？!！]{2,}|[😠😡🤬😤👎😭😞💢]|\[(?:怒|抓狂|衰|泪|鄙视|哼|生病|失望|怒骂|弱)\]")
_GOOD_SIGNS = re.compile(r"[😀😁😊😍🙏👍❤🌹]|\[(?:赞|good|爱你|心|鼓掌|玫瑰|强|呵呵笑|微笑|太开心)\]")
_SHARP = 2.0  # matches after which more of the same say little
_LONGEST = 4_000


def mood(text: str) -> float:
    """The mood of a customer's message."""
    text = text[:_LONGEST]
    bad = len(_BAD.findall(text)) + len(_BAD_SIGNS.findall(text))
    good = len(_GOOD.sub("\0", _BAD.sub("", text)).split("\0")) - 1 + len(_GOOD_SIGNS.findall(text))
    return (good - bad) / (good + bad + _SHARP) * (1 + _SHARP) / 2 if good or bad else 0.0
