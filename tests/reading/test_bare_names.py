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
    ("박영희랑 리철수도 잡혔다.", "ko", ["박영희", "리철수"]), ("잡힌 사람은 박영희였다.", "ko", ["박영희"]), ("박영희네 집을 뒤졌다.", "ko", ["박영희"]),
    ("“박영희”라는 이름이었다.", "ko", ["박영희"]), ("박영희까지 끌려갔다.", "ko", ["박영희"]), ("남궁민수가 왔다.", "ko", ["남궁민수"]),
    ("昨天王建国被抓了。", "zh", ["王建国"]), ("他们抓走了王建国。", "zh", ["王建国"]), ("他叫王建国。", "zh", ["王建国"]), ("欧阳明被抓。", "zh", ["欧阳明"]),
    ("리명수한테서 들었다", "ko", ["리명수"]), ("王建国昨天在会宁被捕。", "zh", ["王建国"]), ("昨天，李明被带走。", "zh", ["李明"]),
    ("한지은 체포", "ko", ["한지은"]), ("제갈영희가 잡혀갔다. 선우혜정도.", "ko", ["제갈영희", "선우혜정"]),
    ("昨天王建国被抓，听说李秀英跑了。", "zh", ["王建国", "李秀英"]), ("arrested: kim jong su, pak chol-min", "en", ["kim jong su", "pak chol-min"]),
    ("他们把王建国抓走了。", "zh", ["王建国"]), ("给李明打电话。", "zh", ["李明"]), ("王建国、李明、赵四被抓。", "zh", ["王建国", "李明", "赵四"]), ("被抓的有王建国、李明、赵四。", "zh", ["王建国", "李明", "赵四"]),
    ("李明和王芳没回来。", "zh", ["李明", "王芳"]), ("他们抓了王建国和李明。", "zh", ["王建国", "李明"]), ("把赵四押走。", "zh", ["赵四"]), ("找王建国要钱，问李明就知道。", "zh", ["王建国", "李明"]),
    ("王建国来电话说，李明的妻子哭了。", "zh", ["王建国", "李明"]), ("邻居王建国失踪。", "zh", ["王建国"]),
    ("ri sol ju was there, they took han ji eun.", "en", ["ri sol ju", "han ji eun"]), ("lee min ho came; choe il was shot.", "en", ["lee min ho", "choe il"]),
    ("Kim jong su is gone. Taken: kim il, ri chol.", "en", ["Kim jong su", "kim il", "ri chol"]), ("kim in ho came", "en", ["kim in ho"]),
    ("최영이가 왔다. 김일이가 갔다.", "ko", ["최영이", "김일이"]), ("박철 체포. 리설을 체포했다.", "ko", ["박철", "리설"]),
])  # fmt: skip
def test_what_could_be_a_bare_name_is_left_unread(text, lang, names):
    assert flagged(text, lang) == names


@pytest.mark.parametrize(("text", "lang"), [
    ("정부가 발표했다. 우리는 하루에 한 끼를 먹는다.", "ko"), ("안전부가 왔다. 로동자의 말이다.", "ko"), ("채택하는 것을 반대하고", "ko"),
    ("국경은 체포로 조용하다. 400명 이상이 사망", "ko"), ("the wang on the wall, a yang to his yin", "en"), ("今天马上跑了。和金钱", "zh"),
    ("보위원 김철수가 왔다", "ko"), ("변호사 사무실, 기상청 발표", "ko"),
    ("조심하라고 했다. 변상하라며 때렸다. 위로금만 받았다.", "ko"), ("抓了两个人。昨天高兴。", "zh"), ("江上昨天开船。白天在河边。钱都被收走。", "zh"),
    ("把钱打过来，把马匹带走，把石头打碎。", "zh"), ("白菜、黄豆、石油涨价。给许多人打电话。", "zh"), ("金属和石油。高丽航空。发票和许可都有。", "zh"), ("对方在龙川。", "zh"),
    ("Lee put in a word. Kim to go. Pak in a car.", "en"), ("the lee of the hill, li to me", "en"), ("강도 체포. 정부가 체포했다. 조사 이송. 한의 죽음.", "ko"),
])  # fmt: skip
def test_words_and_known_names_are_not(text, lang):
    assert flagged(text, lang) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [("Choe Yŏng-ae was taken.", "Choe Yong-ae"), ("They took Pak Ch’ŏl-su.", "Pak Ch'ol-su")],
)
def test_marks_of_mccune_and_reischauer_hide_no_name(text, name):
    assert [span.value["name"] for span in read(text, "en", ON, "KP").spans if span.kind == "person"] == [
        name
    ]


def test_latin_letters_with_marks_are_capitals_too():
    unread = read("He met José García and Đặng Thị.", "en", ON, "KP").unread
    assert [u.words for u in unread] == ["José García", "Đặng Thị"]


@pytest.mark.parametrize(("text", "lang", "said"), [
    ("call one one two", "en", "one one two"), ("five double three oh one", "en", "five double three oh one"), ("공일공에 걸었다", "ko", "공일공"),
    ("일이삼사 번", "ko", "일이삼사"), ("打一一零", "zh", "一一零"), ("电话幺三八四", "zh", "幺三八四"),
    ("일일구에 전화", "ko", "일일구"), ("전화번호 일삼팔", "ko", "일삼팔"), ("电话一三八打不通", "zh", "一三八"),
])  # fmt: skip
def test_figures_said_one_by_one_are_flagged_whole(text, lang, said):
    assert said in [u.words for u in read(text, lang, ON, "KP").unread]


@pytest.mark.parametrize(("text", "lang"), [("1만5천", "ko"), ("3.5万", "zh")])
def test_a_bare_number_is_flagged_in_one_piece(text, lang):
    assert [u.words for u in read(text, lang, ON, "KP").unread] == [text]
