"""Names that nothing announces: how they look and what stands around them decides."""

from __future__ import annotations

import pytest

from csqm_desktop import privacy
from tests import privacy_corpus as corpus


@pytest.mark.parametrize(
    "text",
    [
        "⟦王建国⟧说好今天给我回电话的",
        "麻烦⟦陈雨桐⟧看一下",
        "⟦欧阳静⟧，你昨天改的地址又错了",
        "显示⟦林晓燕⟧签收",
        "转账给⟦黄丽华⟧了",
        "⟦李想⟧ 手机打不通",
        "@⟦杜小北⟧ 帮忙看一下",
        "让⟦小赵⟧接电话",
        "⟦周姐⟧，券过期了",
        "谢谢⟦阿芳⟧",
        "跟你们⟦孙⟧经理都谈好了",
        "⟦许⟧教练让我买的护膝",
        "⟦朵朵⟧妈妈，校服缺货",
        "⟦志明⟧师傅什么时候来",
        "hey ⟦jess⟧, any update",
        "can i talk to ⟦sarah⟧ pls",
        "⟦Guillermo⟧ and ⟦Ximena⟧ both signed up",
        "delivered to ⟦R. Alvarez⟧",
        "⟦Nguyen Thi Lan⟧ here",
        "i'm ⟦wei chen⟧ n i want my money back",
        "⟦XIAOMING WANG⟧ / two boxes",
        "⟦Jean-Luc Brown⟧ told me so",
        "我找⟦Tina⟧",
        "⟦José⟧ me dijo que llega hoy",
    ],
)
def test_a_name_is_found_where_it_stands(text: str) -> None:
    parts = text.replace("⟧", "⟦").split("⟦")
    plain = "".join(parts)
    assert [plain[item.start : item.end] for item in privacy.find(plain)] == parts[1::2]


@pytest.mark.parametrize(
    "text",
    [
        "马上就周末了，方便的话今天发",
        "任何时候都行，何时到货跟我说",
        "黄色没有了就换白色，金色也可以",
        "成本高，程序有问题吧",
        "王老吉一箱多少钱，张小泉的菜刀呢",
        "康师傅方便面一箱",
        "小米手机，小爱音箱，老板油烟机",
        "高总比低好",
        "任何先生款都有",
        "周杰伦同款有吗",
        "明明说好了的",
        "Will you mark it as resolved?",
        "I hope the bill is right this summer",
        "Rose gold case or Grace period?",
        "Calvin Klein boxers and a Tommy Hilfiger polo",
        "Victoria's Secret gift card, Levi's 501",
        "Samsung Galaxy from Boston",
        "RAM 16GB",
        "the Blue Denim Jacket in XS",
    ],
)
def test_words_brands_and_places_stay(text: str) -> None:
    assert privacy.find(text) == []


def test_other_personal_data_in_a_text_speaks_for_a_name() -> None:
    assert privacy.redact("姓罗的女孩 罗东，130102197805121029")[1].get("id-number") == 1
    bare, with_number = "古天明身份证已过期", "古天明身份证65010219790605113X已过期"
    assert "name" not in privacy.redact(bare)[1]
    assert privacy.redact(with_number)[1] == {"name": 1, "id-number": 1}


@pytest.mark.parametrize("folder", ["names_first", "names_second", "names_third", "names_fourth"])
def test_the_sets_of_names_without_cues(folder: str) -> None:
    planted = corpus.messages(corpus.DATA / folder)
    result = corpus.recall(planted)
    assert result.planted["name"] >= 130
    assert result.masked.total() >= 0.92 * result.planted.total(), result.missed
    decoys = corpus.decoys(corpus.DATA / folder)
    changed = {text for texts in corpus.false_alarms(decoys).values() for text in texts}
    assert len(changed) <= 0.04 * len(decoys), changed


@pytest.mark.parametrize("folder", ["names_first", "names_third"])
def test_masking_again_changes_nothing(folder: str) -> None:
    for message in corpus.messages(corpus.DATA / folder):
        masked = privacy.redact(message.text)[0]
        assert privacy.redact(masked) == (masked, {})
