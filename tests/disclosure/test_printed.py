"""Sentences that offers once left wrong, unprintable or untrue: what must stand there instead, and what never may."""

from __future__ import annotations

import pytest

from nightdesk.disclosure import apply

OFFERED = [
    ("Han Ji-un, a former teacher, fled in the autumn.", "A former teacher fled in the autumn."),
    ("For Kim Hyok, the youngest of three brothers, it was the second arrest.", "For the youngest of three brothers, it was the second arrest."),
    ("According to Kim Yong-nam, a guard at the customs house, the list had 40 names.", "According to a guard at the customs house, the list had 40 names."),
    ("One of the doctors at the county hospital, Jo Il-nam, paid.", "One of the doctors at the county hospital paid."),
    ("Kim Chol-ho and his wife Pak Sun-i were fined.", "Kim Chol-ho and his wife were fined."),
    ("His wife Pak Sun-i was held in the autumn.", "His wife was held in the autumn."),
    ("Her brother-in-law, Captain O Se-jin, had warned her.", "Her brother-in-law, an officer, had warned her."),
    ("Sergeant Ri took her phone.", "Somebody in uniform took her phone."),
    ("시동생인 오세진 대위가 귀띔했다.", "시동생인 군인 한 명이 귀띔했다."),
    ("He owed the moneylender, Madam Chon, about 4,000 yuan.", "He owed the moneylender about 4,000 yuan."),
    ("Nobody has seen Mun Ki-sok since spring.", "Nobody has seen the resident since spring."),
    ("The raids on Friday and Saturday left the market empty.", "The raids recently left the market empty."),
    ("금요일과 토요일의 단속으로 장마당이 비었다.", "최근의 단속으로 장마당이 비었다."),
    ("The deadline is Tuesday.", "The deadline is this month."),
    ("마감은 12일이다.", "마감은 이달이다."),
    ("12일이 마감이다.", ""),
    ("10일은 장날이었다.", ""),
    ("Until last week, one of the smugglers lived in Sinuiju.", "Until recently, one of the smugglers lived in Sinuiju."),
    ("Until last week, one of the smugglers lived in Sinuiju.", "Until last week, one of the residents lived in Sinuiju."),
    ("지난주까지 밀수꾼 한 명이 신의주에 살았다.", "최근까지 밀수꾼 한 명이 신의주에 살았다."),
    ("20일까지 내지 않으면 산골로 추방된다.", "기한 안에 내지 않으면 산골로 추방된다."),
    ("12월 10일까지 그는 모두 1만 2천 위안을 냈다.", "그는 모두 1만 2천 위안을 냈다."),
    ("He had warned her a week earlier.", "He had warned her earlier."),
    ("The man who lost his phone was fined again last week.", "The man who lost his phone was fined again recently."),
    ("Her two daughters, aged 9 and 12, now live in Chongjin.", "Her two daughters now live in Chongjin."),
    ("Her two daughters, aged 9 and 12, now live in Chongjin.", "Her daughters, aged 9 and 12, now live in Chongjin."),
    ("아홉 살과 열두 살 난 두 딸은 지금 청진에 산다.", "두 딸은 지금 청진에 산다."),
    ("A woman was fined 5,000 won.", "A woman was fined."),
    ("그들은 5천 원의 벌금을 물었다.", "그들은 벌금을 물었다."),
    ("브로커는 오빠가 보낸 1만 위안의 30%를 떼었다.", "브로커는 오빠가 보낸 돈의 30%를 떼었다."),
    ("강안동에서 월요일에 열한 집을 뒤졌다.", "강안동에서 월요일에 여러 집을 뒤졌다."),
    ("At least 14 people were held in Onsong on Friday.", "Several people were held in Onsong on Friday."),
    ("Two trucks crossed the bridge at Musan.", "Two trucks crossed the bridge in North Hamgyong Province."),
    ("회령과 무산 주민들은 라디오를 바쳤다.", "함경북도 주민들은 라디오를 바쳤다."),
    ("Residents of Hoeryong and Musan handed in radios.", "Residents of North Hamgyong Province handed in radios."),
    ("회령교원대학에 다니는 학생이 퇴학당했다.", "함경북도 내 교원대학에 다니는 학생이 퇴학당했다."),
    ("A neighbour heard shouting from No. 12, Yokjon-dong.", "A neighbour heard shouting."),
    ("역전동 12호에서 고함 소리가 났다.", "고함 소리가 났다."),
    ("Her aunt, a nurse at the county hospital, was questioned.", "Her aunt, a resident, was questioned."),
    ("Among them was a former border guard.", "Among them was a former soldier."),
    ("“They took it all,” said Ri Myong-hui, a widow in Hoeryong.", "That was the account of Ri Myong-hui, a widow in Hoeryong."),
    ("“My husband never came home,” she said on Saturday.", "She said as much on Saturday."),
]  # fmt: skip
NEVER = [
    ("Teachers Kim Un-ha and Pak Chol were dismissed.", "Teachers a resident"),
    ("12일이 마감이다.", "최근이"),
    ("10일은 장날이었다.", "이달은"),
    ("The fine was 50,000 won.", "was money"),
    ("벌금은 5만 원이었다.", "돈이었다"),
    ("The price rose from 500 yuan to 1,000 yuan.", "money"),
    ("The search lasted from Saturday to Tuesday.", "lasted."),
    ("Every nurse in Hyesan had the list.", "Every resident"),
    ("인민반장마다 명단을 받았다.", "주민마다"),
    ("Her neighbour Om Chun-hwa, 61, saw two officers.", "Her a resident"),
    ("지금은 60대인 전직 보위원이 설명했다.", "지금은 전직"),
    ("10월에 손전화를 빼앗긴 남성이 또 벌금을 물었다.", "10월에 주민이"),
    ("두 딸이 잡혔다.", "두 가족"),
    ("백 모(60) 씨가 구류장에서 숨졌다.", "여러 모"),
    ("She said he had been “dragged out by the hair” then.", "been words to that effect"),
    ("He took 30 percent of the 10,000 yuan that she sent.", "the between"),
]  # fmt: skip


def offered(look, story, sentence: str) -> list[str]:
    """The sentence after every offer of every finding, told by a report in the same words."""
    lang = "ko" if any("가" <= letter <= "힣" for letter in sentence) else "en"
    _, review = look(story(**{lang: sentence}, report=sentence, lang=lang))
    return [apply(sentence, offer) for found in review.findings for offer in found.offers]


@pytest.mark.parametrize(("before", "after"), OFFERED)
def test_a_sentence_that_can_be_printed_is_offered(before, after, look, story) -> None:
    assert after in offered(look, story, before)


@pytest.mark.parametrize(("before", "words"), NEVER)
def test_no_offer_leaves_what_is_untrue_or_no_sentence(before, words, look, story) -> None:
    every = offered(look, story, before)
    assert not [one for one in every if words in one], every


@pytest.mark.parametrize("sentence", sorted({before for before, _ in OFFERED}))
def test_nothing_new_is_unread_after_it(sentence, look, story, take) -> None:
    lang = "ko" if any("가" <= letter <= "힣" for letter in sentence) else "en"
    one, review = look(story(**{lang: sentence}))
    read = {span.words for span in review.unread}
    for found in review.findings:
        for again in take(one, found):
            assert {span.words for span in again.unread} <= read, found
