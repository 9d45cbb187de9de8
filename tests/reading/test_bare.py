"""Sums that name no currency: by a price before them, a good, a word of paying, a currency told for a whole list."""

from datetime import date
from time import process_time

import pytest

from nightdesk.reading import read

ON = date(2024, 3, 12)


def sums(text, lang, country="KP"):
    """Amounts with their currency, a range with both ends."""
    found = (span.value for span in read(text, lang, ON, country).spans if span.kind == "money")
    return " ".join(
        f"{v['amount']}{'-' + v['amount_high'] if 'amount_high' in v else ''} {v['currency']}" for v in found
    )


@pytest.mark.parametrize(("lang", "text", "said"), [
    ("ko", "쌀 6,200, 강냉이 3,400, 돼지고기 24,000원.", "6200 KPW 3400 KPW 24000 KPW"),
    ("ko", "장마당 값(원): 쌀 5,900, 강냉이 2,800, 휘발유 13,500.", "5900 KPW 2800 KPW 13500 KPW"),
    ("ko", "원으로 쌀 5,900, 강냉이 2,800.", "5900 KPW 2800 KPW"),
    ("zh", "大米6200，玉米3400，猪肉24000朝币。", "6200 KPW 3400 KPW 24000 KPW"),
    ("zh", "按朝币算，大米6200，玉米3400。", "6200 KPW 3400 KPW"),
    ("zh", "盐一公斤两千，味精一袋五千，都是朝币。", "2000 KPW 5000 KPW"),
    ("en", "Market today, in won: salt 1,800, soap 3,000, flour 7.5k.", "1800 KPW 3000 KPW 7500 KPW"),
    ("en", "In won: rice 6,200, salt 900.", "6200 KPW 900 KPW"),
    ("en", "Prices in yuan: tyre 320, battery 410, spark plug 18.", "320 CNY 410 CNY 18 CNY"),
    ("en", "Rice is 4,100, was 4,600 on Monday, all in won for the kilo.", "4100 KPW 4600 KPW"),
    ("en", "He wants to be paid in yuan: 800 before, 800 after.", "800 CNY 800 CNY"),
])  # fmt: skip
def test_a_currency_told_once_is_that_of_the_whole_list(lang, text, said):
    assert sums(text, lang) == said


@pytest.mark.parametrize(("lang", "text", "said"), [
    ("ko", "담배 한 보루에 45위안, 작년에는 38.", "45 CNY 38 CNY"),
    ("ko", "월급이 2,300위안인데 손에 쥐는 건 800뿐.", "2300 CNY 800 CNY"),
    ("ko", "집값이 1만 딸라 하던 게 6천으로 떨어졌다.", "10000 USD 6000 USD"),
    ("ko", "보위원한테 5백딸라, 안전원한테 2백을 고였다.", "500 USD 200 USD"),
    ("zh", "一张票十二美元，以前才三块。", "12 USD 3 USD"),
    ("zh", "开价八万，谈到六万五，先付三万。", "80000 CNY 65000 CNY 30000 CNY"),
    ("zh", "价钱从三万涨到五万元。", "30000 CNY 50000 CNY"),
    ("en", "Coal at 90 dollars a ton, anthracite 120.", "90 USD 120 USD"),
    ("en", "Wages 80 yuan a day until the end of August, 65 since 1 September.", "80 CNY 65 CNY"),
    ("en", "Fine of 200,000 won, knocked down to 150,000.", "200000 KPW 150000 KPW"),
    ("en", "Starch 6 yuan the kilo, was 4.80 last spring.", "6 CNY 4.8 CNY"),
    ("en", "It was 50 yuan, then eighty, then 120.", "50 CNY 80 CNY 120 CNY"),
    ("en", "Pay 18,000 roubles a month on paper, in the hand six or seven thousand.", "18000 RUB 6000-7000 RUB"),
])  # fmt: skip
def test_a_number_leans_on_the_sum_told_before_it(lang, text, said):
    assert sums(text, lang) == said


