"""Sentences after an offer, as an editor would print them. Each is a sentence of its own making."""

from __future__ import annotations

import pytest

from nightdesk.disclosure import apply

CONTACT = [
    ("소식통은 15일 전화 통화에서 “단속이 심하다”고 말했다.", "소식통은 전화 통화에서 “단속이 심하다”고 말했다."),
    ("양강도 소식통은 지난 15일 본지와의 통화에서 이같이 전했다.", "양강도 소식통은 본지와의 통화에서 이같이 전했다."),
    ("함경북도 소식통이 지난 금요일 본지에 알려왔다.", "함경북도 소식통이 본지에 알려왔다."),
    ("지난 15일, 혜산의 소식통은 이같이 밝혔다.", "혜산의 소식통은 이같이 밝혔다."),
    ("소식통은 15일 오후 3시께 본지에 “단속조가 돈다”고 했다.", "소식통은 본지에 “단속조가 돈다”고 했다."),
    ("북한 내부 소식통은 본지에 15일 이같이 밝혔다.", "북한 내부 소식통은 본지에 이같이 밝혔다."),
    ("On Friday, a source told us that the sweep had grown.", "A source told us that the sweep had grown."),
    ("A source told us by phone on Friday morning.", "A source told us by phone."),
    ("\"They come at night,\" a source told us on 15 December.", "\"They come at night,\" a source told us."),
    ("Speaking on Friday, a source said it had begun.", "A source said it had begun."),
    ("The source, who spoke to us on Friday, asked for care.", "The source, who spoke to us, asked for care."),
    ("A source said Friday that agents took phones.", "A source said that agents took phones."),
    ("A source told the Tumen River Post on the 18th.", "A source told the Tumen River Post."),
    ("A source told Northern Daily on Friday.", "A source told Northern Daily."),
]  # fmt: skip
SUMS = [
    ("단속조가 1만2천 위안을 빼앗아 갔다.", ["단속조가 수천에서 수만 위안을 빼앗아 갔다.", "단속조가 돈을 빼앗아 갔다."]),
    ("벌금 3000위안을 내라고 했다.", ["벌금 수천 위안을 내라고 했다.", "벌금을 내라고 했다."]),
    ("보위원이 500달러를 받았다.", ["보위원이 수백 달러를 받았다.", "보위원이 돈을 받았다."]),
    ("어제 2만 위안(약 2,800달러)을 냈다.", ["어제 수만 위안을 냈다.", "어제 돈을 냈다."]),
    ("1인당 2천 위안씩 냈다.", ["1인당 수천 위안씩 냈다."]),
    ("거의 2만 위안을 빼앗겼다.", ["돈을 빼앗겼다."]),
    ("최소 2만 위안 이상을 냈다.", ["수만 위안을 냈다.", "돈을 냈다."]),
    ("A fine of 3,000 yuan was paid.", ["A fine of several thousand yuan was paid.", "A fine was paid."]),
    ("They demanded a RMB 20,000 fine.", ["They demanded a fine."]),
    ("He paid more than RMB 20,000.", ["He paid tens of thousands of yuan.", "He paid money."]),
    ("월급 3천 원으로는 살 수 없다.", ["월급 수천 원으로는 살 수 없다.", "월급으로는 살 수 없다."]),
    ("He cannot live on a salary of 3,000 won.", ["He cannot live on a salary of several thousand won.", "He cannot live on a salary."]),
    ("He handed over 5,000 yuan and rice.", ["He handed over several thousand yuan and rice.", "He handed over money and rice."]),
    ("Of the 30,000 yuan that they sent, half was taken.", ["Of the tens of thousands of yuan that they sent, half was taken.", "Of the money that they sent, half was taken."]),
    ("He paid less than USD 900.", ["He paid money."]),
    ("RMB 6,000 (around USD 840) was taken.", ["Several thousand yuan was taken.", "Money was taken."]),
]  # fmt: skip
DATES = [
    ("지난주 보위원이 찾아왔다.", ["최근 보위원이 찾아왔다.", "이달 보위원이 찾아왔다."]),
    ("지난 10일 새벽 단속조가 들이닥쳤다.", ["최근 단속조가 들이닥쳤다.", "이달 단속조가 들이닥쳤다."]),
    ("이달 20일까지 내라고 했다.", ["기한을 정해 내라고 했다."]),
    ("그는 9월 3일 체포됐다.", ["그는 9월에 체포됐다.", "그는 체포됐다."]),
    ("Agents came on the night of 10 December.", ["Agents came recently.", "Agents came this month."]),
    ("They searched homes from 8 to 13 December.", ["They searched homes recently.", "They searched homes this month."]),
    ("11월 3일부터 12월 13일까지 집을 뒤졌다.", ["최근 집을 뒤졌다."]),
    ("이달 8일부터 단속하고 있다.", ["최근 단속하고 있다.", "이달부터 단속하고 있다."]),
    ("He was told to pay by the 20th.", ["He was told to pay by a set date."]),
    ("On 3 September he was arrested.", ["In September he was arrested.", "He was arrested."]),
    ("The raid took place three days ago.", ["The raid took place recently.", "The raid took place this month."]),
    ("He was searched at 5 a.m. on Dec. 10 and fined.", ["He was searched recently and fined.", "He was searched this month and fined."]),
    ("On Dec. 12 two agents came.", ["Recently two agents came.", "This month two agents came."]),
    ("Homes were searched over three days from Dec. 8.", ["Homes were searched recently.", "Homes were searched this month."]),
    ("They gave him until the 20th.", ["They gave him a deadline."]),
    ("As of Dec. 12, guards stood there.", ["Recently, guards stood there.", "This month, guards stood there."]),
    ("The row over Friday's raid went on.", ["The row over the recent raid went on.", "The row over this month’s raid went on."]),
    ("Since yesterday's raid he hides.", ["Since the recent raid he hides."]),
    ("After Friday’s raid he left.", ["After the recent raid he left."]),
    ("The dispute over 12 December went on.", ["The dispute went on."]),
    ("A dispute over the 12 December raid went on.", ["A dispute over the recent raid went on.", "A dispute over this month’s raid went on."]),
    ("The 12 December raid took two.", ["The recent raid took two.", "This month’s raid took two."]),
    ("The market was shut after the December 8 arrest.", ["The market was shut after the recent arrest."]),
    ("The night of December 8 was cold.", [""]),
    ("12일자 명령이 왔다.", ["최근 명령이 왔다.", "이달 명령이 왔다."]),
    ("12일 현재 세 집이 비어 있다.", ["최근 세 집이 비어 있다.", "이달 현재 세 집이 비어 있다."]),
    ("They searched a home before dawn on Dec. 10.", ["They searched a home recently.", "They searched a home this month."]),
    ("Just after midnight on Dec. 10 they came.", ["Recently they came.", "This month they came."]),
    ("In the early hours of Dec. 10 they came.", ["Recently they came.", "This month they came."]),
    ("They were dragged off at 3 a.m. yesterday.", ["They were dragged off recently.", "They were dragged off this month."]),
    ("지난 8일과 11일 두 차례 집을 뒤졌다.", ["최근 두 차례 집을 뒤졌다.", "이달 두 차례 집을 뒤졌다."] * 2),
    ("Homes were searched twice, on Dec. 8 and 11.", ["Homes were searched twice, recently.", "Homes were searched twice, this month."]),
    ("They were to hand in phones by noon on Dec. 12.", ["They were to hand in phones by a set date."]),
    ("They came on Dec. 10 at dawn and left.", ["They came recently and left.", "They came this month and left."]),
    ("They came on Monday, December 11, at 9 p.m. and left.", ["They came recently and left.", "They came this month and left."]),
]  # fmt: skip
PLACES = [
    ("단속조가 강안동에 들이닥쳤다.", "단속조가 들이닥쳤다."),
    ("주민 두 명이 역전동에서 잡혔다.", "주민 두 명이 잡혔다."),
    ("그는 역전동으로 이사했다.", "그는 이사했다."),
    ("역전동에 사는 주민이 왔다.", "주민이 왔다."),
    ("보위부가 회령시 역전동을 봉쇄했다.", "보위부가 회령시를 봉쇄했다."),
    ("두 명이 회령시의 역전동에서 잡혔다.", "두 명이 회령시에서 잡혔다."),
    ("역전동과 강안동에서 단속이 있었다.", "강안동에서 단속이 있었다."),
    ("그는 왔다. 브로커의 집은 역전동에 있다.", "그는 왔다. "),
    ("그는 왔다. 그는 역전동 출신이다.", "그는 왔다. "),
    ("He came. The broker lives in Yokjon-dong.", "He came. "),
    ("The broker, who lives in Yokjon-dong, was fined.", "The broker was fined."),
    ("He came. Agents sealed off Yokjon-dong on Monday.", "He came. "),
    ("He came. Yokjon-dong was quiet.", "He came. "),
    ("Agents went to Yokjon-dong.", "Agents went."),
    ("A house near Yokjon-dong station was searched.", "A house near the station was searched."),
    ("Three women who had come from Yokjon-dong were fined.", "Three women were fined."),
    ("A man working at Musan Mine died.", "A man died."),
    ("무산광산에서 일하는 청년이 숨졌다.", "청년이 숨졌다."),
    ("Seven homes were searched in Kangan-dong alone.", "Seven homes were searched."),
    ("회령시 보위부가 돈을 요구했다.", "함경북도 내 보위부가 돈을 요구했다."),
    ("The Hoeryong branch demanded money.", "The branch in North Hamgyong Province demanded money."),
    ("함경북도 회령시 보위부가 돈을 요구했다.", "함경북도 내 보위부가 돈을 요구했다."),
    ("A source in Hoeryong told police so.", "A source in North Hamgyong Province told police so."),
    ("Agents of the Hoeryong State Security department came.", "Agents of the State Security department in North Hamgyong Province came."),
    ("Kangan-dong, Hyesan, was sealed off.", "Hyesan was sealed off."),
    ("Kangan-dong's market was shut.", "The market was shut."),
    ("Police in both Kangan-dong and Yokjon-dong came.", ""),
    ("A man was shot between Kangan-dong and Yokjon-dong.", ""),
    ("Agents of Hoeryong State Security came.", "Agents of State Security in North Hamgyong Province came."),
    ("The sweep in Yokjon-dong and Kangan-dong went on.", "The sweep in Kangan-dong went on."),
    ("검열원이 혜산역 앞에서 운전사를 세웠다.", "검열원이 운전사를 세웠다."),
    ("그는 혜산역 근처로 갔다.", "그는 갔다."),
    ("그는 왔다. 그의 집은 혜산역 뒤에 있다.", "그는 왔다. "),
    ("Phones were sold at Hyesan market.", "Phones were sold at a market in Ryanggang Province."),
    ("The Hyesan bridge was shut.", "The bridge in Ryanggang Province was shut."),
    ("It was shut. Hyesan airport is open.", "It was shut. An airport in Ryanggang Province is open."),
    ("The old Hyesan bridge was shut.", "The old bridge in Ryanggang Province was shut."),
    ("Her Hyesan school was shut.", "Her school in Ryanggang Province was shut."),
    ("Phones were sold at Hyesan market in Ryanggang Province.", "Phones were sold at a market in Ryanggang Province."),
    ("Inspectors stopped a driver outside Hyesan station.", "Inspectors stopped a driver."),
]  # fmt: skip
QUOTES = [
    ("그는 “이러다 다 굶어 죽겠다”고 말했다.", "그는 그런 취지로 말했다."),
    ("“이러다 다 굶어 죽겠다”는 말이 나온다.", "그런 취지의 말이 나온다."),
    ("주민들은 “이러다 다 굶어 죽겠다”며 한숨을 쉰다.", "주민들은 그런 취지로 말하며 한숨을 쉰다."),
    ("주민은 “이러다 다 굶어 죽겠다”고 하소연했다.", "주민은 하소연했다."),
    ("“We will all starve at this rate,” a source said.", "A source said as much."),
    ("Residents say “we will all starve at this rate”.", "Residents say as much."),
]  # fmt: skip
PEOPLE = [
    ("혜산시 강안동에 사는 주민이다.", "place too fine", "혜산시에 사는 주민이다."),
    ("혜산에서 교원 두 명이 추방됐다.", "occupation", "혜산에서 주민 두 명이 추방됐다."),
    ("30대 주민이 남았다.", "age", "주민이 남았다."),
    ("A 34-year-old driver was released.", "age", "A driver was released."),
    ("A nurse in Hyesan was exiled.", "occupation", "A resident in Hyesan was exiled."),
    ("He went to a broker in his 40s surnamed Kim in Hoeryong.", "small group", "He went to a broker in his 40s in Hoeryong."),
    ("A man in his 40s, named Kim Chol Su, was exiled.", "small group", "A man in his 40s was exiled."),
    ("A man in his 40s named Kim Chol Su was exiled.", "small group", "A man in his 40s was exiled."),
    ("Police named Kim Chol Su as a suspect.", "small group", "Police named a resident as a suspect."),
    ("Her husband called Kim Chol Su at home.", "small group", "Her husband called a resident at home."),
    ("The broker called Kim Chol Su at home.", "small group", "The broker called a resident at home."),
    ("The broker named Kim Chol Su was exiled.", "small group", "The broker was exiled."),
    ("The chief is also named Kim Chol Su.", "small group", "The chief is also named a resident."),
    ("회령시 공장 기사장 박모 씨의 아들이다.", "small group", "회령시 공장 기사장 한 명의 아들이다."),
    ("이 집에는 다섯 살 난 딸이 산다.", "age", "이 집에는 딸이 산다."),
    ("Agents came to the Hoeryong Grain Processing Factory.", "place too fine", "Agents came to Hoeryong."),
    ("He was caught at the Hoeryong Grain Processing Factory and fined.", "place too fine", "He was caught in Hoeryong and fined."),
    ("The trader's phone rang.", "occupation", "The resident's phone rang."),
    ("Two residents of Kangan-dong in Hyesan left.", "place too fine", "Two residents in Hyesan left."),
    ("An aunt in China waited.", "kinship", "A relative in China waited."),
    ("혜산에서 교사였던 주민 두 명이 추방됐다.", "occupation", "혜산에서 주민이었던 주민 두 명이 추방됐다."),
    ("His wife waited.", "kinship", "His relative waited."),
    ("그의 아내가 기다렸다.", "kinship", "그의 가족이 기다렸다."),
    ("한국에 사는 언니가 돈을 보낸다.", "kinship", "한국에 사는 가족이 돈을 보낸다."),
]  # fmt: skip


