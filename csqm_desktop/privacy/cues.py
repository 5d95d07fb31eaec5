"""Words that tell what the number after them is."""

from __future__ import annotations

import re

_FILLER = r"(?:\s?(?:号码?|编号|number|no|id|is|was|at|on|to)){0,2}[\s:：=是为#.,，。、\-(（【\[\"'“”]{0,4}$"


def cue_before(chinese: str, english: str, filler: str = _FILLER) -> re.Pattern[str]:
    """Words that end right before a number; English ones must be whole words."""
    return re.compile(f"(?:{chinese}|(?<![A-Za-z])(?:{english})){filler}", re.IGNORECASE)


OTHER_CUE = cue_before(
    "订单|单号|运单|货号|款号|型号|条码|条形码|编号|序列号|流水号|交易号|工单",
    "sku|order|tracking|waybill|parcel|invoice|serial|imei|barcode|isbn|issn|ean|upc|gtin|asin|ticket|item|ref|id|sn",
    _FILLER.replace("。", ""),  # a sentence that ends there says nothing about the number in the next one
)
