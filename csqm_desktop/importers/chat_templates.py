"""Chats as language models are given them: one text with marks for whose turn it is.

``<|im_start|>user``, ``<|start_header_id|>user<|end_header_id|>``, ``<start_of_turn>user``, ``<|user|>``, ``[INST]``,
``### Human:``, ``### Instruction:``, ``USER:`` and ``问：``. What stands before the first mark is the program's.
"""

from __future__ import annotations

import re

from csqm_desktop.importers.words import normal

_MARKS = re.compile(
    r"<\|im_start\|>[ \t]*(?P<a>[A-Za-z_]{1,20})[ \t]*\n?"
    r"|<\|start_header_id\|>[ \t]*(?P<b>[A-Za-z_]{1,20})[ \t]*<\|end_header_id\|>"
    r"|<\|(?P<c>user|assistant|system|prompter|model|bot|observation|tool)\|>"
    r"|<start_of_turn>[ \t]*(?P<d>[A-Za-z_]{1,20})"
    r"|(?P<e>\[/?INST\])"
    r"|\[\|(?P<i>Human|AI)\|\]"
    r"|<(?P<j>human|bot)>:"
    r"|(?<!#)#{2,3} ?(?P<f>Human|User|Assistant|GPT|Bot|System|Instruction|Input|Response|Question|Answer|问题|指令"
    r"|输入|回答|输出) ?[:：]"
    r"|(?:(?<=[\s>])|(?<=\A))(?P<g>USER|ASSISTANT|SYSTEM):"
)
_ENDS = re.compile(
    r"<\|(?:im_end|eot_id|end|endoftext|begin_of_text|end_of_text)\|>|<end_of_turn>|</?s>|<[be]os>|\[Round \d{1,4}\]"
)
_SURE = re.compile(r"<\|[a-z_]{2,20}\|>|\[/?INST\]|<(?:start|end)_of_turn>|</s>\s*\Z")
_PROMPT = re.compile(r"<<SYS>>(.{0,100000}?)<</SYS>>", re.DOTALL)
_ROUNDS = re.compile(
    r"(?:^|\n)[ \t]{0,4}(?P<h>Human|User|Assistant|AI|Customer|Agent|Bot|Support|问|答|用户|助手|客户|顾客"
    r"|客服|机器人) ?[:：]"
)
_BEGINS = re.compile(r"<\|im_start\|>[ \t]*system|<\|begin_of_text\|>|<s>|<bos>|<\|endoftext\|>")
_NAMES = {"AI": "assistant", "[INST]": "user", "[/INST]": "assistant",
          "问": "user", "答": "assistant", "Instruction": "user",
          "指令": "user", "Response": "assistant", "输出": "assistant", "Question": "user", "问题": "user",
          "Answer": "assistant", "回答": "assistant"}  # fmt: skip
_MORE = frozenset({"Input", "输入"})
_ASKS = frozenset(map(normal, ("user", "human", "prompter", "customer", "用户", "客户", "顾客")))
_ANSWERS = frozenset(map(normal, ("assistant", "model", "gpt", "bot", "ai", "agent", "助手", "客服")))

Said = tuple[str, str]


def said_in(text: str) -> list[Said]:
    """Whose turn it is and what was said, all turns of a text in which somebody asks and a model answers; else none."""
    found = _split(text, _MARKS)
    asks = {normal(who) for who, said in found if said}
    return found if asks & _ASKS and asks & _ANSWERS else []


def rounds_before(text: str) -> list[Said]:
    """What was said before in a question that holds it, its last words included; none where it is but a question."""
    for marks in (_MARKS, _ROUNDS):
        split = _split(text, marks)
        found = [(who, said) for who, said in split if said]
        if found and (len(split) > 1 or is_marked(text)) and normal(found[0][0]) in _ASKS | {"system"}:
            return found
    return []


def is_templated(text: str) -> bool:
    """Whether a text's beginning is such a chat."""
    return bool(said_in(text[:20_000]))


def is_marked(text: str) -> bool:
    """Whether a text has a mark that no person writes."""
    return _SURE.search(text) is not None


def begins(line: str) -> bool:
    """Whether a conversation begins in a line."""
    return _BEGINS.match(line.lstrip()) is not None


def _split(text: str, marks: re.Pattern[str]) -> list[Said]:
    places = list(marks.finditer(text))
    if not places:
        return []
    found: list[Said] = []
    head = unmarked(text[: places[0].start()])
    if head:
        found.append(("system", head))
    for place, mark in enumerate(places):
        end = places[place + 1].start() if place + 1 < len(places) else len(text)
        said, who = text[mark.end() : end], next(name for name in mark.groups() if name)
        prompt = _PROMPT.search(said)
        if prompt:
            found.append(("system", unmarked(prompt[1])))
            said = said[: prompt.start()] + said[prompt.end() :]
        if who in _MORE and found:
            found[-1] = found[-1][0], "\n".join(filter(None, (found[-1][1], unmarked(said))))
        else:
            found.append((_NAMES.get(who, who), unmarked(said)))
    return found


def unmarked(said: str) -> str:
    """What was said without the marks of its end."""
    return _ENDS.sub("", said).strip()
