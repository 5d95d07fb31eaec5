"""Characters that given names are made of: after a surname they make a name of what little else announces."""

from __future__ import annotations

import re

from csqm_desktop.privacy.surnames import COMMON, COMPOUND, NOT_A_NAME, SELDOM

_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国文志海波斌宇浩凯健俊帆雪荣爱香月莺媛瑞凡佳嘉琼勤珍贞"
    "莉娣叶璧璐娅琦晶妍茜秋珊莎锦黛青倩婷姣婉娴瑾颖瑶怡婵雁蓓纨仪荷丹蓉君琴蕊薇菁梦岚苑婕馨瑗琰韵园艺咏卿聪澜悦昭琬羽"
    "希欣育滢馥筠竹霭凝晓欢霄枫芸菲伊亚姬舒荔枝思毅峰辉力永世广义兴良山仁宁福生龙元胜学祥才新利彬富顺信子昌成康星光天"
    "达岩中茂林坚彪博诚敬震振壮群豪邦承乐绍松厚庆民裕河哲江亮政谦亨奇翰朗伯宏言若鸣朋梁栋维启克伦翔旭鹏泽晨辰士以致炎"
    "德行泰盛雄琛钧冠策腾楠榕航弘梓涵轩桐墨诺熙诗佑睿煜烨霖昊皓铭鑫淼焱垚森炜晖旻晟曦彤妮婧瑜璇琳琪珂玥玲珑钰铃慧惠莹"
    "萍萱芷芊苒茵莲菊蕾薰虹蝶雯霏霜霁靖翠玮玟珺珮瑛瑄碧沁沛泓洁淑渊源溪滔潇澄濛灿焕春根喜银宝水培传忠贤庭延书云雨立双"
    "可一遥宸骏骁琮媚凤娇燕鸿仙素芬芝蔓巧美章昱奕逸恒尧舜禹淇沐芮霓纯尔娥桃琅帅虎洪柏树南飞远智勋宗臣之钊锋钢铁兵旺保"
    "卫全然冉朵曼沫汐淳湘芙萌蓝蕙钦镇镕韬颂骋鹤麒麟盈祎祺禾秉穆笑筱绮缘罡耘舟茹衡衍赫迪逊锐锡锴闯骥魁鲲竣筝纬绪绘缨羲"
    "翊翌翎翼耕臻芹苗蓬蕴谊豹跃逢铮铠隽韫颐驹黎岳崇屹峻巍庚廷徽恺悠惟愉慕懿拓挺捷昀昂昕晗晴暄朔楚榆樱歆殊汀汉沅泉泊泠"
    "洛津洵浚湛湉漪潞炫炯烁熠燊牧琢璋璞璟甫畅皎硕祈禄竺端笙箫绣羿肃肖胤茉荟莱菀菡虞裳谨逍霆霈靓韶颢骐鼎龄"
)
_FIRST_OF_TWO = "大小三二四老如月雅少长方金景其冬夏柳尚朝荣来正向本守有友家先开连彦继耀光玉韦斯凌欧冰紫"

SURE_SURNAME = f"(?:{'|'.join(COMPOUND)}|[{COMMON}{SELDOM}])(?!先生)"
"""A surname with which no more than a few ordinary words begin."""
_LIKELY_SURNAME = f"(?:{SURE_SURNAME}|付)"
LIKELY = f"{_LIKELY_SURNAME}(?:[{_GIVEN}{_FIRST_OF_TWO}][{_GIVEN}]|[{_GIVEN}])"
"""A name by the look of its characters."""
_FIRSTS = COMMON + SELDOM + "付" + "".join(sorted({name[0] for name in COMPOUND}))
LIKELY_IN_FULL = (
    f"(?:(?:{'|'.join(COMPOUND)})[{_GIVEN}]{{1,2}}|[{COMMON}{SELDOM}付](?!先生)[{_GIVEN}{_FIRST_OF_TWO}][{_GIVEN}])"
)
"""Such a name with two characters for a given name, or a surname of two: hardly anything else looks so."""
_SECONDS = _GIVEN + _FIRST_OF_TWO + "".join(sorted({name[1] for name in COMPOUND}))
BEGINS_LIKELY = f"[{_FIRSTS}](?=[{_SECONDS}])"
"""How such a name begins, for a quick look: one character, so that 师傅文涵 is looked at from 文 as well."""
BEGINS_LIKELY_LOOK = f"[{_FIRSTS}][{_SECONDS}]"

_LIKELY = re.compile(LIKELY)
_BOTH_GIVEN = re.compile(f".[{_GIVEN}][{_GIVEN}]")


def is_likely(text: str) -> bool:
    """Whether the text is as names are, and no ordinary word."""
    return _LIKELY.fullmatch(text) is not None and is_no_word(text)


def is_no_word(text: str) -> bool:
    """Whether a piece with a surname in front does not begin with an ordinary word; 李子 is one, 李子涵 none."""
    if text[:3] in NOT_A_NAME:
        return False
    return text[:2] not in NOT_A_NAME or _BOTH_GIVEN.match(text) is not None
