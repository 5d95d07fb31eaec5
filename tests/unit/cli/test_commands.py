"""The public command line: names, exit codes, one JSON object on stdout, messages with a remedy."""

import subprocess
import sys

import numpy as np
import pytest
import typer

from csqm_desktop import cli
from csqm_desktop.store.workspace import Workspace

MESSAGES = (
    "conversation_id,message_id,sent_at,role,sender,text\n"
    "c1,1,2026-09-01T08:00:00+08:00,customer,Ann,where is my order? mail ann@example.com\n"
    "c1,2,2026-09-01T08:01:00+08:00,bot,Bot,please wait\n"
    "c2,1,2026-09-02T08:00:00+08:00,customer,Bo,怎么退款\n"
    "c2,2,2026-09-02T08:01:00+08:00,agent,Li,马上为您办理\n"
)
LABELS = (
    "conversation_id,message_id,criterion,level,reviewer,reviewed_at\n"
    "c1,2,understanding,missed,Li,2026-09-03T08:00:00Z\n"
)


@pytest.fixture
def shop(tmp_path, csqm):
    """A workspace with two conversations."""
    folder = tmp_path / "shop"
    csqm("init", "--workspace", folder)
    (tmp_path / "chats.csv").write_text(MESSAGES, encoding="utf-8")
    (tmp_path / "labels.csv").write_text(LABELS, encoding="utf-8")
    code, _, err = csqm("import", tmp_path / "chats.csv", "-w", folder)
    assert code == 0, err
    return folder


def commands():
    group = typer.main.get_command(cli.app)
    for name, command in group.commands.items():
        yield name, command
        for inner, sub in getattr(command, "commands", {}).items():
            yield f"{name} {inner}", sub


def test_the_promised_verbs_are_there():
    names = {name for name, _ in commands()}
    assert names >= {
        "init", "import", "score", "queue", "label", "train", "models", "evaluate", "trend", "export", "doctor",
        "backup", "restore", "demo", "screenshots", "models list", "models show", "models activate",
        "models rollback", "models add-base", "models verify",
    }  # fmt: skip


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_command_and_option_has_help(name):
    command = dict(commands())[name]
    assert command.help
    assert [p.name for p in command.params if p.param_type_name == "option" and not p.help] == []


@pytest.mark.parametrize("name", [n for n, c in commands() if not getattr(c, "commands", None)])
def test_every_verb_takes_workspace_and_json(name):
    options = {word for p in dict(commands())[name].params for word in p.opts}
    assert "--json" in options
    if name not in ("demo",):
        assert "--workspace" in options


def test_the_loop_without_a_model(shop, tmp_path, csqm):
    code, result, _ = csqm("import", tmp_path / "chats.csv", "-w", shop, "--json")
    assert (code, result["files"][0]["added"], result["files"][0]["unchanged"]) == (0, 0, 4)
    code, result, _ = csqm("queue", "-w", shop, "--json")
    assert code == 0
    assert {item["message_id"] for item in result["items"]} == {"2"}
    assert all(item["why"] for item in result["items"])
    code, result, _ = csqm("label", tmp_path / "labels.csv", "-w", shop, "--json")
    assert (code, result["added"]) == (0, 1)
    code, result, _ = csqm("queue", "-w", shop, "--json")
    assert [item["conversation_id"] for item in result["items"]] == ["c2"]
    code, result, _ = csqm("trend", "-w", shop, "--source", "people", "--json")
    assert (code, result["points"][0]["n"], result["points"][0]["mean"]) == (0, 1, 0.0)
    code, result, _ = csqm("export", "labels", "-w", shop, "--out", tmp_path / "out.csv", "--json")
    assert (code, result["rows"]) == (0, 1)
    code, result, _ = csqm("backup", "-w", shop, "--out", tmp_path / "b.zip", "--json")
    assert code == 0
    code, result, _ = csqm("restore", tmp_path / "b.zip", "-w", tmp_path / "again", "--json")
    assert (code, result["messages"]) == (0, 4)
    code, result, _ = csqm("models", "list", "-w", shop, "--json")
    assert (code, result) == (0, {"active": None, "versions": []})


def test_connectors_and_tokens_are_kept_without_their_secrets(shop, csqm, monkeypatch, tmp_path):
    import io

    import keyring
    from keyring.backends.fail import Keyring

    monkeypatch.setattr(keyring.core, "_keyring_backend", Keyring())
    monkeypatch.setattr(sys, "stdin", io.StringIO("very-secret\n"))
    add = ("connectors", "add", "desk", "--kind", "zendesk", "--email", "a@example.com", "-w", shop, "--json")
    code, result, err = csqm(*add, "--url", "https://shop.zendesk.com", "--since", "2026-09-01")
    assert (code, result) == (0, {"name": "desk", "token": "file"})
    assert "no key store" in err
    code, result, _ = csqm("connectors", "list", "-w", shop, "--json")
    assert result["connectors"][0]["settings"]["start"] == 1788220800
    assert not any(b"very-secret" in file.read_bytes() for file in shop.rglob("*") if file.is_file())
    assert csqm(*add, "--url", "http://shop.zendesk.com")[1]["error"]["code"] == "connector_address"
    (tmp_path / "bad.json").write_text('{"mapping": {"fields": {"text": "body"}}}')
    json_kind = ("connectors", "add", "own", "--kind", "json", "--url", "https://example.com", "-w", shop, "--json")
    code, result, _ = csqm(*json_kind, "--settings", tmp_path / "bad.json")
    assert result["error"]["code"] == "connector_setting"
    assert csqm("connectors", "remove", "desk", "-w", shop, "--json")[0] == 0
    assert csqm("pull", "desk", "-w", shop, "--json")[1]["error"]["code"] == "connector_unknown"
    code, result, _ = csqm("tokens", "add", "site", "--kind", "chatwoot", "-w", shop, "--json")
    assert result["token"].startswith("csqm_")
    assert csqm("tokens", "list", "-w", shop, "--json")[1]["tokens"][0]["kind"] == "chatwoot"
    assert csqm("tokens", "revoke", "site", "-w", shop)[0] == 0
    assert csqm("tokens", "revoke", "site", "-w", shop, "--json")[1]["error"]["code"] == "token_unknown"