@pytest.mark.parametrize(("lang", "country", "text", "said"), [
    ("ko", "KP", "쌀값이 6천까지 올랐다.", "6000 KPW"),
    ("ko", "KP", "지난주 5천이던 쌀이 지금은 6천5백이다.", "5000 KPW 6500 KPW"),
    ("ko", "KP", "돈으로 내면 2만 5천.", "25000 KPW"),
    ("ko", "KP", "브로커가 200만을 더 달라고 한다.", "2000000 KPW"),
    ("ko", "CN", "방세가 800, 전기세 60이다.", "800 CNY 60 CNY"),
    ("ko", "KR", "브로커비가 천5백만이다.", "15000000 KRW"),
    ("zh", "CN", "工资两千五，拿到手只有三百。", "2500 CNY 300 CNY"),
    ("zh", "CN", "铜价又跌，光亮铜收三十六，杂铜二十八。", "36 CNY 28 CNY"),
    ("zh", "CN", "三十个人，每人两百，六千块。", "200 CNY 6000 CNY"),
    ("en", "KP", "Petrol 13,000 a kilo before Hanoi, 15,400 on Saturday.", "13000 KPW 15400 KPW"),
    ("en", "KP", "Bribe: 500 to the guard, 300 to the driver.", "500 KPW 300 KPW"),
    ("en", "CN", "The broker wants 60,000 now, was 45,000 in spring.", "60000 CNY 45000 CNY"),
    ("en", "KP", "He paid 2,000 yuan in May. The borrowed part, 4k, falls due on Friday.", "2000 CNY 4000 CNY"),
    ("en", None, "Rice 6,200, maize 3,400.", ""),
])  # fmt: skip
def test_a_price_or_a_payment_that_names_no_currency_has_that_of_the_country(lang, country, text, said):
    assert sums(text, lang, country) == said


def test_a_currency_that_nobody_named_says_what_else_it_may_be():
    assert read("Soap 3,500.", "en", ON, "KP").spans[0].value == {
        "amount": "3500", "currency": "KPW", "also": ["CNY"],
    }  # fmt: skip
    assert read("Soap 3,500.", "en", ON, "CN").spans[0].value == {"amount": "3500", "currency": "CNY"}


@pytest.mark.parametrize(("lang", "text", "said"), [
    ("ko", "1위안에 1,260, 1딸라에 8,300 한다.", "1 CNY 1260 KPW 1 USD 8300 KPW"),
    ("ko", "위안화 환률은 1,150.", "1150 KPW"),
    ("en", "The yuan is at 600, it was 1,200 two years ago.", "600 KPW 1200 KPW"),
    ("en", "Rouble fell to 13.6 for the yuan, from 12.5 in May.", "13.6 RUB 12.5 RUB"),
])  # fmt: skip
def test_what_a_currency_costs_is_told_in_the_other_one(lang, text, said):
    assert sums(text, lang) == said


@pytest.mark.parametrize(("lang", "text", "said"), [
    ("ko", "한 마리를 40원, 그것도 중국돈으로 팔았소.", "40 CNY"),
    ("ko", "금 1그람에 580원, 중국돈이오.", "580 CNY"),
    ("zh", "大米七千朝币了。她汇的五千。", "7000 KPW 5000 CNY"),
    ("zh", "手术费两千欧。", "2000 EUR"),
    ("en", "corn one jin 1 yuan 1, up 1 mao", "1.1 CNY 0.1 CNY"),
])  # fmt: skip
def test_a_currency_told_behind_its_sum_or_in_part(lang, text, said):
    assert sums(text, lang) == said


@pytest.mark.parametrize(("lang", "text"), [
    ("ko", "30대 차가 들어왔다."), ("ko", "군인 3천, 주민 2만이 동원되었다."), ("ko", "10월에 잡힌 사람이 천2백, 11월에 8백이다."),
    ("ko", "중국돈으로 팔았다."), ("ko", "7·27 전에는 고친다."), ("ko", "탄광 갱도 깊이가 700, 온도는 35."), ("ko", "병사 1인당 하루 550그람, 실제는 300."),
    ("ko", "전화번호 8천번대."), ("ko", "집 300세대 가운데 120이 무너졌다."), ("ko", "강냉이 정보당 3,200을 낸다고 했다."),
    ("zh", "编号是三千五。"), ("zh", "三千五的编号找不到。"), ("zh", "电话尾号是一千二。"), ("zh", "他去过两次欧洲，两个欧盟代表。"), ("zh", "一共八百户，搬了三百。"),
    ("zh", "血压一百八，心跳一百一。"), ("zh", "海拔一千六。"), ("zh", "招五百人，只来了三百二。"), ("zh", "名单上有一百三，实到九十。"), ("zh", "全村一千二，老人占一半。"),
    ("en", "They arrested 12 and fined 30."), ("en", "Rice for 400, soup for 200, the kitchen feeds them all."), ("en", "Room 412, door 3. He is 45."),
    ("en", "Over 1,200 homes flooded, 300 dead."), ("en", "Maize yield 3,200 this year."), ("en", "The lorry carried 600, the boat 300."), ("en", "Rice at 5, wake at 4."),
    ("en", "The card is 4454794511390933, the desk 699 956 915."), ("en", "Guards: 40 in May, 25 in June, 60 now."), ("en", "Last year's quota was 300 kilos, this year's 450."),
    ("en", "They planted 2,000, of which 1,400 took."), ("en", "Train 7 left at 600 with 1,400 aboard."),
])  # fmt: skip
def test_counts_ages_and_numbers_of_things_are_no_sums(lang, text):
    assert sums(text, lang) == ""


