"""Notes that strangers wrote and marked: floors against falling back, no scores (docs/performance.md has those)."""

from bench.strangers import is_right, rows, tallies


def test_every_marked_span_holds_its_words():
    for row in rows("all"):
        for span in row["spans"]:
            assert row["text"][span["start"] : span["end"]] == span["words"], row["id"]


def test_days_and_places_of_strangers_are_read():
    found = tallies("all")
    for lang, days, places in (("ko", 0.8, 0.9), ("zh", 0.85, 0.9), ("en", 0.77, 0.95)):
        assert found[lang, "date"].right / found[lang, "date"].gold >= days, lang
        assert found[lang, "place"].f1 >= places, lang


def test_a_wrong_value_is_not_right():
    day = {"earliest": "2025-03-10", "latest": "2025-03-10"}
    assert is_right("date", day, day) and not is_right("date", day, day | {"latest": None})
    assert not is_right("money", {"amount": "5", "currency": "CNY"}, {"amount": "5", "currency": "KPW"})
    assert not is_right("quantity", {"count": 5}, {"count": 6}) and is_right(
        "quantity", {"count": 5}, {"amount": "5"}
    )
    assert is_right("date", None, {})
