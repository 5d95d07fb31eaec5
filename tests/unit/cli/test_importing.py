"""csqm import of several files, csqm imports and undo-import, csqm label, csqm init."""

import re

import pytest

from csqm_desktop.store.workspace import Workspace

HEAD = "conversation_id,message_id,sent_at,role,sender,text\n"
LABEL = (
    "conversation_id,message_id,criterion,level,reviewer,reviewed_at\n"
    "a,2,understanding,missed,Li,2026-09-03T08:00:00Z\n"
)


def chat(name):
    return (
        f"{HEAD}{name},1,2026-09-01T08:00:00Z,customer,Ann,where is it?\n{name},2,2026-09-01T08:01:00Z,agent,Bo,soon\n"
    )


@pytest.fixture
def files(tmp_path):
    """a.csv and c.csv are chats, broken.csv is no table, refused.csv has one row without a time."""
    texts = {"a": chat("a"), "c": chat("c"), "broken": "", "refused": HEAD + "r,1,never,agent,Bo,hello\n"}
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return {name: tmp_path / f"{name}.csv" for name in texts}


@pytest.fixture
def shop(tmp_path, csqm):
    csqm("init", "--workspace", tmp_path / "shop")
    return tmp_path / "shop"


def test_a_bad_file_stops_no_other(shop, files, csqm):
    code, out, err = csqm("import", files["a"], files["broken"], files["c"], "-w", shop)
    assert code == 1
    assert out.count("2 added") == 2
    assert f"1 of 3 files failed: {files['broken']}" in err
    assert "Next: csqm score" in out
    code, result, _ = csqm("import", files["a"], files["broken"], files["c"], "-w", shop, "--json")
    assert code == 1
    assert [file["unchanged"] for file in result["files"]] == [2, 2]
    assert [(error["path"], bool(error["what"] and error["remedy"])) for error in result["errors"]] == [
        (str(files["broken"]), True)
    ]


def test_one_file_keeps_its_shape(shop, files, csqm):
    code, result, _ = csqm("import", files["a"], "-w", shop, "--json")
    assert (code, set(result)) == (0, {"files", "dry_run"})
    code, result, _ = csqm("import", files["broken"], "-w", shop, "--json")
    assert (code, set(result)) == (1, {"error"})


def test_a_file_of_refused_rows_has_failed(shop, files, csqm):
    code, out, err = csqm("import", files["refused"], "-w", shop)
    assert (code, "Next:" in out) == (1, False)
    assert "every row was refused" in err


def test_an_import_is_taken_back_by_its_number(shop, files, csqm, tmp_path):
    assert csqm("import", files["a"], "-w", shop)[1].startswith("Import 1: ")
    csqm("import", files["c"], "-w", shop)
    (tmp_path / "labels.csv").write_text(LABEL, encoding="utf-8")
    err = csqm("label", tmp_path / "labels.csv", "-w", shop)[2]
    assert "Storing the labels" in err
    assert "Writing the file" not in err
    code, out, _ = csqm("undo-import", "1", "-w", shop)
    assert (code, "1 messages removed" in out, "1 messages stay" in out) == (0, True, True)
    code, result, _ = csqm("undo-import", "2", "-w", shop, "--json")
    assert (code, result["removed"], result["kept"], result["restored"]) == (0, 2, 0, 0)
    with_left = Workspace.open(shop)
    assert with_left.conversations.totals().messages == 1
    with_left.close()


@pytest.mark.parametrize(
    ("number", "error"), [("9", "import_batch_missing"), ("1", "import_undone"), ("2", "import_left_nothing")]
)
def test_what_cannot_be_taken_back(shop, files, csqm, number, error):
    csqm("import", files["a"], "-w", shop)
    csqm("undo-import", "1", "-w", shop)
    space = Workspace.open(shop)
    failed = space.batches.start(None, files["c"], "csv", "utf-8", {})
    space.batches.roll_back(failed, "failed")
    space.close()
    code, result, _ = csqm("undo-import", number, "-w", shop, "--json")
    assert (code, result["error"]["code"]) == (1, error)


def test_a_watch_that_ends_tells_of_failed_files(shop, tmp_path, csqm):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "bad.json").write_text("{", encoding="utf-8")
    code, result, _ = csqm("watch", inbox, "-w", shop, "--once", "--no-score", "--settle", "0.1", "--json")
    assert (code, result["failed"]) == (1, 1)


def test_past_imports_are_listed_with_the_numbers_to_undo_them(shop, files, csqm):
    assert "Nothing was imported yet" in csqm("imports", "-w", shop)[1]
    for name in ("a", "refused", "c"):
        csqm("import", files[name], "-w", shop)
    csqm("undo-import", 3, "-w", shop)
    found = csqm("imports", "-w", shop, "--json")[1]["imports"]
    assert [(item["id"], item["outcome"], item["added"], item["rejected"]) for item in found] == [
        (3, "undone", 0, 0), (2, "succeeded", 0, 1), (1, "succeeded", 2, 0),
    ]  # fmt: skip
    lines = csqm("imports", "-w", shop)[1].splitlines()
    assert [line.split()[0] for line in lines] == ["3", "2", "1"]
    assert "taken back" in lines[0]
    assert f"{files['a']} (csv): 2 added" in lines[2]
    lines = csqm("imports", "-w", shop, "--limit", 1)[1].splitlines()
    assert len(lines) == 2
    assert "csqm imports --limit 5" in lines[1]


