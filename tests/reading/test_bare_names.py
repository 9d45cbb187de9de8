"""Names without a title, an age or a mark of respect: no rule knows them, and none may pass in silence."""

from datetime import date

import pytest

from nightdesk.reading import read

ON = date(2024, 3, 12)
PERHAPS = "perhaps somebody's name"


def flagged(text, lang):
    return [u.words for u in read(text, lang, ON, "KP").unread if u.why == PERHAPS]


@pytest.mark.parametrize(("text", "lang", "names"), [
    ("회령에서 박영희 체포", "ko", ["박영희"]), ("김철수가 체포됐다. 왕두철은 남았다.", "ko", ["김철수", "왕두철"]),
    ("리명수한테서 들었다", "ko", ["리명수"]), ("王建国昨天在会宁被捕。", "zh", ["王建国"]), ("昨天，李明被带走。", "zh", ["李明"]),
])  # fmt: skip
def test_what_could_be_a_bare_name_is_left_unread(text, lang, names):
    assert flagged(text, lang) == names


@pytest.mark.parametrize(("text", "lang"), [
    ("정부가 발표했다. 우리는 하루에 한 끼를 먹는다.", "ko"), ("안전부가 왔다. 로동자의 말이다.", "ko"), ("채택하는 것을 반대하고", "ko"),
    ("보위원 김철수가 왔다", "ko"), ("변호사 사무실, 기상청 발표", "ko"), ("江上昨天开船。白天在河边。钱都被收走。", "zh"),
])  # fmt: skip
def test_words_and_known_names_are_not(text, lang):
    assert flagged(text, lang) == []
