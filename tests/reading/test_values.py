"""What people say, and what it comes to: one line a way of saying it."""

from datetime import date

import pytest

from nightdesk.reading import Span, Term, read

ON = date(2023, 12, 15)  # a Friday


def only(text: str, kind: str, country: str | None = "KP") -> Span:
    (span,) = [s for s in read(text, None, ON, country).spans if s.kind == kind]
    return span


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("한 5천 원 정도 냈다", "5000", "KPW"),
        ("천오백 딸라를 달라고 했다", "1500", "USD"),
        ("1만5천 위안", "15000", "CNY"),
        ("1만 5천 위안", "15000", "CNY"),
        ("3.5만 위안", "35000", "CNY"),
        ("2억3천만원", "230000000", "KPW"),
        ("1달러 20센트", "1.2", "USD"),
        ("RMB 2만", "20000", "CNY"),
        ("비트코인 말고 0.5 비트코인", "0.5", "BTC"),
        ("一万五千元", "15000", "CNY"),
        ("两百块钱", "200", "CNY"),
        ("三块五", "3.5", "CNY"),
        ("3.5万元人民币", "35000", "CNY"),
        ("五百美元", "500", "USD"),
        ("20k RMB", "20000", "CNY"),
        ("twenty thousand yuan", "20000", "CNY"),
        ("half a million won", "500000", "KPW"),
        ("US$1.5 million", "1500000", "USD"),
        ("$800 rebates", "800", "USD"),
        ("20,000 yuan payments", "20000", "CNY"),
    ],
)
def test_a_sum_is_read(text: str, amount: str, currency: str) -> None:
    value = only(text, "money").value
    assert (value["amount"], value["currency"]) == (amount, currency)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3천~5천 위안", "3000", "5000"),
        ("2~3만 위안", "20000", "30000"),
        ("25000원 - 30000원", "25000", "30000"),
        ("三千到五千元", "3000", "5000"),
        ("between 20 and 30 yuan", "20", "30"),
        ("두세 위안", "2", "3"),
    ],
)
def test_a_range_of_sums_has_both_ends(text: str, low: str, high: str) -> None:
    value = only(text, "money").value
    assert (value["amount"], value["amount_high"]) == (low, high)


def test_whose_won_it_is_follows_the_country_then_the_places_named() -> None:
    assert only("5천 원", "money", "KP").value["currency"] == "KPW"
    assert only("5천 원", "money", "KR").value == {"amount": "5000", "currency": "KRW"}
    assert only("5천 원", "money", None).value == {"amount": "5000", "currency": "KRW", "also": ["KPW"]}
    assert only("혜산에서 5천 원", "money", None).value == {"amount": "5000", "currency": "KPW"}