def test_labels_of_which_none_is_used_fail(shop, files, csqm, tmp_path):
    csqm("import", files["a"], "-w", shop)
    head, good = LABEL.splitlines()
    table = tmp_path / "labels.csv"

    def label(*lines):
        table.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
        return csqm("label", table, "-w", shop)

    foreign = good.replace("a,2", "zz,2")
    assert label()[0] == 1
    code, _, err = label(foreign, foreign.replace("2,und", "3,und"))
    assert code == 1
    assert "None of the 2 rows" in err
    code, out, _ = label(foreign, good)
    assert code == 0
    assert "2 rows, 1 used, 1 rejected." in out
    assert "They hold 1 review (what one reviewer said of one reply): 1 new, 0 in place of earlier ones" in out


def test_a_folder_with_ones_own_files_does_not_become_a_workspace(csqm, tmp_path):
    mine = tmp_path / "documents"
    mine.mkdir()
    (mine / "letter.txt").write_text("dear", encoding="utf-8")
    code, result, _ = csqm("init", "-w", mine, "--json")
    assert (code, result["error"]["code"]) == (1, "folder_not_empty")
    assert "letter.txt" in result["error"]["what"]
    assert [path.name for path in mine.iterdir()] == ["letter.txt"]
    assert csqm("init", "-w", mine / "csqm")[0] == 0
    left = tmp_path / "left"  # what a making that was cut off leaves behind, and what a file manager puts there
    for name in ("exports", "backups"):
        (left / name).mkdir(parents=True)
    (left / "csqm.sqlite3.77.new").touch()
    (left / ".DS_Store").touch()
    assert csqm("init", "-w", left)[0] == 0


CHAT = (
    "[2026-09-01, 08:00:00] Maria: call me on 13812345678\n[2026-09-01, 08:01:00] Nice Shop: we will\n"
    "[2026-09-01, 08:02:00] Ben: and me\n"
)


def test_a_dry_run_shows_messages_conversations_and_who_is_who(shop, tmp_path, csqm):
    path = tmp_path / "_chat.txt"
    path.write_text(CHAT, encoding="utf-8")
    _, out, _ = csqm("import", path, "-w", shop, "--dry-run", "--timezone", "+08:00")
    assert "conversations: 1\n" in out
    assert "agent: Nice Shop, Ben; customer: Maria (" in out
    assert "2026-09-01 08:00:00+08:00  customer Maria: call me on [phone#" in out
    command = ("import", path, "-w", shop, "--timezone", "+08:00", "--agent", "Nice Shop")
    _, out, _ = csqm(*command, "--dry-run", "--json")
    (found,) = out["files"]
    assert found["people"] == {"agent": ["Nice Shop"], "customer": ["Maria", "Ben"]}
    assert (found["conversations"], len(found["preview"])) == (1, 3)
    assert found["preview"][0]["text"].startswith("call me on [phone#")
    assert found["preview"][0]["sent_at"] == "2026-09-01T08:00:00+08:00"
    assert "no sender is called Mara" in csqm("import", path, "-w", shop, "--dry-run", "--agent", "Mara")[2]
    assert "no sender is called" not in csqm(*command, "--dry-run")[2]
    _, out, _ = csqm("import", path, "-w", shop)
    assert "customer: Maria (if it is otherwise: csqm undo-import 1, then import again with --agent NAME)" in out
    csqm("undo-import", "1", "-w", shop)
    for _ in "an import and the same file again":
        _, out, _ = csqm(*command, "--json")
        assert (out["files"][0]["conversations"], out["files"][0]["preview"]) == (1, [])


def test_roles_that_a_file_says_are_not_told(shop, files, csqm):
    _, out, _ = csqm("import", files["a"], "-w", shop, "--json", "--dry-run")
    assert out["files"][0]["people"] == {}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--mapping", "nomap.json"), "import_mapping_missing", "docs/formats.md"),
        (("--format", "whatsap"), "import_format_name", "whatsapp"),
    ],
)
def test_what_is_wrong_with_a_command_is_told(shop, files, csqm, words, code, said):
    _, out, _ = csqm("import", files["a"], "-w", shop, *words, "--json")
    assert out["error"]["code"] == code
    assert said in out["error"]["remedy"]


def test_a_doubtful_encoding_is_told_with_the_option(shop, tmp_path, csqm):
    path = tmp_path / "a.csv"
    path.write_bytes((HEAD + "c,1,2026-09-01T08:00:00Z,agent,Bo,café\n").encode("latin-1"))
    _, out, _ = csqm("import", path, "-w", shop, "--json")
    assert out["error"]["code"] == "import_encoding_unsure"
    guess = re.search(r"--encoding (\w[\w-]+)", out["error"]["remedy"])[1]
    code, out, _ = csqm("import", path, "-w", shop, "--encoding", guess, "--json", "--dry-run")
    assert (code, out["files"][0]["preview"][0]["text"]) == (0, "café")