def test_nothing_personal_reaches_the_disk(shop):
    for file in shop.rglob("*"):
        if file.is_file():
            assert b"ann@example.com" not in file.read_bytes()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("frobnicate",), 2),
        (("import",), 2),
        (("trend", "--by", "year"), 2),
        (("queue", "--limit", "0"), 2),
        (("init", "--lang", "fr"), 2),
        (("queue", "--workspace", "/nonexistent/shop"), 1),
        (("--help",), 0),
    ],
)
def test_exit_codes(csqm, words, code):
    assert csqm(*words)[0] == code


@pytest.mark.parametrize(
    "words",
    [
        ("import", "/nonexistent/chats.csv"),
        ("label", "/nonexistent/labels.csv"),
        ("export", "labels", "--out", "x.doc"),
        ("export", "everything", "--out", "x.csv"),
        ("queue", "--strategy", "astrology"),
        ("trend", "--criterion", "speed"),
        ("trend", "--group-by", "weather"),
        ("train", "--method", "magic"),
        ("train",),
        ("models", "activate", "v9"),
        ("models", "show", "v9"),
        ("models", "rollback"),
    ],
)
def test_failures_say_what_and_what_to_do(shop, csqm, words):
    code, result, err = csqm(*words, "-w", shop, "--json")
    assert code == 1
    assert result["error"]["what"]
    assert result["error"]["remedy"]
    assert result["error"]["what"] in err


def test_an_interrupted_import_is_told_once(shop, csqm):
    workspace = Workspace.open(shop)
    job = workspace.jobs.start("import", {"path": "big.csv"})
    workspace.database.connection().execute("UPDATE jobs SET pid = 999999 WHERE id = ?", (job,))
    workspace.close()
    assert "big.csv was interrupted" in csqm("queue", "-w", shop)[2]
    assert "interrupted" not in csqm("queue", "-w", shop)[2]


def test_ctrl_c_cancels_in_order(shop, csqm, tmp_path, monkeypatch):
    rows = [f"x{i // 4},{i},2026-09-01T08:00:00Z,bot,Li,hello\n" for i in range(9000)]
    (tmp_path / "big.csv").write_text(MESSAGES.splitlines(keepends=True)[0] + "".join(rows), encoding="utf-8")
    monkeypatch.setattr(cli.terminal.CANCEL, "is_set", lambda: True)
    assert csqm("import", tmp_path / "big.csv", "-w", shop)[0] == 130
    workspace = Workspace.open(shop)
    assert workspace.conversations.totals().messages == 4
    workspace.close()


def test_the_program_starts_as_a_module_without_qt_or_torch():
    script = (
        "import sys; from csqm_desktop import cli; import csqm_desktop.cli.data\n"
        "print([m for m in ('torch', 'PySide6', 'transformers', 'pandas', 'sklearn') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_init_from_a_table_of_texts_and_classes(tmp_path, csqm):
    table = tmp_path / "goods.csv"
    table.write_text("text,label\nwarm coat,clothes\ngreen tea,food\n,food\n", encoding="utf-8")
    folder = tmp_path / "goods"
    code, out, err = csqm("init", "--workspace", folder, "--labels-from", table, "--json")
    assert code == 0, err
    read = out["read"]
    assert (read["messages"]["added"], read["labels"]["added"], read["rejected"]) == (2, 2, 1)
    assert read["classes"] == {"clothes": 1, "food": 1}
    table.write_text("text,price\na,1\n", encoding="utf-8")
    code, _, err = csqm("init", "--workspace", tmp_path / "other", "--labels-from", table)
    assert code == 1
    assert "“label”" in err
    assert not (tmp_path / "other").exists()


def test_a_named_next_step_meets_the_same_workspace(shop, tmp_path, csqm, monkeypatch):
    step = f'Next: csqm score --workspace "{shop}"'
    assert step in csqm("import", tmp_path / "chats.csv", "-w", shop)[1]
    monkeypatch.setenv("CSQM_WORKSPACE", str(shop))
    out = csqm("import", tmp_path / "chats.csv")[1]
    assert "Next: csqm score" in out
    assert "--workspace" not in out


@pytest.mark.parametrize("words", [("encrypt",), ("init", "--encrypt")])
def test_without_a_passphrase_nothing_is_said_to_be_encrypted(words, shop, tmp_path, csqm, monkeypatch):
    monkeypatch.delenv("CSQM_PASSPHRASE", raising=False)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    folder = shop if words == ("encrypt",) else tmp_path / "new"
    code, out, _ = csqm(*words, "-w", folder, "--json")
    assert (code, out["error"]["code"]) == (1, "new_passphrase_needed")
    assert not (folder / "csqm.keys.json").exists()


def test_every_figure_of_a_version_is_explained() -> None:
    from csqm_desktop.cli.reports import _MEANING
    from csqm_desktop.training.metrics import Judged, headline

    votes = np.array([[1, 0], [0, 1], [0, 2]])
    judged = Judged(votes / votes.sum(axis=1, keepdims=True), votes / 2, votes, np.arange(3))
    assert set(headline(judged)) == set(_MEANING)
