"""Names nobody has listed are unread, by their form alone; what only looks like one is not."""

from __future__ import annotations

from datetime import date

import pytest

from nightdesk.reading import read

ON = date(2023, 12, 15)


def unread(text: str, lang: str) -> list[str]:
    return [text[one.start : one.end] for one in read(text, lang, ON, "KP").unread]


@pytest.mark.parametrize(("text", "name"), [
    ("보위원 김철수가 돈을 요구했다.", "김철수"), ("지배인 박영희는 말이 없었다.", "박영희"),
    ("김씨는 장사를 그만두었다.", "김"), ("리명국 동무를 불러냈다.", "리명국"), ("교원 최정남도 갔다.", "최정남"),
])  # fmt: skip
def test_a_korean_name_after_a_title_or_before_a_word_of_address_is_unread(text, name) -> None:
    if name == "김":
        assert unread(text, "ko") == []  # a bare surname fits thousands
    else:
        assert unread(text, "ko") == [name]


@pytest.mark.parametrize(
    ("text", "name"), [("保卫员金哲洙要钱。", "金哲洙"), ("医生朴英姬说不知道。", "朴英姬")]
)
def test_a_chinese_name_after_a_title_is_unread(text, name) -> None:
    assert unread(text, "zh") == [name]


@pytest.mark.parametrize("text", [
    "보위원 전원이 나섰다.", "안전원 한사람이 왔다.", "주민 이들은 돌아갔다.", "주민 여성이 말했다.", "군인 일부가 떠났다.",
    "지배인 지시를 어겼다.", "비서 방침을 전달했다.", "주민 조직을 만들었다.", "우리 동무가 왔다.", "여성 동지가 왔다.",
])  # fmt: skip
def test_common_words_after_a_title_are_no_names(text) -> None:
    assert unread(text, "ko") == []
