"""The names extra: missing, it breaks nothing; installed, it is loaded when Korean text asks for it, and not before."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from datetime import date

import pytest

from nightdesk.reading import extra, read
from nightdesk.reading.extra import names_where_installed

ON = date(2023, 12, 15)
HEAVY = ("kiwipiepy", "nightdesk_names_ko", "numpy")


def test_without_the_extra_the_rules_read_as_ever(monkeypatch) -> None:
    monkeypatch.setattr(extra, "PACKAGE", "nightdesk_names_that_nobody_has")
    assert names_where_installed() is None


def test_the_command_loads_nothing_for_text_that_has_no_korean() -> None:
    lines = "".join(
        json.dumps({"text": text}) + "\n" for text in ("They paid 20k RMB.", "他付了2万元。", "12")
    )
    code = (
        "import sys\nfrom nightdesk.cli import main\n"
        "try:\n    main(['read'], standalone_mode=False)\nfinally:\n"
        f"    print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=lines, capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == "[]"
    assert len(done.stdout.splitlines()) == 3


names_ko = pytest.importorskip("nightdesk_names_ko", reason="the names extra is not installed")
pytest.importorskip("kiwipiepy", reason="the names extra is not installed")
TEXT = "평양에서 온 강철호 씨는 조선중앙통신 기자 림정숙과 함께 대동강무역회사를 찾았다. 김모(33)씨도 왔다."


def reading():
    return read(TEXT, "ko", ON, "KP", names=names_where_installed())


def test_the_same_text_reads_the_same() -> None:
    assert reading() == reading()


def test_what_was_forgotten_reads_the_same_again(monkeypatch) -> None:
    """Parts and their weights are kept only up to a bound; passing it changes no label."""
    from nightdesk_names_ko import crf, parts

    before = reading()
    monkeypatch.setattr(crf, "MANY", 5)
    monkeypatch.setattr(parts, "MANY", 5)
    assert [reading() for _ in range(3)] == [before] * 3
    assert parts.pair.cache_info().currsize < 200 and len(names_ko.model().sums) < 2_000


def test_names_that_no_table_holds_are_told() -> None:
    told = {s.words: s.kind for s in reading().spans}
    assert told["강철호"] == "person"
    assert told["평양"] == "place"
    assert "organisation" in told.values()


def test_every_reading_of_the_rules_is_still_there() -> None:
    by_rules = {
        (s.start, s.end, s.kind)
        for s in read(TEXT, "ko", ON, "KP").spans
        if s.kind not in ("place", "person")
    }
    assert by_rules <= {(s.start, s.end, s.kind) for s in reading().spans}


@pytest.mark.parametrize(
    "text",
    ["", "가", "ㅋㅋㅋㅋ", "가" * 5000, "한국 " * 3000, "\n\n한국\n\r\n", "😀한국😀", "ᄒ\u200b한\ud800국"],
)
def test_odd_text_is_read_without_a_fall(text) -> None:
    found = read(text, "ko", ON, names=names_where_installed())
    assert all(0 <= s.start < s.end <= len(text) for s in found.spans)


@pytest.mark.parametrize("word", ["손전화", "장마당", "돈주들", "중국 손전화"])
def test_an_everyday_word_of_the_north_is_no_name(word) -> None:
    assert names_ko.is_word(word)
    told = read(f"{word}를 두고 말했다.", "ko", ON, names=names_where_installed()).spans
    assert [s.words for s in told if s.value.get("by") and s.kind != "quantity"] == []


def test_long_text_is_cut_at_spaces_and_nothing_is_lost() -> None:
    text = "한국 사람 " * 2000 + "\n끝"
    cut = names_ko.lines(text)
    assert "".join(text[a:b] for a, b in cut) == text
    assert max(b - a for a, b in cut) <= names_ko.LONGEST


def test_the_best_row_of_labels_is_the_best_of_all_rows() -> None:
    table = ["labels\tB-PS\tI-PS\tO", ">\tB-PS\tI-PS\t1.5", ">\tO\tB-PS\t-0.5", ">\tI-PS\tO\t0.7",
             "a\tB-PS=1.0\tO=0.4", "b\tI-PS=0.9\tB-PS=0.8", "c\tO=1.1"]  # fmt: skip
    model = names_ko.crf.parse(iter(table))
    for said in itertools.product("abcd", repeat=4):
        rows = [[(letter,)] for letter in said]
        assert score(model, names_ko.crf.best(model, rows), rows) == max(
            score(model, labels, rows)
            for labels in itertools.product(model.labels, repeat=4)
            if allowed(labels)
        )


def allowed(labels) -> bool:
    return all(not b.startswith("I-") or a[1:] == b[1:] for a, b in itertools.pairwise(("O", *labels)))


def score(model, labels, rows) -> int:
    at = [model.labels.index(label) for label in labels]
    here = names_ko.crf.added(model, rows)
    steps = sum(model.costs[b, a] for a, b in itertools.pairwise(at))
    return int(steps + sum(here[i, n] for i, n in enumerate(at)))


def test_parts_that_were_kept_add_up_to_what_each_feature_adds() -> None:
    model = names_ko.crf.parse(iter(["labels\tB-PS\tO", "a\tB-PS=1.0\tO=0.4", "b\tB-PS=-0.25"]))
    for _ in range(2):  # the second time from what was kept
        assert names_ko.crf.added(model, [[("a", "b"), ("b", "unknown")], [("c",)]]).tolist() == [
            [50, 40],
            [0, 0],
        ]


def test_the_table_is_small_readable_and_lists_no_persons() -> None:
    own = ("w=", "wt=", "c2=", "c3=", "p2=", "p3=", "gw=", "gl=", "gf=", "ge2=", "rw=", "bw=", "wc=")
    table = names_ko.files("nightdesk_names_ko") / "data" / "weights.tsv"
    text = table.read_text("utf-8")
    assert len(text.encode()) < 5_000_000
    assert "CC BY-SA 4.0" in text.splitlines()[0]
    rows = [line.split("\t") for line in text.splitlines() if line.startswith(own)]
    assert [row for row in rows if any("-PS=" in pair for pair in row[1:])] == []


def test_texts_seen_in_a_lot_have_the_same_labels() -> None:
    texts = [TEXT, "주은아가 왔다.\n강철호도 왔다.", TEXT, ""]
    alone = [names_ko.names(text, ()) for text in texts]
    names_ko.ahead(texts)
    assert [names_ko.names(text, ()) for text in texts] == alone
