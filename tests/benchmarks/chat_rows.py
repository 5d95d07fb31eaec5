"""Made-up service chats for benchmarks: any number of rows, the same for the same seed, about 15 to a conversation.

Seven of ten conversations are Chinese. Texts are put together from clauses with products, sizes, prices and dates in
them, so that most are met once only, as in real exports; greetings and canned replies repeat. About one message in
twelve holds personal data (telephone, address, order or waybill number, name, e-mail, account, ID card).
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from pathlib import Path

COLUMNS = (
    "conversation_id",
    "message_id",
    "sent_at",
    "role",
    "sender",
    "text",
    "channel",
    "shop",
    "product",
    "order_id",
    "rating",
    "bot_version",
    "intent",
)

_ZH_ITEMS = [
    "羽绒服",
    "保温杯",
    "电饭煲",
    "儿童书包",
    "蓝牙耳机",
    "行车记录仪",
    "四件套",
    "跑步鞋",
    "面膜",
    "猫粮",
    "折叠桌",
    "空气炸锅",
    "牛仔裤",
    "台灯",
]
_EN_ITEMS = [
    "jacket",
    "kettle",
    "headphones",
    "backpack",
    "desk",
    "lamp",
    "running",
    "shoes",
    "phone",
    "case",
    "blender",
    "stroller",
    "monitor",
    "arm",
]
_ZH_KINDS = ("加厚", "便携", "儿童", "家用", "新款", "白色", "黑色", "大容量", "轻便", "复古", "智能", "防水")
_EN_KINDS = ("red ", "large ", "foldable ", "wireless ", "kids ", "leather ", "steel ", "outdoor ", "slim ", "")
_ZH_ASK = (
    "这款{item}{size}还有货吗",
    "{item}拍下多久能发货",
    "我{day}买的{item}到现在还没收到",
    "请问{item}有没有优惠券",
    "收到的{item}{fault}",
    "{item}的{part}坏了能不能换一个",
    "{price}元的{item}怎么比昨天贵了",
    "想把{item}退掉怎么操作",
    "物流{hours}个小时没有更新了",
    "发票抬头能不能改",
    "身高{height}体重{weight}穿多大码",
    "运费险怎么理赔啊",
    "一共付了{price}，为什么只退{less}",
    "我要投诉，{day}就说处理，到今天没人联系我",
    "能不能先发一件过来再寄回旧的",
)
_ZH_ANSWER = (
    "这边给您查一下{item}的库存",
    "您这款{item}预计{day}发出",
    "建议您选{size}，版型偏小",
    "非常抱歉给您带来不便",
    "已经为您登记，{hours}小时内会有专员处理",
    "可以在订单页面点申请售后，选择退货退款",
    "优惠券满{price}减{less}，在首页领取",
    "麻烦您拍一下{part}的照片发给我",
    "这个情况我们会承担来回运费",
    "商品签收后七天内支持无理由退换",
    "退款会在{hours}小时内原路退回",
    "仓库正在打包，请您耐心等待",
    "如果{part}有问题我们免费补发配件",
)
_ZH_SHORT = (
    "好的",
    "谢谢",
    "在吗",
    "你好",
    "嗯嗯",
    "收到",
    "可以的",
    "麻烦了",
    "亲，在的呢，请问有什么可以帮您",
    "不客气，祝您生活愉快",
    "还在吗？",
    "算了",
    "那我再想想",
    "为您转接人工客服，请稍候",
    "感谢您的咨询，请对本次服务评价",
)
_ZH_FAULT = ["有划痕", "少了一件", "颜色和图片差很多", "拉链是坏的", "味道很重", "尺码发错了", "开机没反应", "包装破了"]
_ZH_PART = ["拉链", "充电线", "盖子", "滤网", "轮子", "说明书", "扣子", "按键", "底座", "肩带"]
_ZH_DAY = ["今天", "明天", "后天", "昨天", "前天", "上周五", "这周末", "9月12号", "10月3日", "双十一当天"]
_ZH_PRIVATE = (
    "我的电话是{mobile}",
    "收货人{name}，{mobile}",
    "地址改成{address}",
    "订单号{order}帮我看一下",
    "快递单号{waybill}查不到",
    "{name} {mobile} {address}",
    "身份证号{id_card}",
    "加我微信{account}",
    "邮箱{mail}，发票发这里",
    "我叫{name}，之前打过电话",
)
_EN_ASK = (
    "is the {item} in size {size} back in stock",
    "my {item} from {day} has not arrived yet",
    "the {part} of the {item} broke",
    "can I return the {item} without the box",
    "why was I charged {price} instead of {less}",
    "how long does a refund take",
    "tracking has not moved for {hours} hours",
    "do you price match the {item}",
    "the {item} I got is the wrong colour",
    "I was promised a call back {day} and nobody called",
    "does the {item} come with a spare {part}",
)
_EN_ANSWER = (
    "let me check the stock of the {item} for you",
    "it will leave our warehouse {day}",
    "I am sorry about the {part}",
    "I have opened a return, the label is on its way",
    "refunds take up to {hours} hours",
    "you can reply with a photo of the {part}",
    "the {item} is covered for two years",
    "I can offer you {less} off the next order",
    "we will send a new {part} free of charge",
)
_EN_SHORT = (
    "ok",
    "thanks!",
    "hello?",
    "Great, thank you",
    "one moment please",
    "Is there anything else I can help you with?",
    "no that's all",
    "Thank you for contacting us, have a nice day!",
    "sure",
)
_EN_PART = ["zipper", "lid", "cable", "strap", "charger", "button", "wheel", "filter"]
_EN_DAY = [
    "today",
    "tomorrow",
    "on",
    "Monday",
    "last",
    "Friday",
    "on",
    "12",
    "September",
    "this",
    "weekend",
    "yesterday",
]
_EN_PRIVATE = (
    "my number is {us_phone}",
    "please ship it to {us_address}",
    "order {order} please",
    "my email is {mail}",
    "tracking {waybill} shows nothing",
    "my name is {en_name}",
    "call me at {us_phone}, {en_name}",
)
_ZH_OPEN = ("", "", "", "亲，", "您好，", "那个", "请问一下，", "还有", "不好意思，", "对了，", "我看了下，", "稍等，")
_ZH_END = ("", "", "？", "。", "～", "呢", "哦", "啊", "哈，谢谢", "，麻烦您了", "，急", "[微笑]")
_EN_OPEN = ("", "", "Hi, ", "Well, ", "Sorry, ", "Actually ", "So ", "Also, ")
_EN_END = ("", ".", "?", ", thanks", ", please", " :)", "!!", " if possible")
_SURNAMES, _GIVEN = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高",
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建文玉红梅志",
)
_EN_NAMES = [
    "Alice Smith",
    "Robert Johnson",
    "Maria Garcia",
    "James Brown",
    "Linda Wilson",
    "Emma Clark",
    "Daniel Lewis",
]
_AREAS = (
    "浙江省杭州市余杭区",
    "广东省深圳市南山区",
    "上海市浦东新区",
    "北京市朝阳区",
    "四川省成都市武侯区",
    "湖北省武汉市洪山区",
)
_ROADS = ["文一西路", "科技园路", "世纪大道", "建国路", "天府大道", "珞瑜路", "人民路", "中山北路"]


class _Chats:
    """Draws conversations; all randomness is one generator's."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)

    def conversation(self, number: int) -> Iterator[tuple[str, ...]]:
        """The rows of one conversation, without the message id's uniqueness beyond it."""
        draw = self.draw
        chinese = draw.random() < 0.7
        bot = draw.random() < 0.4
        day, hour, minute, second = draw.randrange(1, 29), draw.randrange(8, 22), draw.randrange(60), draw.randrange(60)
        month = draw.randrange(1, 13)
        at = hour * 3600 + minute * 60 + second
        item = draw.choice(_ZH_KINDS if chinese else _EN_KINDS) + draw.choice(_ZH_ITEMS if chinese else _EN_ITEMS)
        shop = f"{'旗舰店' if chinese else 'store'}{draw.randrange(12)}"
        customer = f"tb{draw.randrange(10**8):08d}"
        agent = f"{'客服' if chinese else 'agent'}{draw.randrange(60):02d}"
        order, rating = (
            "" if draw.random() < 0.5 else f"{draw.randrange(10**17, 10**18)}",
            draw.choice(("", "", "5", "4", "1")),
        )
        for place in range(draw.randrange(8, 23)):
            role = ("customer", "bot" if bot and place < 6 else "agent")[place % 2] if place % 7 else "customer"
            at += draw.randrange(2, 90)
            yield (
                f"c{number:07d}",
                f"m{number:07d}-{place}",
                f"2026-{month:02d}-{day:02d} {at // 3600 % 24:02d}:{at // 60 % 60:02d}:{at % 60:02d}",
                role,
                customer if role == "customer" else agent if role == "agent" else "bot",
                self._text(chinese, role, item),
                "taobao" if chinese else "web",
                shop,
                item,
                order,
                rating,
                "2026.4" if role == "bot" else "",
                "logistics" if role == "bot" and place < 3 else "",
            )

    def _text(self, chinese: bool, role: str, item: str) -> str:
        draw = self.draw
        kind = draw.random()
        if kind < 0.18:
            return draw.choice(_ZH_SHORT if chinese else _EN_SHORT)
        private = (0.17 if role == "customer" else 0.06) * (1 if chinese else 0.8)
        if kind < 0.18 + private:
            return self._fill(draw.choice(_ZH_PRIVATE if chinese else _EN_PRIVATE), chinese, item)
        asks = role == "customer"
        pool = (_ZH_ASK if asks else _ZH_ANSWER) if chinese else (_EN_ASK if asks else _EN_ANSWER)
        clauses = [self._fill(draw.choice(pool), chinese, item) for _ in range(draw.choice((1, 1, 2, 2, 3)))]
        joint = "，" if chinese else ", "
        opening = draw.choice(_ZH_OPEN if chinese else _EN_OPEN)
        return opening + joint.join(clauses) + draw.choice(_ZH_END if chinese else _EN_END)

    def _fill(self, template: str, chinese: bool, item: str) -> str:
        draw = self.draw
        price = draw.randrange(20, 900)
        values = {
            "item": item,
            "size": draw.choice("SML" if not chinese else "中大小") + ("码" if chinese else ""),
            "price": price,
            "less": draw.randrange(5, price),
            "day": draw.choice(_ZH_DAY if chinese else _EN_DAY),
            "hours": draw.choice((2, 12, 24, 48, 72)),
            "height": draw.randrange(150, 190),
            "weight": draw.randrange(45, 95),
            "part": draw.choice(_ZH_PART if chinese else _EN_PART),
            "fault": draw.choice(_ZH_FAULT),
        }
        return template.format_map(_Private(values, draw))


