"""Chinese names after words that are mostly followed by something else: they count where they look like names.

找, 让, 是 … stand before anything. What follows them is a name when a surname and characters of given names make it
up, and when the clause goes on as it does after a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from csqm_desktop.privacy.given_names import BEGINS_LIKELY, BEGINS_LIKELY_LOOK, LIKELY, LIKELY_IN_FULL, is_no_word
from csqm_desktop.privacy.kinds import Found

KIN = (
    "(?:老公|老婆|妈妈?|爸爸?|爷爷|奶奶|外婆|外公|姥姥|姥爷|婆婆|公公|岳母|岳父|丈夫|妻子|媳妇|爱人|对象|男友|女友|男朋友|女朋友|朋友|"
    "同事|同学|室友|舍友|闺蜜|邻居|儿子|女儿|孩子|弟弟?|妹妹?|哥哥?|姐姐?|表[哥姐弟妹]|姑姑|姨妈|叔叔|阿姨|舅舅|亲戚|家人|家属|助理|秘书)"
)
_STAFF = (
    "(?:快递员|快递小哥|快递师傅|小哥|配送员|派送员|派件员|送货员|揽件员|骑手|外卖员|司机|师傅|技师|工程师|安装工|导购员?|店员|营业员|销售员?|业务员|"
    "专员|员工|客服|客服人员|服务员|管家|顾问|经纪人|前台|门卫|保安|物业|主管|经理|店长|主播|会员|顾客|客户|乘客|旅客|学员|学生|考生|患者|业主|住户|租客|"
    "房东|客人|本人|在下|人)"
)
_GOES_ON = (
    r"(?=$|[\s,.!?;:、。~…()\[\]\"'“”/|@\d\-—]|[他她您我你接来听回收取拿签代说的吗么吧嘛啊呀哈哦呢去打帮过付买这在是就跟和给已没不还也都今昨明订寄发退换会小"
    r"用办开对聊谈送派拍家写骂]|处理|联系|确认|本人|下单|下的|先生|女士|小姐|负责|电话|手机|身份证|地址|号码|预约|预定|注册|登|态度|服务|接待|申请|反馈|"
    r"投诉|安装|维修|改成|改为|换成|敬上)"
)
_SIGN = r"[\s,.!?;:。~…()\"'”]"
_Rule = tuple[re.Pattern[str], re.Pattern[str]]


def _rule(before: str, after: str, name: str = LIKELY) -> _Rule:
    """What ends where a name begins, and the name with what follows it."""
    return re.compile(f"(?:{before})$"), re.compile(f"({name})(?:{after})")


_RULES = (
    _rule("[亲敬]爱的|尊敬的", rf"(?=$|{_SIGN}|[先女您你客用会]|小姐)"),
    _rule(rf"(?:{KIN}|{_STAFF})(?:叫|是|为|名叫|姓名|[\s:,(])?", _GOES_ON),
    _rule(
        r"(?:找|让|叫|请|喊|问|转告|通知|联系|转给|转交|交给|发给|寄给|送给|递给|还给|麻烦|指定|归|属于|此致|放|抬头)(?:一下|下)?[\s:]?",
        _GOES_ON,
    ),
    _rule(
        "[跟和与被由给替帮]",
        "(?=聊|谈|说|讲|通过?电?话|约|沟通|联系|接待|接的|接听|打|确认|反馈|处理|挂|骂|骗|拒|负责|本人|代|签|收|拿|取|买|寄|发)",
    ),
    _rule(
        "是",
        rf"(?=$|{_SIGN}|[吗吧么嘛啊呀哈哦呢的收昨今上来取签代买对拍接写打寄处给帮跟]|本人|先生|女士|小姐|之前|已|刚|下的|订|负责|服务|送)",
    ),
    _rule(
        r"(?:改成|改为|换成|变更为|写成|写的|写|填|填的|备注|备注的|叫做|署名|签名)[\s:,\"'“]{0,2}",
        rf"(?=$|{_SIGN}|吗|吧|收|了|就|的|啊|谢|本人|先生|女士)",
    ),
    _rule(
        r"^|[\s,.;:!?、(]",
        r"(?=(?:代?签?收|收件|亲收)(?:$|[\s,.!;)了的])|本人|您好|你好|敬上|改成|改为|换成|是[你您我他她谁]|这个名|这名|名下|小姐|的(?:快递|包裹|件|订单|单|会员|账号|"
        r"帐号|名|"
        r"房|预订|预约|票|号|货|东西|收货|退款|手机|电话|地址|身份证|银行卡|卡))",
    ),
    _rule(
        r"(?:您好|你好|嗨|哈喽|早上好|下午好|晚上好|[Hh]i|[Hh]ello|@|我|[Nn]ame\s?(?:是|:))[\s,!:]{0,2}",
        rf"(?={_SIGN}|$)",
    ),
    _rule(r"(?:[-—–]|落款)\s?", r"(?=\s?$)"),
    _rule(r"(?:^|\n)\s?", r"(?=\s?(?::|\d{4}[-/.年]|\d{1,2}:\d\d))"),
    _rule("[你我他咱]们", "(?=说|讲|告诉|答应|承诺|保证|态度|服务|让我|叫我|给我)"),
    _rule(r"工号\s?\d{1,6}的?", _GOES_ON),
    _rule(r"[甲乙丙买卖寄收]方?\s?:\s?|[查催](?:一?下)?|(?:公司|店|家|部门|部|组|们)的", _GOES_ON),
    _rule(r"^|[^\u4e00-\u9fff\d]|[的说看见有把查催]", _GOES_ON, LIKELY_IN_FULL),
)
_LIKELY = re.compile(LIKELY)
_WINDOW = 10
# Where such a name could begin: one look for surnames, then at what stands around them.
_ENDS = (
    "公婆妈爸爷奶母父夫妻妇人象友事学蜜居子弟妹哥姐姑姨叔舅戚属理书员傅师工购售问台管长播户客东行找让叫请喊告知下系给烦定归于是成为写填的注做名款"
    "跟和与被由替帮致放头卫安业生好嗨喽我@方说看见有把查催的收寄们"
)
_SIGNS = r"\s,.;:!?、，。；：！？(（\"'“—–\-"
PLACE = re.compile(rf"{BEGINS_LIKELY}(?:(?<=[{_ENDS}].)|(?<=[{_ENDS}][{_SIGNS}].)|(?<![\u4e00-\u9fff\d].))")
LOOK = rf"(?:^|[{_ENDS}][{_SIGNS}]?|[^\p{{Han}}\d]){BEGINS_LIKELY_LOOK}"


def _starts(text: str) -> Iterator[re.Match[str]]:
    for place in PLACE.finditer(text):
        piece = _LIKELY.match(text, place.start())
        if piece and (is_no_word(piece[0]) or is_no_word(piece[0][:2])):
            yield piece


def find_soft_names(plain: str) -> Iterator[Found]:
    """Names that only their look tells from what else could stand there."""
    if PLACE.search(plain) is None:
        return
    for piece in _starts(plain):
        start = piece.start()
        for before, name in _RULES:
            match = name.match(plain, start)
            if match and is_no_word(match[1]) and before.search(plain, max(0, start - _WINDOW), start):
                yield Found("name", *match.span(1))
                break
