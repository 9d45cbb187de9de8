"""A day a few days ahead of the contact, without its year: ahead for what is to come, behind for what is told as over."""

from __future__ import annotations

from datetime import date

import pytest

from nightdesk.reading import read

TOLD = date(2023, 12, 15)


def year(text: str, lang: str) -> str:
    """Of its first day."""
    first = next(span for span in read(text, lang, TOLD, "KP").spans if span.kind == "date")
    return str(first.value["edtf"])[:4]


@pytest.mark.parametrize(("text", "lang"), [
    ("On December 20 they shot him.", "en"), ("On December 20 he bought rice.", "en"), ("The police brought him in on December 20.", "en"),
    ("On December 20 agents found the phone.", "en"), ("On December 20 she gave birth.", "en"), ("He met the broker on December 20.", "en"),
    ("On December 20 at 5 a.m. they shot him.", "en"), ("The No. 5 unit shot him on Dec. 20.", "en"),
    ("12월 20일에 체포.", "ko"), ("12월 20일에 연행됨.", "ko"), ("12월 20일에 죽은 사람이 있어.", "ko"), ("12월 20일에 끌려가더라.", "ko"),
    ("12월 20일에 잡혀간 뒤로 소식이 없어.", "ko"), ("12월 20일에 체포된 사람은 둘.", "ko"), ("12월 20일에 넘어온 남자.", "ko"),
    ("12月20日被捕。", "zh"), ("12月20日有人被带走。", "zh"), ("12月20日失踪。", "zh"), ("12月20日发生爆炸。", "zh"),
])  # fmt: skip
def test_what_befell_somebody_is_no_day_to_come(text: str, lang: str) -> None:
    assert year(text, lang) == "2022"


@pytest.mark.parametrize(("text", "lang"), [
    ("The market on December 20 is a big one.", "en"), ("He says the market opens on December 20.", "en"), ("12월 20일에 시장이 선다.", "ko"), ("He was ill. The market on December 20 is a big one.", "en"),
    ("앓았소. 12월 20일에 시장이 선다.", "ko"),
    ("12월 20일에 예정된 회의.", "ko"), ("12月20日要换一批。", "zh"), ("12月20日要被遣返。", "zh"),
])  # fmt: skip
def test_what_is_to_come_is_near_ahead(text: str, lang: str) -> None:
    assert year(text, lang) == "2023"
