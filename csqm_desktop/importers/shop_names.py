"""Whether a name is that of a shop and not of a person."""

from __future__ import annotations

import re

_SHOP = re.compile(
    r"\b(?:shop|store|boutique|support|services?|help ?desk|customer (?:care|service)|official|outlet|supermarket|"
    r"pharmacy|bakery|caf[eé]|restaurant|hotel|airlines?|logistics|inc|ltd|llc|gmbh|tienda|boutique|negozio|loja|"
    r"kundendienst|kundenservice|magasin|магазин)\b"
    r"|旗舰|专卖|专营|官方|客服|售后|商城|超市|专柜|公司|商行|药房|酒店|书店|[\u4e00-\u9fff]店(?:铺|$)",
    re.IGNORECASE,
)
_CUSTOMER = re.compile(r"\b(?:customer(?! (?:care|service))|client|buyer)\b|顾客|客户(?!服务)|买家", re.IGNORECASE)


def looks_like_shop(name: str) -> bool:
    """Whether a word in a name says that it is a shop's."""
    return _SHOP.search(name) is not None and _CUSTOMER.search(name) is None
