"""What happened, by the many ways in which people say it in three languages; and words that only look like it."""

import pytest

from nightdesk.corroboration.lexicon import table
from nightdesk.corroboration.scanning import mentions

SAID = [
    ("ko", "강둑 쪽에서 총소리가 세 방 났슴다", "shooting"), ("ko", "차가 길에서 굴러떨어졌다", "crash"),
    ("ko", "작년 가을에 직장에서 철직됐다", "dismissal"), ("ko", "홍역이 돌아 문을 닫았다", "epidemic"),
    ("ko", "밤에 누가 창고를 털었다", "theft"), ("ko", "강제송환된 녀자들이 왔다", "repatriation"),
    ("ko", "벌금 내고 나왔다", "pay"), ("ko", "세대당 파철 5키로씩 거둬 갔다", "levy"),
    ("zh", "矿上塌方，埋了三个", "collapse"), ("zh", "听见对岸开枪", "shooting"), ("zh", "一车人被遣返", "repatriation"),
    ("zh", "老头没救回来", "death"), ("zh", "她男人让人铐走了", "arrest"), ("zh", "地里的苞米被偷了", "theft"),
    ("en", "a blaze took the whole row", "fire"), ("en", "the express left the line above the town", "crash"),
    ("en", "he was struck off at the start of term", "dismissal"), ("en", "the river came in, forty huts washed away", "flood"),
    ("en", "they were handed back over the bridge", "repatriation"), ("en", "she was nabbed on the stairs", "arrest"),
]  # fmt: skip
NOT_SAID = [
    ("en", "the deadline is on friday", "death"), ("ko", "짐을 보내고 왔다", "pay"), ("ko", "어디로 가느냐고 물었다", "pay"),
    ("zh", "人没救活", "survived"), ("zh", "窗帘拉死的大客车", "death"), ("ko", "추워서 발을 굴렀다", "crash"),
    ("en", "last friday agents came to the market", "death"), ("en", "they live below the dam", "crash"),
    ("en", "she lived there for ten years", "trial"), ("en", "a household in the ward was searched", "levy"),
    ("en", "the price was 5,000 won a kilo", "pay"), ("en", "200 grams of rice", "drugs"),
    ("ko", "쌀값이 떨어졌다", "dismissal"), ("ko", "두 시간이 걸렸다", "arrest"), ("ko", "집으로 돌아갔다", "death"),
    ("ko", "장마당에 줄을 섰다", "closure"), ("ko", "차를 탔음", "fire"), ("ko", "바뀐 것은 없다", "dismissal"),
    ("zh", "电断了三天", "beating"), ("zh", "他昨天回来了", "release"), ("zh", "手机丢了", "theft"),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "act"), SAID)
def test_what_happened_is_known_by_how_people_say_it(lang, text, act):
    assert act in mentions("acts", text, lang)


@pytest.mark.parametrize(("lang", "text", "act"), NOT_SAID)
def test_what_only_looks_like_it_is_not_taken_for_it(lang, text, act):
    assert act not in mentions("acts", text, lang)


def test_every_kind_of_act_and_family_has_a_name_in_both_languages():
    names = table("sentences")
    families = {row["family"] for row in table()["acts"].values()}
    assert set(table()["acts"]) <= set(names["acts"])
    assert families <= set(names["families"])
