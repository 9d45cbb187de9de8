"""No figure and no number word passes in silence: each is read, or flagged. On the gold, and on text nobody chose.

The lists of words here are kept apart from the engine's tables on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from bench.gold import gold
from hypothesis import given, settings
from hypothesis import strategies as st

from nightdesk.reading import read

ON = date(2023, 12, 15)
MANY = settings(max_examples=300, deadline=None)

NATIVE = "하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉|열하나|열둘|열셋|열다섯|열아홉|스물|서른|마흔|예순|일흔|여든|아흔|서넛|대여섯|예닐곱"
SINO = "(?:[이삼사오육칠팔구][십백천만억]|[십백천만억][일이삼사오육칠팔구])[일이삼사오육칠팔구십백천만억]*"
KOREAN = re.compile(
    f"(?<![가-힣])(?!열다|이만큼|만일|천이[가 ]|이천시|사천성|억이)(?:{NATIVE}|{SINO}|수십|수백|수천|수만|몇십|몇백|절반)"
    "(?=(?:은|는|이|가|을|를|도|만|에|의|로|씩|이나|이면)?(?:[^가-힣]|$))"
)
CHINESE = re.compile(
    "[一二两三四五六七八九]{1,3}[十百千万亿][一二三四五六七八九十百千万亿]*|第[一二三四五六七八九十]{1,3}[次批个名]|[两三四五六七八九][个名位次]"
)
ENGLISH = re.compile(
    r"(?<![A-Za-z])(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|twenty|thirty|forty|fifty|ninety"
    r"|hundred|thousand|million|billion|dozen|hundreds|thousands|half|twice)(?![A-Za-z])",
    re.IGNORECASE,
)
WORDS = {"ko": KOREAN, "zh": CHINESE, "en": ENGLISH}


def silent(text: str, lang: str, on: date | None, country: str | None) -> Iterator[str]:
    """The figures and number words that nothing explains and nothing flags, with what stands around them."""
    reading = read(text, lang, on, country)
    spans = [s for s in reading.spans if s.kind != "quotation"]
    covered = {i for s in [*spans, *reading.unread] for i in range(s.start, s.end)}
    yield from (text[max(0, i - 9) : i + 9] for i, c in enumerate(text) if c.isdecimal() and i not in covered)
    for word in WORDS[lang].finditer(text):
        if covered.isdisjoint(range(*word.span())):
            yield f"{word[0]} in {text[max(0, word.start() - 9) : word.end() + 9]}"


@pytest.mark.parametrize("lang", WORDS)
def test_no_figure_and_no_number_word_of_the_gold_passes_in_silence(lang: str) -> None:
    for line in gold((lang,)):
        assert not list(silent(line["text"], lang, date.fromisoformat(line["on"]), line["country"])), line[
            "id"
        ]


NUMBERS = {
    "ko": ["천이백", "이천오백", "삼백", "오십", "일곱", "열둘", "스물", "서른", "아홉", "3", "12", "2만", "1만5천", "٣", "７", "0.5", "수십"],
    "zh": ["二百", "三百五", "两千", "一万五", "二三十", "三四百", "第四次", "两个", "3", "12", "2万", "７", "0.5"],
    "en": ["two", "twelve", "twenty thousand", "half", "a hundred", "hundreds", "twice", "3", "12", "2k", "0.5", "1,5", "three dozen"],
}  # fmt: skip
BESIDE = {
    "ko": ["은", "이", "을", "도", "에", "씩", "이면", " 원", "명", " 쪽", "번째", "호", "려단", "가", "살", "시", "월", "년", "-", "/", "(", "?"],
    "zh": ["元", "人", "块", "被抓", "了", "号", "年", "月", "点", "，", "号楼", "师", "-", "/"],
    "en": [" yuan", " men", " of", " o'clock", "th", " in advance", "%", " Brigade", "-", "/", ", ", " times", " more", " dead"],
}  # fmt: skip


@st.composite
def notes(draw: st.DrawFn) -> tuple[str, str]:
    """Numbers with what stands beside them, and words that are neither, in any order."""
    lang = draw(st.sampled_from(list(WORDS)))
    filler = {"ko": ["쌀", "회령에서", "그 사람", "내라", "팔았다"], "zh": ["大米", "会宁", "他说", "要交"], "en": ["rice", "Hoeryong", "he said", "pay"]}  # fmt: skip
    pieces = []
    for _ in range(draw(st.integers(1, 6))):
        pieces.append(draw(st.sampled_from(NUMBERS[lang])) + draw(st.sampled_from(["", *BESIDE[lang]])))
        pieces.append(draw(st.sampled_from([*filler[lang], ".", ""])))
    return lang, draw(st.sampled_from([" ", "\n", ", "])).join(pieces)


@MANY
@given(notes(), st.sampled_from([None, ON]), st.sampled_from([None, "KP", "CN"]))
def test_no_number_of_made_notes_passes_in_silence(
    made: tuple[str, str], on: date | None, country: str | None
) -> None:
    lang, text = made
    assert not list(silent(text, lang, on, country)), text


@pytest.mark.parametrize(("lang", "text", "name"), [
    ("ko", "중국인 왕 사장이 나갔다.", "왕"), ("ko", "박씨네가 왔다.", "박"), ("ko", "브로커(림가)가 수수료라고 함.", "림"),
    ("zh", "崔家被拿走一万元。", "崔"), ("zh", "钢厂的朴技师上周末走了。", "朴"), ("zh", "老孙上月二十号来了。", "老孙"),
    ("zh", "厂长姜哲洙10月被叫去。", "姜哲洙"), ("zh", "我妹夫金哲4月22号被带走。", "金哲"),
    ("en", "A trader named Li in Dandong.", "Li"), ("en", "The Choe family lost it.", "Choe"), ("en", "Technician Pak hanged himself.", "Pak"),
])  # fmt: skip
def test_a_surname_beside_what_makes_it_one_is_read(lang: str, text: str, name: str) -> None:
    names = [
        s.value["name"] for s in read(text, lang, ON, "KP").spans if s.kind == "person" and "name" in s.value
    ]
    assert names == [name]


@pytest.mark.parametrize(("lang", "text"), [
    ("ko", "둘러싼 문제. 열다섯 같은 열을 냈다."), ("zh", "国家的政策，其余家里人都在。由于家庭困难。"), ("zh", "大家都知道，全家被抓。"),
    ("en", "the sister company and the brothers' shop"),
])  # fmt: skip
def test_what_only_looks_like_a_surname_is_none(lang: str, text: str) -> None:
    assert not [s for s in read(text, lang, ON, "KP").spans if s.kind == "person" and "name" in s.value]


def test_kin_before_a_name_is_read_beside_it() -> None:
    for lang, text, words in (
        ("en", "My cousin Kim Chol was taken.", ["cousin", "Kim Chol"]),
        ("zh", "妹夫金哲被带走。", ["妹夫", "金哲"]),
    ):
        assert [s.words for s in read(text, lang, ON, "KP").spans if s.kind == "person"] == words


def test_whoever_wants_the_values_alone_has_the_same_ones() -> None:
    texts = [(row["text"], row["lang"], ON, "KP") for row in gold()]
    for asked in (
        *texts,
        ("1 KG COSTS 5,000 WON", "en", ON, "KP"),
        ("An eleventh Person came.", "en", ON, "KP"),
    ):
        whole, values = read(*asked), read(*asked, flagged=False)
        assert values.spans == whole.spans
        assert set(values.unread) <= set(whole.unread)


def test_an_impossible_day_is_told_where_nothing_is_flagged() -> None:
    assert [one.words for one in read("On 31 February 77 came.", "en", ON, flagged=False).unread] == [
        "31 February"
    ]


@pytest.mark.parametrize("text", ["김철수께 드렸다.", "김철수서껀 넷이 갔다.", "김철수인지 모른다."])
def test_a_name_before_a_particle_of_talk_is_flagged(text: str) -> None:
    assert [one.words for one in read(text, "ko", ON, "KP").unread] == ["김철수"]
