"""Search finds what is stored, whatever has happened to it since."""

import random
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csqm_desktop.store.grams import grams, grams_of
from csqm_desktop.store.search_index import SETTLED_AT_ONCE
from csqm_desktop.store.workspace import Workspace
from tests.builders import add, message, scorecard, workspace

TEXTS = [
    "退款什么时候到账",
    "我要退货，不要退款了",
    "The Refund has been issued",
    "refunds take 3 days",
    "款式退了色",
    "iPhone15保护壳",
    "Café au lait 2026-09-01",
    "嗯",
]


@pytest.fixture
def space(tmp_path):
    made = workspace(tmp_path / "w", *(message(n, text=text) for n, text in enumerate(TEXTS, start=1)))
    yield made
    made.close()


def found(space, text, **options):
    return [hit.text for hit in space.search.find(text, **options)]


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("退款", [1, 0]),
        ("退货 退款", [1]),
        ("什么时候", [0]),
        ("款", [4, 1, 0]),
        ("嗯", [7]),
        ("refund", [3, 2]),
        ("REFUND issued", [2]),
        ("fund", []),  # words are found from their beginning
        ("iphone", [5]),
        ("iphone15保护", [5]),
        ("cafe", [6]),
        ("2026-09-01", [6]),
        ('"要退款"', [1]),
        ('"not there"', []),
        ("款退", []),  # both characters are there, the pair is not
        ("   ", []),
        ('" OR * NEAR(', []),
        ("🙂", []),
    ],
)
def test_what_is_found(space, query, places):
    assert found(space, query) == [TEXTS[place] for place in places]


def test_replies_only_limit_and_the_next_page(space):
    assert found(space, "退", limit=1) == [TEXTS[4]]
    assert [hit.is_reply for hit in space.search.find("退", replies_only=True)] == [True]
    first = space.search.find("退", limit=2)
    rest = space.search.find("退", before=first[-1].message_id)
    assert [hit.text for hit in rest] == [TEXTS[0]]


def test_edits_undo_and_a_deleted_conversation(space):
    batch, _ = add(space, [message(1, text="发票抬头"), message(20, text="发票已寄出")])
    assert found(space, "发票") == ["发票已寄出", "发票抬头"]
    assert found(space, "什么时候") == []
    space.batches.roll_back(batch, "undone")
    assert found(space, "发票") == []
    assert found(space, "什么时候") == [TEXTS[0]]
    with space.database.transaction() as connection:
        connection.execute("DELETE FROM conversations")
    assert found(space, "退款") == []
    assert space.search.problems() == []


def test_nothing_of_a_deleted_text_is_left_after_a_purge(space):
    with space.database.transaction() as connection:
        connection.execute("DELETE FROM messages WHERE text = 'iPhone15保护壳'")
    space.search.purge()
    assert b"iphone15" not in b"".join(
        row[0] for row in space.database.connection().execute("SELECT block FROM message_search_data")
    )


def test_a_change_that_is_rolled_back_leaves_the_index_alone(space):
    def fail():
        with space.database.transaction() as connection:
            connection.execute("UPDATE messages SET text = '发票' WHERE text LIKE '%退%'")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert found(space, "退款") == [TEXTS[1], TEXTS[0]]
    assert found(space, "发票") == []


def test_an_older_workspace_is_searched_before_and_after_it_is_indexed(tmp_path):
    folder = tmp_path / "w"
    Workspace.create(folder, scorecard()).close()
    old = sqlite3.connect(folder / "csqm.sqlite3")
    old.execute(
        "INSERT INTO conversations (id, source_id, channel, shop, product, order_id) VALUES (1,'c','','','','')"
    )
    old.executemany(
        "INSERT INTO messages (conversation_id, source_id, sent_at, offset_minutes, day, role, sender, text, private,"
        " is_reply, intent, bot_version, content_hash, derived_id) VALUES (1,?,1,0,1,'agent','',?,0,1,'','',x'00',0)",
        [(str(n), "退款" if n == 7 else "发货") for n in range(SETTLED_AT_ONCE + 5)],
    )
    old.commit()
    old.close()
    space = Workspace.open(folder)
    assert len(space.search.find("退款")) == 1
    space.set_fact("x", "a commit of anything does not index it all")
    assert space.search.waiting() == SETTLED_AT_ONCE + 5
    space.search.catch_up()
    assert space.search.waiting() == 0
    assert len(space.search.find("退款")) == 1
    assert space.search.problems() == []
    space.close()


def test_random_writes_agree_with_a_plain_scan(space):
    draw = random.Random(3)
    letters = "退款货单ab "
    connection = space.database.connection()
    for turn in range(30):
        new = [message(draw.randrange(40), text="".join(draw.choices(letters, k=draw.randrange(1, 9))) + "x")
               for _ in range(3)]  # fmt: skip
        add(space, list({m.message_id: m for m in new}.values()))
        with space.database.transaction() as writing:
            if turn % 3 == 0:
                writing.execute("DELETE FROM messages WHERE id = (SELECT max(id) FROM messages)")
            writing.execute("UPDATE messages SET text = text || '单' WHERE id % 7 = ?", (turn % 7,))
        for query in ("退款", "货单", "单"):
            expected = [r[0] for r in connection.execute(
                "SELECT text FROM messages WHERE instr(text, ?) ORDER BY id DESC", (query,))]  # fmt: skip
            assert found(space, query, limit=1000) == expected
    assert space.search.problems() == []
    space.search.rebuild()
    assert found(space, "退款", limit=1000) == [
        r[0] for r in connection.execute("SELECT text FROM messages WHERE instr(text, '退款') ORDER BY id DESC")
    ]


def test_grams_pair_characters_within_runs_only():
    assert grams("退款吗，ok").split() == ["退款", "款吗", "，ok"]
    assert grams("plain text") == "plain text"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text("退款吗，ok \n\0𠀀ー한é", max_size=12), max_size=8), st.integers(1, 40))
def test_many_texts_at_once_give_the_same_words_and_pairs(texts, block):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("csqm_desktop.store.grams._BLOCK_CHARS", block)
        assert [sorted(words.split()) for words in grams_of(texts)] == [sorted(grams(text).split()) for text in texts]


def test_messages_written_in_place_of_waiting_or_deleted_ones_are_found(tmp_path):
    """Only what follows the index's mark is indexed while it is written."""
    space = workspace(tmp_path / "w")
    add(space, [message(1, text="退款什么时候到账")])
    with space.database.transaction() as writing:
        writing.execute("DELETE FROM messages")
        add(space, [message(2, text="快递到哪里了")])
    assert found(space, "快递") == ["快递到哪里了"]
    assert found(space, "退款") == []
    assert space.search.problems() == []
    with space.database.transaction() as writing:
        writing.execute("UPDATE search_state SET indexed_upto = 0")
        writing.execute("INSERT INTO message_search (message_search) VALUES ('delete-all')")
        add(space, [message(1, "c2", text="快递没有到")])
    assert sorted(found(space, "快递")) == ["快递到哪里了", "快递没有到"]
    assert space.search.waiting() == 0
    space.close()