def test_a_day_before_it_hides_no_number():
    reading = read("米价：周一五千八，周三六千一。", "zh", ON, "CN")
    assert [s.words for s in reading.spans if s.kind == "money"] == ["五千八", "六千一"]


@pytest.mark.parametrize(
    ("text", "lang", "said"),
    [
        ("All US dollars: bicycle 110, sack of cement 5.5, wall tiles 4 a square metre.", "en", ["110 USD", "5.5 USD", "4 USD"]),
        ("Yuan: socks 6, bicycle tube 17. Nine dogs 12", "en", ["6 CNY", "17 CNY"]),
        ("Pay in yuan, 420, since May. Loyalty money 35", "en", ["420 CNY", "35 CNY"]),
        ("She buys at 7,000, sells at 9,500", "en", ["7000 KPW", "9500 KPW"]),
        ("They sell at 5 in the morning", "en", []),
        ("Saline is 25 a bottle", "en", ["25 KPW"]),
        ("寄了两万元，中介抽走九千，到手一万出头", "zh", ["20000 CNY", "9000 CNY", "10000 CNY"]),
        ("账（单位都是美元）：手机壳三十，修屏幕二十五", "zh", ["30 USD", "25 USD"]),
        ("送三百人去工地，抽二十个人", "zh", []),
        ("送了三百到边境，军队收兵员三百", "zh", []),
        ("Troops covered 200 on foot, a team cleared 120 before noon", "en", []),
        ("USD: bicycle 110. He was paid in won.", "en", ["110 USD"]),
        ("USD: bicycle 110.", "en", ["110 USD"]),
    ],
)  # fmt: skip
def test_sums_of_a_list_with_a_heading_of_trading_and_of_what_was_taken_off(text, lang, said):
    found = [s.value for s in read(text, lang, date(2024, 3, 12), "KP").spans if s.kind == "money"]
    assert [f"{value['amount']} {value['currency']}" for value in found] == said


@pytest.mark.parametrize(("lang", "text", "more"), [
    ("ko", "쌀은 6천. ", "위안으로 강냉이는 30."),
    ("ko", "쌀은 6천! ", "달러로 치면 강냉이는 30."),
    ("en", "Rice was 5,400 most of June. ", "It cost 3 yuan."),
    ("en", "In dollars: rice 54. ", "Prices all in yuan: oil 12."),
    ("en", "Tea (in yuan): red 54. ", "Prices all in won: oil 12."),
])  # fmt: skip
def test_a_sentence_behind_it_changes_no_sum(lang, text, more):
    assert sums(text, lang) in ("6000 KPW", "5400 KPW", "54 USD", "54 CNY")
    assert sums(text + more, lang).startswith(sums(text, lang))


def test_a_long_list_under_a_heading_takes_no_longer_a_price_than_a_short_one():
    def took(times):
        began = process_time()
        read("Prices in yuan: " + "socks 6. " * times, "en", ON, "KP")
        return process_time() - began

    took(100)
    assert took(8_000) < 16 * took(1_000) + 0.4


@pytest.mark.parametrize("words", ["千", "一百", "百万"])
def test_a_line_of_units_without_end_takes_as_long_as_its_letters(words):
    read(words * 4, "zh", ON, "KP")
    began = process_time()
    read(words * (20_000 // len(words)), "zh", ON, "KP")
    assert process_time() - began < 3  # a third of a second; from each letter anew it took eleven