def texts(look, story, sentence: str, class_: str, report: str = "") -> list[str]:
    """The sentence after each offer of the findings of one class."""
    lang = "ko" if any("가" <= letter <= "힣" for letter in sentence) else "en"
    _, review = look(story(**{lang: sentence}, report=report, lang=lang))
    return [apply(sentence, o) for f in review.findings if f.class_ == class_ for o in f.offers]


@pytest.mark.parametrize(("before", "after"), CONTACT)
def test_the_day_of_the_talk_goes_and_the_sentence_stays(before, after, look, story) -> None:
    assert texts(look, story, before, "contact day") == [after]


@pytest.mark.parametrize(("before", "after"), SUMS)
def test_a_sum_becomes_a_band_or_money(before, after, look, story) -> None:
    assert texts(look, story, before, "exact sum") == after


@pytest.mark.parametrize(("before", "after"), DATES)
def test_a_day_becomes_recent_or_a_month(before, after, look, story) -> None:
    assert texts(look, story, before, "exact date") == after


@pytest.mark.parametrize(("before", "after"), QUOTES)
def test_a_quotation_becomes_indirect(before, after, look, story) -> None:
    heard = (
        "사람들은 이러다 다 굶어 죽겠다고 한다."
        if "굶어" in before
        else "People say we will all starve at this rate."
    )
    assert texts(look, story, before, "verbatim words", heard)[0] == after


