"""The key file: every secret opens the same data key, nothing else does, and a changed file is told."""

import json

import pytest

from csqm_desktop.errors import CsqmError
from csqm_desktop.vault import key_file, key_store, ring, slow_hash, unlock
from csqm_desktop.vault.key_file import NAME, KeyFile
from csqm_desktop.vault.keys import DataKey


def test_real_passphrases_cost_memory_and_time(monkeypatch):
    monkeypatch.setattr(key_file, "COST", slow_hash.Cost())
    keys, key, _code = unlock.new_keys("correct horse battery")
    assert keys.slots["passphrase"]["memory_kib"] >= 65536
    assert keys.slots["passphrase"]["iterations"] >= 3
    assert keys.unwrap("passphrase", "correct horse battery") == key


@pytest.fixture
def made(tmp_path):
    keys, key, code = unlock.new_keys("correct horse battery")
    keys.write(tmp_path)
    return tmp_path, key, code


def test_passphrase_and_recovery_code_open_the_same_key(made):
    folder, key, code = made
    assert unlock.with_secret(folder, "correct horse battery") == key
    ring.forget(folder)
    assert unlock.with_secret(folder, code.lower().replace("-", " ")) == key
    assert ring.key_for(folder / "model_store" / "x") == key
    assert ring.key_for(folder.parent) is None


def test_a_wrong_secret_is_told_and_opens_nothing(made):
    folder, _key, code = made
    for wrong in ("correct horse batterx", "", code[:-1] + ("A" if code[-1] != "A" else "B")):
        with pytest.raises(CsqmError, match="does not open") as caught:
            unlock.with_secret(folder, wrong)
        assert caught.value.code == "passphrase_wrong"
    assert ring.key_for(folder) is None


def test_the_same_letters_in_another_unicode_form_open(tmp_path):
    keys, key, _code = unlock.new_keys("Paßwort ｋé 密码密码")
    keys.write(tmp_path)
    assert unlock.with_secret(tmp_path, "Paßwort ke\u0301 密码密码") == key


def test_a_changed_passphrase_wraps_the_same_key_and_the_old_one_is_dead(made):
    folder, key, code = made
    before = json.loads((folder / NAME).read_text())
    unlock.change_passphrase(folder, "correct horse battery", "another passphrase")
    after = json.loads((folder / NAME).read_text())
    assert unlock.with_secret(folder, "another passphrase") == key
    assert [s for s in before["slots"] if s["kind"] == "recovery"] == [
        s for s in after["slots"] if s["kind"] == "recovery"
    ]
    with pytest.raises(CsqmError):
        unlock.with_secret(folder, "correct horse battery")
    new_code = unlock.new_recovery_code(folder, code)
    assert unlock.with_secret(folder, new_code) == key
    with pytest.raises(CsqmError):
        unlock.with_secret(folder, code)


def test_the_key_file_holds_no_key(made):
    folder, key, code = made
    text = (folder / NAME).read_text()
    assert key.secret.hex() not in text
    assert code not in text
    assert "correct horse" not in text
    assert repr(key).find(key.secret.hex()) == -1


@pytest.mark.parametrize("damage", ["gone", "text", "swapped", "huge"])
def test_a_damaged_key_file_is_told(made, damage):
    folder, _key, _code = made
    path = folder / NAME
    values = json.loads(path.read_text())
    if damage == "gone":
        path.unlink()
    elif damage == "text":
        path.write_text("hello")
    else:
        slot = values["slots"][0]
        slot.update({"memory_kib": 1 << 30} if damage == "huge" else {"kind": "recovery"})
        path.write_text(json.dumps(values))
    with pytest.raises(CsqmError) as caught:
        unlock.with_secret(folder, "correct horse battery")
    expected = {
        "gone": "key_file_missing",
        "text": "key_file_broken",
        "swapped": "passphrase_wrong",
        "huge": "key_file_broken",
    }
    assert caught.value.code == expected[damage]


def test_short_passphrases_are_refused():
    with pytest.raises(CsqmError) as caught:
        unlock.new_keys("1234567")
    assert caught.value.code == "passphrase_short"


def test_the_environment_gives_the_passphrase(made, monkeypatch, tmp_path):
    folder, key, _code = made
    assert unlock.without_asking(folder) is None
    monkeypatch.setenv("CSQM_PASSPHRASE", "correct horse battery")
    assert unlock.without_asking(folder) == key
    monkeypatch.delenv("CSQM_PASSPHRASE")
    file = tmp_path / "secret.txt"
    file.write_text("correct horse battery\n")
    monkeypatch.setenv("CSQM_KEY_FILE", str(file))
    assert unlock.without_asking(folder) == key
    file.unlink()
    with pytest.raises(CsqmError) as caught:
        unlock.without_asking(folder)
    assert caught.value.code == "passphrase_file"


def test_the_systems_key_store_opens_it_until_told_otherwise(made):
    keyring = pytest.importorskip("keyring")
    from keyring.backend import KeyringBackend

    class InMemory(KeyringBackend):
        priority = 1

        def __init__(self):
            super().__init__()
            self.kept = {}

        def set_password(self, service, user, password):
            self.kept[service, user] = password

        def get_password(self, service, user):
            return self.kept.get((service, user))

        def delete_password(self, service, user):
            del self.kept[service, user]

    folder, key, _code = made
    before = keyring.get_keyring()
    keyring.set_keyring(InMemory())
    try:
        unlock.remember(folder, key)
        assert unlock.without_asking(folder) == key
        unlock.stop_remembering(folder)
        assert unlock.without_asking(folder) is None
        assert key_store.load(KeyFile.read(folder).id) is None
    finally:
        keyring.set_keyring(before)


def test_a_computer_without_key_store_says_so(made, monkeypatch):
    keyring = pytest.importorskip("keyring")
    from keyring.backends.fail import Keyring

    folder, key, _code = made
    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    try:
        with pytest.raises(CsqmError) as caught:
            unlock.remember(folder, key)
        assert caught.value.code == "key_store_missing"
        assert "key_store" not in KeyFile.read(folder).slots
    finally:
        keyring.set_keyring(before)


def test_derived_keys_differ_by_purpose_and_salt():
    key = DataKey.random()
    assert len({key.derived("a"), key.derived("b"), key.derived("a", b"1"), DataKey.random().derived("a")}) == 4
