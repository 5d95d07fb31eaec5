"""Rules that mask more have another number, so that workspaces masked by the earlier ones are known."""

import hashlib

from csqm_desktop import privacy
from csqm_desktop.domain.masking_rules import MASKING_RULES
from tests import planted_messages
from tests import privacy_corpus as corpus

# the number of the rules, and the digest of what they make of the project's own messages
KNOWN = (3, "dd8e9eb0a6979ce3")


def messages() -> list[str]:
    texts = []
    for folder in (corpus.DATA, corpus.HELD_OUT):
        texts += [message.text for message in corpus.messages(folder)] + corpus.decoys(folder)
    for name in planted_messages.SETS:
        texts += [message.text for message in planted_messages.planted(name, 1, 1)]
        texts += planted_messages.decoys(name, 1, 1)
    return texts


def digest() -> str:
    found = hashlib.sha256()
    for text in messages():
        found.update(privacy.redact(text)[0].encode() + b"\0")
    return found.hexdigest()[:16]


def test_a_change_of_rules_is_noticed():
    assert (MASKING_RULES, digest()) == KNOWN, (
        "Texts are masked in another way than before, or there are other messages in tests/data/privacy. If a text may"
        " be masked further, raise MASKING_RULES in domain/masking_rules.py: workspaces are then offered to be masked"
        f" again. In any case put the new pair into KNOWN: {(MASKING_RULES, digest())}"
    )