@pytest.mark.parametrize(("before", "class_", "after"), PEOPLE)
def test_people_and_places_get_wider_words(before, class_, after, look, story) -> None:
    assert after in texts(look, story, before, class_)


@pytest.mark.parametrize(("before", "after"), PLACES)
def test_what_leans_on_a_small_place_goes_with_it(before, after, look, story) -> None:
    assert texts(look, story, before, "place too fine")[0] == after


@pytest.mark.parametrize("sentence", ["단속조가 강안동에 들이닥쳤다.", "Agents went to Yokjon-dong."])
def test_a_small_place_can_go_with_its_sentence_in_either_edition(sentence, look, story) -> None:
    _, review = look(story(**{"ko" if sentence[0] > "z" else "en": sentence}))
    (found,) = [f for f in review.findings if f.class_ == "place too fine"]
    assert [offer.label_key for offer in found.offers] == ["drop_words", "drop_sentence"]


@pytest.mark.parametrize(
    ("english", "after"),
    [
        ("A man was released and he has gone home.", "A person was released and they have gone home."),
        (
            "Agents asked her for money and took her phone.",
            "Agents asked them for money and took their phone.",
        ),
        ("He asks for nothing.", "They ask for nothing."),
        ("The woman said she was afraid.", "The person said they were afraid."),
    ],
)
def test_the_sex_of_a_person_said_in_one_edition_is_taken_out_whole(english, after, look, story) -> None:
    _, review = look(story(ko="한 주민이 풀려났다.", en=english))
    (found,) = [f for f in review.findings if f.why_key == "more_sex"]
    assert [apply(english, offer) for offer in found.offers] == [after]


ONE_FACT = (
    "exact sum",
    "exact date",
    "contact day",
    "place too fine",
    "small group",
    "verbatim words",
    "age",
)


def words(review, class_: str) -> set[str]:
    """The words that findings of a class point at."""
    return {span.words for found in review.findings if found.class_ == class_ for span in found.spans}


EVERY = sorted({row[0] for rows in (CONTACT, SUMS, DATES, QUOTES, PEOPLE) for row in rows})


@pytest.mark.parametrize("sentence", EVERY)
def test_after_its_offers_a_finding_is_gone_and_nothing_new_is_unread(sentence, look, story, take) -> None:
    lang = "ko" if any("가" <= letter <= "힣" for letter in sentence) else "en"
    one, review = look(story(**{lang: sentence}, report=sentence, lang=lang))
    for found in review.findings:
        for again in take(one, found):
            assert found.key not in {other.key for other in again.findings}, found
            assert found.class_ not in ONE_FACT or words(again, found.class_) <= words(
                review, found.class_
            ), found
            new = {span.words for span in again.unread} - {span.words for span in review.unread}
            assert not new, (found, new)
