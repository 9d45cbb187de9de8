"""What the words beside a sum say it was: what the form of a claim begins with."""

from __future__ import annotations

from datetime import date

import pytest

from nightdesk.desk.claims.sumrole import role_of
from nightdesk.incidents import SUM_ROLES
from nightdesk.reading import read


def roles(text: str, lang: str) -> list[str]:
    reading = read(text, lang, date(2023, 12, 15), country="KP")
    sums = [span for span in reading.spans if span.kind == "money"]
    return [role_of(text, lang, its, reading.spans, (0, len(text))) for its in sums]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("보위부가 벌금 2만 위안을 물렸다.", "fined"),
        ("벌금으로 2만 위안을 내라고 했다.", "fined"),
        ("2만 위안의 벌금을 냈다.", "fined"),
        ("뇌물 500위안을 주고 풀려났다.", "paid"),
        ("뇌물로 500위안을 요구했다.", "demanded"),
        ("담당 보위원에게 뇌물 500위안.", "paid"),
        ("보위원이 찾아와 2만 위안을 내라고 했다.", "demanded"),
        ("브로커는 결국 2만 위안을 바쳤다.", "paid"),
        ("2만 위안을 내고 나왔다.", "paid"),
        ("집에 있던 2만 위안을 몰수했다.", "confiscated"),
        ("쌀 1킬로에 6200원이다.", "price"),
        ("장마당 쌀값은 6200원이다.", "price"),
        ("2만 위안을 보냈다.", ""),
        ("2만 위안을 못 냈다.", ""),
        ("집에 2만 위안이 있었다.", ""),
    ],
)
def test_korean_says_it_in_the_noun_before_or_the_verb_behind(text, expected):
    assert roles(text, "ko")[-1] == expected


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("He was fined 20,000 yuan.", "en", "fined"),
        ("They paid a fine of 500 yuan.", "en", "fined"),
        ("She paid 500 yuan in fines.", "en", "fined"),
        ("They paid a bribe of 500 yuan.", "en", "paid"),
        ("They demanded a bribe of 500 yuan.", "en", "demanded"),
        ("A bribe of 500 yuan got him out.", "en", "paid"),
        ("The agents asked him for 20,000 yuan.", "en", "demanded"),
        ("They demanded 20,000 yuan, which he paid.", "en", "demanded"),
        ("20,000 yuan was confiscated at the border.", "en", "confiscated"),
        ("He never paid 500 yuan.", "en", ""),
        ("He is fine and had 500 yuan.", "en", ""),
        ("公安罚款2万元。", "zh", "fined"),
        ("他们索要2万元。", "zh", "demanded"),
        ("家里交了2万元才放人。", "zh", "paid"),
        ("身上的2万元被没收了。", "zh", "confiscated"),
    ],
)
def test_english_and_chinese_say_it_mostly_before(text, lang, expected):
    assert roles(text, lang) == [expected]


def test_of_two_sums_each_has_the_word_beside_it():
    assert roles("벌금 2만 위안과 뇌물 500위안을 냈다.", "ko") == ["fined", "paid"]
    assert roles("They demanded 20,000 yuan and he paid 5,000 yuan.", "en") == ["demanded", "paid"]


def test_words_of_another_sentence_say_nothing_of_the_sum():
    text = "집에 2만 위안이 있었다. 벌금은 냈다."
    reading = read(text, "ko", date(2023, 12, 15), country="KP")
    [its] = [span for span in reading.spans if span.kind == "money"]
    assert role_of(text, "ko", its, reading.spans, (0, 14)) == ""


def test_a_letter_that_is_two_in_small_moves_no_sum():
    assert roles("İİİİİİİİ. A fine of 500 yuan, said İ.", "en") == ["fined"]


def test_every_role_of_the_table_is_one_that_a_claim_knows():
    from nightdesk.desk.claims.sumrole import _table

    assert set(_table()["role"]) == set(SUM_ROLES)
