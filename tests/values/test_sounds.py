"""A Korean name sounds alike however it is spelled."""

import pytest

from nightdesk.values.sounds import skeleton, sound_of, vowels_of


@pytest.mark.parametrize(("spelled", "korean"), [
    ("Ch’oe Yŏng-ae", "최영애"), ("Ch'oe Yong-ae", "최영애"), ("Ri Ŭn-a", "리은아"), ("Kim Soo-ah", "김수아"), ("Noh Min", "노민"),
])  # fmt: skip
def test_marks_and_silent_letters_of_a_romanisation_change_no_sound(spelled: str, korean: str) -> None:
    assert sound_of(spelled) == sound_of(korean) != ""


def test_a_ward_with_a_breve_is_the_ward() -> None:
    assert skeleton("Yŏnphung-dong") == skeleton("연풍동") == skeleton("Yonphung-dong")


@pytest.mark.parametrize(("spelled", "korean"), [
    ("Lee Chul-soo", "이철수"), ("Kim Jieun", "김지은"), ("Paik Hee", "백희"), ("Choi Young-ae", "최영애"), ("Kwŏn Ŭi-sŏng", "권의성"), ("朴英姬", "박영희"),
])  # fmt: skip
def test_romanisations_mix_up_no_more_than_some_vowels(spelled: str, korean: str) -> None:
    assert vowels_of(spelled) == vowels_of(korean) != ""


def test_names_of_the_same_consonants_have_other_vowels() -> None:
    assert len({vowels_of(name) for name in ("이상현", "이상한", "이생현")}) == 3