class _Private(dict[str, object]):
    """Slots of a template; personal data is made up only where a template asks for it."""

    def __init__(self, values: dict[str, object], draw: random.Random) -> None:
        super().__init__(values)
        self._draw = draw

    def __missing__(self, key: str) -> str:
        draw = self._draw
        digits = f"{draw.randrange(10**12):012d}"
        road, unit = draw.choice(_ROADS), draw.randrange(1, 30)
        made = {
            "mobile": f"1{draw.choice('3578')}{digits[:9]}",
            "name": draw.choice(_SURNAMES) + draw.choice(_GIVEN) + draw.choice(("", draw.choice(_GIVEN))),
            "address": f"{draw.choice(_AREAS)}{road}{draw.randrange(1, 999)}号{unit}栋{draw.randrange(101, 2900)}室",
            "order": f"{draw.randrange(10**18, 5 * 10**18)}",
            "waybill": f"{draw.choice(('SF', 'YT'))}1{digits}",
            "id_card": _id_card(f"330106{draw.randrange(1960, 2005)}0{unit % 9 + 1}1{unit % 9}{digits[:3]}"),
            "account": f"wx_{digits[:7]}",
            "mail": f"u{digits[:7]}@{draw.choice(('qq.com', '163.com', 'example.com', 'gmail.com'))}",
            "us_phone": f"(415) 555-{digits[:4]}",
            "us_address": f"{draw.randrange(10, 9000)} Oak Street, Springfield, IL 62704",
            "en_name": draw.choice(_EN_NAMES),
        }
        return made[key]


def _id_card(first: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first + "10X98765432"[sum(w * int(d) for w, d in zip(weights, first, strict=True)) % 11]


def rows(count: int, seed: int = 1) -> Iterator[tuple[str, ...]]:
    """``count`` rows in the order of ``COLUMNS``."""
    chats, number, made = _Chats(seed), 0, 0
    while made < count:
        number += 1
        for row in chats.conversation(number):
            if made == count:
                return
            yield row
            made += 1


def write_csv(path: Path, count: int, seed: int = 1) -> None:
    """The rows as UTF-8 CSV with a header."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(rows(count, seed))


def write_json_lines(path: Path, count: int, seed: int = 1) -> None:
    """The rows as JSON lines."""
    with path.open("w", encoding="utf-8") as file:
        for row in rows(count, seed):
            file.write(json.dumps(dict(zip(COLUMNS, row, strict=True)), ensure_ascii=False) + "\n")


def write_xlsx(path: Path, count: int, seed: int = 1) -> None:
    """The rows as a workbook; a sheet holds 1,048,575 of them."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, COLUMNS)
    for place, row in enumerate(rows(count, seed), start=1):
        for column, value in enumerate(row):
            sheet.write_string(place, column, value)
    book.close()
