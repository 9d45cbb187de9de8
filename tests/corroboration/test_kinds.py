"""What sort of text a call note is, and which of its days are its event's."""

from datetime import date

import pytest

from nightdesk.corroboration import Account
from nightdesk.corroboration.tell import tell


def facts(text, lang, on=date(2024, 3, 15)):
    return tell(Account("a", text, lang, on, source="s")).facts


@pytest.mark.parametrize(
    ("text", "lang", "kind"),
    [
        ("광산에서는 1월이면 늘 사고가 난다고 함. 해마다 두셋은 상한다고 했음", "ko", "pattern"),
        ("过年期间江边管得紧,每年都这样,边防挨家发传单。祝大家新年好", "zh", "pattern"),
        ("They have current from two to four, as every October. Rice 6,150.", "en", "pattern"),
        ("연말이 되면 꼭 본보기로 재판을 하고 사람을 쏩니다", "ko", "pattern"),
        ("Rice in Chongjin is at 6,100. No events to report. Her knee is bad.", "en", "nothing"),
        ("图们这边没什么事。口岸照常过货车", "zh", "nothing"),
        ("No other news: two men were arrested in Hoeryong on Monday", "en", "act"),
        ("해마다 이맘때면 그런데, 어제 회령에서 세 명이 죽었다", "ko", "act"),
        ("어제 무산광산에서 사면이 무너졌다. 셋이 죽어 있었다. 며칠 전부터 금이 간 걸 알았다", "ko", "act"),
        ("In Hoeryong two men were shot, as every winter.", "en", "act"),
        ("In Hoeryong people are shot every winter.", "en", "pattern"),
        ("회령에서 해마다 그렇듯 남자 두 명이 총에 맞아 죽었다", "ko", "act"),
        ("5월 초부터 회령에서 손전화를 단속하고 있다", "ko", "campaign"),
    ],
)
def test_what_comes_every_year_or_tells_no_news_is_no_event(text, lang, kind):
    assert facts(text, lang).kind == kind


@pytest.mark.parametrize(
    ("text", "lang", "days"),
    [
        ("연말이 되면 재판을 한다", "ko", []),
        ("모내기철이면 장마당 시간을 줄인다", "ko", []),
        ("感冒药比秋天翻了一倍", "zh", []),
        ("Happy New Year from Nampo", "en", []),
        ("我媳妇三月十四号送走的,现在关在稳城保卫部", "zh", ["2024-03-14"]),
        ("现在，晚上八点半，楼顶冒火", "zh", ["2024-03-15"]),
        ("老郑媳妇现在关在和龙", "zh", []),
        ("그래야 설 전에 조용하다", "ko", []),
        ("那天早上看得见烟柱子", "zh", []),
    ],
)
def test_a_day_that_comes_again_or_stands_aside_is_not_the_events(text, lang, days):
    assert [day.edtf for day in facts(text, lang).dates] == days
