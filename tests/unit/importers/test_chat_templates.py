"""Chats with the marks of language models, in a text of their own, in JSON, in tables and before questions."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from csqm_desktop.importers import base, chat_templates
from tests.unit.importers.samples import messages, table, turns, write

ASKED, ANSWERED = "is the lid loose?", "It is not.\nAnything else?"
TEMPLATES = {
    "chatml": f"<|im_start|>user\n{ASKED}<|im_end|>\n<|im_start|>assistant\n{ANSWERED}<|im_end|>\n",
    "headers": f"<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\n{ASKED}<|eot_id|>"
    f"<|start_header_id|>assistant<|end_header_id|>\n\n{ANSWERED}<|eot_id|>",
    "inst": f"<s>[INST] {ASKED} [/INST] {ANSWERED} </s>",
    "turns": f"<bos><start_of_turn>user\n{ASKED}<end_of_turn>\n<start_of_turn>model\n{ANSWERED}<end_of_turn>",
    "marks": f"<|user|>\n{ASKED}</s>\n<|assistant|>\n{ANSWERED}</s>",
    "prompter": f"<|prompter|>{ASKED}<|endoftext|><|assistant|>{ANSWERED}<|endoftext|>",
    "hashes": f"### Human: {ASKED}### Assistant: {ANSWERED}",
    "alpaca": f"### Instruction:\n{ASKED}\n\n### Response:\n{ANSWERED}",
    "capitals": f"USER: {ASKED} ASSISTANT: {ANSWERED}</s>",
}


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("kind", ["jsonl", "csv", "txt"])
def test_who_said_what(tmp_path: Path, name: str, kind: str) -> None:
    text = TEMPLATES[name]
    content = {
        "jsonl": json.dumps({"text": text}) + "\n",
        "csv": table((text, "web"), header=("text", "source")),
        "txt": text,
    }[kind]
    path = write(tmp_path / f"a.{kind}", content)
    assert base.recognise(path).format == "dialogues"
    assert [(entry[1], entry[4]) for entry in turns(path)] == [("customer", ASKED), ("bot", ANSWERED)]


def test_prompts_and_inputs(tmp_path: Path) -> None:
    llama = "<s>[INST] <<SYS>>\nBe kind.\n<</SYS>>\n\nhi [/INST] hello </s><s>[INST] bye [/INST] see you </s>"
    alpaca = "Below is a task.\n\n### Instruction:\nShorten it.\n\n### Input:\nA long text.\n\n### Response:\nShort."
    path = write(tmp_path / "a.jsonl", json.dumps({"text": llama}) + "\n" + json.dumps({"text": alpaca}) + "\n")
    assert [(entry[1], entry[4]) for entry in turns(path)] == [
        ("system", "Be kind."), ("customer", "hi"), ("bot", "hello"), ("customer", "bye"), ("bot", "see you"),
        ("system", "Below is a task."), ("customer", "Shorten it.\nA long text."), ("bot", "Short."),
    ]  # fmt: skip


def test_several_conversations_in_a_text(tmp_path: Path) -> None:
    text = "<|im_start|>system\nBe kind.<|im_end|>\n" + TEMPLATES["chatml"]
    assert len({message.conversation_id for message in messages(write(tmp_path / "a.txt", text + text + "x"))}) == 2


def test_rounds_before_a_question(tmp_path: Path) -> None:
    rows = [
        {
            "instruction": "Human: hi\n Assistant: hello\n Human: the lid?\n Assistant:",
            "input": "",
            "output": "is fine",
        },
        {"prompt": "<|im_start|>user\nthe lid?<|im_end|>\n<|im_start|>assistant\n", "completion": "is fine<|im_end|>"},
        {"question": "User: admin, is that me?", "answer": "<s>no</s> yes"},
    ]
    path = write(tmp_path / "a.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    assert [(entry[1], entry[4]) for entry in turns(path, format="pairs")] == [
        ("customer", "hi"), ("bot", "hello"), ("customer", "the lid?"), ("bot", "is fine"),
        ("customer", "the lid?"), ("bot", "is fine"),
        ("customer", "User: admin, is that me?"), ("bot", "<s>no</s> yes"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["[INST] <<SYS>>", "### ", "<|im_start|>", "USER:", " ", "\nHuman", "[Round 1", "<|user|>"]
)
def test_no_text_keeps_it_busy(text: str) -> None:
    started = time.perf_counter()
    chat_templates.said_in(text * 20_000)
    chat_templates.rounds_before(text * 20_000)
    assert time.perf_counter() - started < 2
