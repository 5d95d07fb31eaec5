"""A table of texts and classes in the command line: which class is better, and what follows where none is."""

import pytest

from csqm_desktop.store.workspace import Workspace


def table(tmp_path, *classes, name="seed.csv"):
    path = tmp_path / name
    rows = "".join(f"text number {i},{classes[i % len(classes)]}\n" for i in range(12))
    path.write_text("text,label\n" + rows, encoding="utf-8")
    return path


def levels(folder):
    space = Workspace.open(folder)
    criterion = space.scorecards.current().criteria[0]
    counts = sorted(label.counts["label"] for label in space.reviews.labels())
    space.close()
    return [level.key for level in criterion.levels], criterion.ordered, counts


def test_words_with_an_order_are_put_in_it(csqm, tmp_path):
    code, out, err = csqm("init", "-w", tmp_path / "w", "--labels-from", table(tmp_path, "good", "ok", "bad"))
    assert code == 0, err
    assert "Worst to best: bad, ok, good." in out
    assert "--order" in out
    keys, ordered, counts = levels(tmp_path / "w")
    assert (keys, ordered) == (["bad", "ok", "good"], True)
    assert counts == [(0, 0, 1)] * 4 + [(0, 1, 0)] * 4 + [(1, 0, 0)] * 4
    assert csqm("trend", "-w", tmp_path / "w", "--source", "people")[0] == 0


def test_classes_without_an_order_have_no_mean(csqm, tmp_path):
    folder, seed = tmp_path / "w", table(tmp_path, "Toys", "Food")
    code, out, err = csqm("init", "-w", folder, "--labels-from", seed)
    assert code == 0, err
    assert "no order that csqm knows" in out
    assert "--order Toys,Food" in out
    assert levels(folder)[:2] == (["Toys", "Food"], False)
    for more in ((), ("--private", "1")):
        code, result, _ = csqm("trend", "-w", folder, "--source", "people", "--json", *more)
        assert (code, result["error"]["code"]) == (1, "figures_unordered")


def test_an_order_that_somebody_gives_counts(csqm, tmp_path):
    folder, seed = tmp_path / "w", table(tmp_path, "Gold", "Silver", "a/b")
    code, result, err = csqm("init", "-w", folder, "--labels-from", seed, "--order", "A/B, silver, gold", "--json")
    assert code == 0, err
    assert (result["levels"], result["ordered"]) == (["a/b", "Silver", "Gold"], True)
    assert levels(folder)[:2] == (["a_b", "Silver", "Gold"], True)


@pytest.mark.parametrize(("words", "code"), [(("--order", "good"), 1), (("--order", "good,ok,good"), 1)])
def test_an_order_with_other_classes_is_refused(csqm, tmp_path, words, code):
    found = csqm("init", "-w", tmp_path / "w", "--labels-from", table(tmp_path, "good", "ok"), *words, "--json")
    assert (found[0], found[1]["error"]["code"]) == (code, "labelled_order")
    assert "ok,good" in found[1]["error"]["remedy"]
    assert not (tmp_path / "w").exists()


def test_an_order_needs_a_table(csqm, tmp_path):
    assert csqm("init", "-w", tmp_path / "w", "--order", "a,b")[0] == 2
