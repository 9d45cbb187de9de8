"""A place that is named is not always where it happened: the teller's own town, or where somebody comes from."""

from datetime import date

import pytest

from nightdesk.corroboration import Account
from nightdesk.corroboration.tell import tell


def places(text, lang):
    return sorted(tell(Account("a", text, lang, date(2024, 3, 15))).facts.places)


@pytest.mark.parametrize(
    ("text", "lang", "found"),
    [
        ("회령에 있는 친동생 말입니다. 언니가 룡정 쪽에서 뻐스 타고 가다가 걸렸답니다", "ko", ["longjing"]),
        ("연길에서 교회 일 하시는 분이 그러는데 지난주 도문으로 넘어갔대요", "ko", ["namyang", "tumen"]),
        ("무산에서 나온 장사군 말로는 광산에서 사고가 났대요", "ko", ["musan"]),
        ("我住三合。礼拜天听见对面几声枪响", "zh", ["hoeryong"]),
        ("我住三合。昨天开了个会", "zh", []),
        ("茂山那业务员说端川翻车了", "zh", ["tanchon"]),
        ("the sister in Hoeryong says the woman was caught on the Yanji bus", "en", ["yanji"]),
        ("On the embankment in Hyesan one man drowned, a porter from Wiyon", "en", ["hyesan"]),
        ("A house in Hoeryong was searched", "en", ["hoeryong"]),
        ("우리 애가 12년을 받았슴다. 개천으로 보낸다는데", "ko", []),
        ("혜산에서 잡혔는데 청진으로 이송됐답니다", "ko", ["hyesan"]),
        ("재판받은 애가 제 조카입니다. 봄이 지나면 함흥 쪽으로 간답니다", "ko", []),
        ("혜산에서 잡혔다가 청진으로 옮겨졌답니다", "ko", ["hyesan"]),
        ("청진으로 갔다가 거기서 잡혔다", "ko", ["chongjin"]),
        ("人是在惠山抓的，后来带到咸兴", "zh", ["hyesan"]),
        ("a lorry bound for Hamhung was held up in Kilju", "en", ["kilju"]),
        ("형부는 삼지연에 나가 있다가 왔소. 혜산 도보위부에 갇혀 있소", "ko", ["hyesan"]),
        ("人是在惠山抓的，后来押到咸兴", "zh", ["hyesan"]),
        ("taken in Hoeryong and moved to the provincial office in Chongjin", "en", ["hoeryong"]),
    ],
)
def test_the_tellers_own_town_is_the_events_only_where_no_other_is_named(text, lang, found):
    assert places(text, lang) == found


@pytest.mark.parametrize(
    ("text", "lang", "found"),
    [
        ("长白这边口岸下游，二十台车蹚水过去", "zh", ["changbai", "hyesan"]),
        (
            "half the street in Tumen was closed; lorries met them across the bridge",
            "en",
            ["namyang", "tumen"],
        ),
        ("长白下雨了", "zh", ["changbai"]),
        ("在图们看见南阳桥上有人", "zh", ["namyang"]),
    ],
)
def test_what_is_seen_over_the_river_happens_in_the_town_across(text, lang, found):
    assert places(text, lang) == found


@pytest.mark.parametrize(("text", "lang", "places"), [
    ("A woman in Musan was beaten; she was taken to Chongjin.", "en", {"musan", "chongjin"}),
    ("장백에서 다리가 부러졌다", "ko", {"changbai"}), ("장백에서 봤는데 다리로 세 명이 왔다", "ko", {"changbai", "hyesan"}),
])  # fmt: skip
def test_whom_it_was_done_to_is_no_teller_and_a_leg_is_no_bridge(text, lang, places):
    assert tell(Account("a", text, lang, date(2024, 5, 6))).facts.places == places
