"""Erasing in an encrypted workspace: database and search index are rewritten, the sealed cache goes as a whole."""

import numpy as np
import pytest

pytest.importorskip("sqlcipher3")

from csqm_desktop.jobs import backup
from csqm_desktop.jobs.backup import BackUp
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.jobs.erase_customer import EraseCustomer, Subject, preview
from csqm_desktop.scoring.encoding import text_digest
from csqm_desktop.scoring.vector_cache import VectorCache
from csqm_desktop.store.search import Search
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.vault import ring, unlock
from tests import builders


def test_the_sealed_cache_goes_and_the_rest_stays_readable(tmp_path):
    keys, key, _code = unlock.new_keys("correct horse battery")
    made = Workspace.create(tmp_path / "w", builders.scorecard(), keys=(keys, key))
    builders.add(made, [*builders.dialogues(2), builders.message(9, "mine", text="zebrafish")])
    folder = made.model_store / "cache" / "base"
    with VectorCache(folder, 4) as cache:
        cache.add([text_digest("zebrafish")], np.ones((1, 4), dtype=np.float32))
    result = execute(EraseCustomer(made, preview(made, Subject(conversations=("mine",)))), SilentContext())
    assert (result.messages, result.vectors) == (1, 1)
    assert not list(folder.glob("*.sealed"))
    assert Search(made.database).find("zebrafish") == []
    assert made.database.integrity_problems() == []
    assert made.conversations.totals().messages == 8
    made.close()


def test_restoring_an_older_backup_erases_again(tmp_path):
    keys, key, _code = unlock.new_keys("correct horse battery")
    made = Workspace.create(tmp_path / "w", builders.scorecard(), keys=(keys, key))
    builders.add(made, [*builders.dialogues(2), builders.message(9, "mine", text="zebrafish")])
    old = execute(BackUp(made, tmp_path / "old.zip"), SilentContext()).path
    execute(EraseCustomer(made, preview(made, Subject(conversations=("mine",)))), SilentContext())
    made.close()
    assert backup.restore(old, made.folder, unlock_it=lambda draft: ring.register(draft, key)).erased == 1
    restored = Workspace.open(made.folder)
    assert restored.conversations.totals().messages == 8
    assert restored.erased.list()
    restored.close()