def test_words_that_only_look_like_money_are_none() -> None:
    for text in ("사원이 공원에서 구원을 바랐다", "이불을 덮었다", "병원에 갔다", "一起去", "万一来了"):
        assert not [s for s in read(text, None, ON).spans if s.kind == "money"]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("그저께", "2023-12-13"),
        ("사흘 전", "2023-12-12"),
        ("지난 금요일", "2023-12-08"),
        ("금요일", "2023-12-15"),
        ("다음 주 월요일", "2023-12-18"),
        ("이달 말", "2023-12-21/2023-12-31"),
        ("지난달 중순", "2023-11-11/2023-11-20"),
        ("11월 초", "2023-11-01/2023-11-10"),
        ("2022년 3월", "2022-03"),
        ("작년 12월 20일", "2022-12-20"),
        ("올해", "2023"),
        ("1월 5일까지", "2024-01-05"),
        ("1월 5일에", "2024-01-05"),
        ("10일까지", "2024-01-10"),
        ("10일에", "2023-12-10"),
        ("3년 전", "2020"),
        ("두 달 전", "2023-10~"),
        ("12월 둘째 주", "2023-12-08/2023-12-14"),
        ("태양절", "2023-04-15"),
        ("음력설", "2023-01-22"),
        ("90년대", "1990-01-01/1999-12-31"),
        ("8월 8일부터 13일", "2023-08-08/2023-08-13"),
        ("지난 2주", "2023-11-27/2023-12-10"),
        ("前天", "2023-12-13"),
        ("上个月底", "2023-11-21/2023-11-30"),
        ("去年三月五号", "2022-03-05"),
        ("20日之前", "2023-12-20"),
        ("三天前", "2023-12-12"),
        ("上週五", "2023-12-08"),
        ("last Friday", "2023-12-08"),
        ("until Monday", "2023-12-18"),
        ("15 December 2023", "2023-12-15"),
        ("December 15", "2023-12-15"),
        ("in early November", "2023-11-01/2023-11-10"),
        ("a few days ago", "2023-12-08/2023-12-13"),
        ("two weeks ago", "2023-12-01"),
        ("last month", "2023-11"),
        ("from May to September", "2023-05-01/2023-09-30"),
        ("2023-12-04", "2023-12-04"),
        ("29 February 2024", "2024-02-29"),
    ],
)
def test_a_day_is_read_from_the_day_of_the_contact(text: str, edtf: str) -> None:
    assert only(text, "date").value["edtf"] == edtf


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("밤 9시부터 11시", "21:00", "23:00"),
        ("저녁 7시 넘어 9시 전", "19:00", "21:00"),
        ("밤 11시 넘어서 1시까지", "23:00", "01:00"),
        ("오후 3시 이후 5시 30분 전", "15:00", "17:30"),
        ("오후 3시 반", "15:30", "15:30"),
        ("새벽 2시", "02:00", "02:00"),
        ("오늘밤 8시", "20:00", "20:00"),
        ("15:30", "15:30", "15:30"),
        ("下午三点半", "15:30", "15:30"),
        ("晚上9点到11点", "21:00", "23:00"),
        ("3 p.m.", "15:00", "15:00"),
        ("12 am", "00:00", "00:00"),
        ("quarter past six", "06:15", "06:15"),
    ],
)
def test_a_time_is_read_on_a_clock_of_twenty_four_hours(text: str, begin: str, end: str) -> None:
    value = only(text, "time").value
    assert (value["from"], value["to"]) == (begin, end)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("사흘 동안", "P3D"), ("3시간 반", "PT3.5H"), ("여섯 달", "P6M"), ("반년", "P6M"), ("40일", "P40D"),
        ("两个月", "P2M"), ("三个小时", "PT3H"), ("two weeks", "P2W"), ("a year", "P1Y"),
    ],
)  # fmt: skip
def test_a_length_of_time_is_read(text: str, iso: str) -> None:
    assert only(text, "duration").value["iso8601"] == iso


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("해마다 연말이면", {"every": "P1Y", "in": "year end", "from": "--12-01", "to": "--12-31"}),
        ("매주 월요일", {"every": "P1W", "weekday": 1}),
        ("每年年底", {"every": "P1Y", "in": "year end", "from": "--12-01", "to": "--12-31"}),
        ("every Friday", {"every": "P1W", "weekday": 5}),
    ],
)
def test_what_comes_again_is_read(text: str, value: dict) -> None:
    assert only(text, "recurrence").value == value


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("무산군 안전부", "Musan County branch, Ministry of Social Security"),
        ("함경북도 보위국", "North Hamgyong Province branch, Ministry of State Security"),
        ("会宁市保卫部", "Hoeryong branch, Ministry of State Security"),
        ("Hoeryong branch of the Ministry of State Security", "Hoeryong branch, Ministry of State Security"),
        ("보위부가", "Ministry of State Security"),
    ],
)
def test_an_office_in_its_place_is_a_unit(text: str, unit: str) -> None:
    assert only(text, "organisation").value["unit"] == unit


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("회령에서", "Hoeryong", "KP-09"),
        ("Hoeryeong", "Hoeryong", "KP-09"),
        ("會寧", "Hoeryong", "KP-09"),
        ("양강도 주민", "Ryanggang", "KP-10"),
        ("연길에서", "Yanji", "CN-JL"),
        ("Dandong", "Dandong", "CN-LN"),
        ("무산에서", "Musan", "KP-09"),
    ],
)
def test_a_place_is_read_with_the_code_of_its_province(text: str, name: str, code: str) -> None:
    value = only(text, "place").value
    assert (value["name"], value["iso3166_2"]) == (name, code)


def test_everyday_words_are_no_places() -> None:
    for text in ("계획이 무산됐다", "일을 해주는 사람", "위원이 왔다", "활동을 했다", "우리 쪽에서"):
        assert not [s for s in read(text, "ko", ON).spans if s.kind == "place"], text


@pytest.mark.parametrize(
    ("text", "count", "of"),
    [
        ("보위원 두 명이", 2, "보위원"),
        ("7세대가", 7, "세대"),
        ("손전화를 3대", 3, "손전화"),
        ("两名人员", 2, "人员"),
        ("Two agents came", 2, "agents"),
    ],
)
def test_a_count_says_of_what(text: str, count: int, of: str) -> None:
    value = only(text, "quantity").value
    assert (value["count"], value["of"]) == (count, of)


