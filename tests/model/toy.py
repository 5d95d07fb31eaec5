"""A tiny BERT made on the spot (two layers, random weights, a word-piece tokenizer) and a toy language to learn."""

from __future__ import annotations

import json
import random
from pathlib import Path

from csqm_desktop.domain.conversation import ContextTurn, ReplyInput, Role
from csqm_desktop.domain.review import LabelledReply

GOOD = ["refund", "shipped", "solved", "tracking", "replaced", "today"]
BAD = ["later", "unknown", "cannot", "busy", "whatever", "ask"]
NEUTRAL = ["dear", "customer", "hello", "we", "will", "your", "order", "please", "the", "parcel"]


def build_base(folder: Path, seed: int = 0, hidden: int = 32) -> Path:
    """A Hugging Face encoder folder, nothing downloaded."""
    import torch
    import transformers
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ":", ".", "?", *GOOD, *BAD, *NEUTRAL]
    words += [
        "agent",
        "system",
        "query",
        *"abcdefghijklmnopqrstuvwxyz0123456789",
        *(f"##{c}" for c in "abcdefghijklmnopqrstuvwxyz0123456789"),
    ]
    tokenizer = Tokenizer(models.WordPiece({w: i for i, w in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    folder.mkdir(parents=True, exist_ok=True)
    fast = transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]",
        mask_token="[MASK]", model_max_length=256,
    )  # fmt: skip
    fast.save_pretrained(folder)
    torch.manual_seed(seed)
    config = transformers.BertConfig(
        vocab_size=len(words), hidden_size=hidden, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=2 * hidden, max_position_embeddings=256,
    )  # fmt: skip
    transformers.BertModel(config, add_pooling_layer=False).save_pretrained(folder, safe_serialization=True)
    settings = json.loads((folder / "tokenizer_config.json").read_text())
    assert settings["tokenizer_class"]
    return folder


def toy(count: int = 240, seed: int = 0, per_conversation: int = 2) -> tuple[list[ReplyInput], list[LabelledReply]]:
    """Replies whose tone follows from their words, and whose second criterion follows from being short."""
    rng = random.Random(seed)
    items, labels = [], []
    for i in range(count):
        level = rng.choice([0, 1, 2])
        words = rng.choices(GOOD if level == 2 else BAD if level == 0 else GOOD + BAD, k=3)
        if level == 1:
            words = [rng.choice(GOOD), rng.choice(BAD)] * 2
        polite = rng.random() < 0.5
        text = " ".join([*(["dear", "customer"] if polite else []), *words, rng.choice(NEUTRAL)])
        conversation = f"s{seed}c{i // per_conversation}"
        context = (ContextTurn(Role.CUSTOMER, f"hello where {i} is your parcel"),)
        items.append(
            ReplyInput(
                i, conversation, Role.AGENT if i % 3 else Role.BOT, text, context, "web" if i % 2 else "app", 30.0
            )
        )
        votes = [0, 0, 0]
        votes[level] = 3
        labels.append(LabelledReply(i, conversation, {"tone": tuple(votes), "polite": (0, 1) if polite else (1, 0)}))
    return items, labels


CRITERIA = [
    {"key": "tone", "levels": ["bad", "fair", "good"], "weight": 60, "critical": False},
    {"key": "polite", "levels": ["no", "yes"], "weight": 40, "critical": False},
]


def needles(count: int = 300, seed: int = 0, among: int = 29) -> tuple[list[ReplyInput], list[LabelledReply]]:
    """Replies where one word counts among others: a network that learns to look for it beats a head on averages."""
    rng = random.Random(seed)
    items, labels = [], []
    for i in range(count):
        good = rng.random() < 0.5
        words = [*rng.choices(NEUTRAL, k=among), rng.choice(GOOD if good else BAD)]
        rng.shuffle(words)
        items.append(ReplyInput(i, f"r{seed}c{i}", Role.AGENT, " ".join(words), (), "web", 30.0))
        labels.append(LabelledReply(i, f"r{seed}c{i}", {"polite": (0, 1) if good else (1, 0)}))
    return items, labels
