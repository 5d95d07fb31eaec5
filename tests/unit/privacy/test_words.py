"""Any of many words: found where a plain alternation finds it."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from csqm_desktop.privacy.words import any_of

WORDS = st.lists(st.text("的我叫收件e.[|]\\ (".replace("|", ""), min_size=1, max_size=4), min_size=1, max_size=12)


@given(WORDS, st.text("的我叫收件e.[]\\ (好", max_size=20))
@example(["我叫", "叫", "收件"], "的收")
@example(["我叫", "的叫", "我"], "叫我")
@example(["的的我"], "的的的我")
def test_it_is_found_in_the_same_texts(words: list[str], text: str) -> None:
    plain = re.compile("|".join(map(re.escape, words)))
    assert (any_of("|".join(words)).search(text) is None) == (plain.search(text) is None)
