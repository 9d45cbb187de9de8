"""Which particle follows a word."""

import pytest

from nightdesk.values.korean import either, ends_in_consonant


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("회령을(를) 말했다", "회령을 말했다"),
        ("무산시 보위부은(는) 갔다", "무산시 보위부는 갔다"),
        ("2만 위안(약 2800달러)이(가) 같다", "2만 위안(약 2800달러)이 같다"),
        ("서울(으)로 갔다", "서울로 갔다"),
        ("회령(으)로 갔다", "회령으로 갔다"),
        ("1(으)로 적었다", "1로 적었다"),
        ("3(으)로 적었다", "3으로 적었다"),
        ("단속과(와) 수색와(과) 같다", "단속과 수색과 같다"),
        ("Millet을(를) 만났다", "Millet를 만났다"),
        ("을(를) 홀로", "를 홀로"),
    ],
)
def test_the_particle_agrees_with_the_word_before_it(written: str, printed: str) -> None:
    assert either(written) == printed


def test_a_closing_quotation_mark_is_not_spoken() -> None:
    assert ends_in_consonant("“단속”") and not ends_in_consonant("“보위부”")