def test_words_that_only_look_like_counts_are_none() -> None:
    for text in ("쓰는 세대를 장악해", "이번에도 그랬다", "이 사람이 그 사건을", "한번 해보자"):
        assert not [s for s in read(text, "ko", ON).spans if s.kind == "quantity"], text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("쌀 10kg은 58,000원", {"per": {"amount": "10", "unit": "kg"}, "good": "rice"}),
        ("대화가 길어 쌀은 비싸다. 강냉이 1kg에 2,900원", {"per": "kg", "good": "maize"}),
        ("每公斤5800朝元", {"per": "kg"}),
        ("5,800 won per kg of rice", {"per": "kg", "good": "rice"}),
        ("A kilogram of rice cost 6,200 won", {"per": "kg", "good": "rice"}),
        ("a kilo now costs 6,200 won", {"per": "kg"}),
    ],
)
def test_a_price_says_per_what(text: str, value: dict) -> None:
    assert value.items() <= dict(only(text, "money").value).items()


@pytest.mark.parametrize(
    "text",
    [
        "half a kilo of rice cost 3,000 won",
        "She bought a kilo of rice for 6,200 won",
        "a kilometre cost 6,200 won",
    ],
)
def test_what_somebody_paid_and_half_a_kilo_are_no_price_of_a_kilo(text: str) -> None:
    assert "per" not in only(text, "money").value


def test_a_quotation_is_read_with_what_stands_inside_it() -> None:
    reading = read("“2만 위안을 내라”고 했다", "ko", ON)
    assert [(s.kind, s.words) for s in reading.spans] == [
        ("quotation", "“2만 위안을 내라”"),
        ("money", "2만 위안"),
    ]


def test_words_of_the_contact_are_told_apart() -> None:
    assert only("소식통이 15일 본지에 전했다", "contact").value == {"contact": "told"}
    assert only("a source told us on Friday", "contact").value == {"contact": "told"}


def test_the_desks_own_terms_win() -> None:
    term = Term("수남시장", "place", {"name": "Sunam Market", "parent": "chongjin"})
    reading = read("수남시장에서 만났다", "ko", ON, terms=[term])
    assert [(s.words, s.kind, s.value["name"]) for s in reading.spans] == [
        ("수남시장", "place", "Sunam Market")
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("번호는 17-3이다", ["17", "3"]),
        ("수백수천 명이 왔다", ["수백"]),
        ("He met Bjorn Larsen in Hoeryong.", ["Bjorn Larsen"]),
    ],
)
def test_what_no_rule_explains_is_flagged(text: str, words: list[str]) -> None:
    assert [u.words for u in read(text, None, ON).unread] == words


@pytest.mark.parametrize(
    ("text", "edtf", "words"),
    [
        ("On November 5 three students were taken", "2023-11-05", "three students"),
        ("May 14 two inspectors came", "2023-05-14", "two inspectors"),
        ("Since 8 December two agents search homes", "2023-12-08/..", "two agents"),
        ("On November 5, 2022 three students were taken", "2022-11-05", "three students"),
        ("in May 14 inspectors came", "2023-05", "14 inspectors"),
    ],
)
def test_a_day_number_beside_a_month_belongs_to_the_date(text: str, edtf: str, words: str) -> None:
    assert only(text, "date").value["edtf"] == edtf
    assert only(text, "quantity").words == words


def test_a_day_number_beside_a_month_counts_nobody_even_without_the_day_of_the_contact() -> None:
    spans = read("On May 5 students were taken", "en", None).spans
    assert not [span for span in spans if span.kind == "quantity"]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("12월 8일부터 13일까지", "2023-12-08/2023-12-13"),
        ("8일부터 13일까지", "2023-12-08/2023-12-13"),
        ("12월 8일 금요일부터 13일까지", "2023-12-08/2023-12-13"),
        ("8일부터 십삼일까지", "2023-12-08/2023-12-13"),
        ("from the 8th to the 13th", "2023-12-08/2023-12-13"),
        ("8日到13日之前", "2023-12-08/2023-12-13"),
        ("11월 28일부터 3일까지", "2023-11-28/2023-12-03"),
    ],
)
def test_the_second_day_of_a_stretch_borrows_the_month_of_the_first(text: str, edtf: str) -> None:
    (span,) = [s for s in read(text, None, date(2023, 12, 18), "KP").spans if s.kind == "date"]
    assert span.value["edtf"] == edtf


def test_a_stretch_at_the_end_of_the_calendar_is_refused_calmly() -> None:
    assert read("9999년 12월 20일부터 5일까지", "ko", ON).lang == "ko"
