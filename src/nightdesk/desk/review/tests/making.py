"""A story as the newsroom of the tests would bring it to review: two editions, four claims, three sources."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from unittest import mock

from django.conf import settings

from nightdesk.desk import clock, keys
from nightdesk.desk.claims.models import Account, Claim
from nightdesk.desk.reports.models import Report
from nightdesk.desk.review.models import GroupTable
from nightdesk.desk.sources.models import Relay, Source
from nightdesk.desk.stories.models import Edition, Paragraph, Story
from nightdesk.seal.keyring import Keyring, new_identity, new_keyring

NEWSROOM = {
    "name": {"en": "Tumen River Post", "ko": "두만강포스트"},
    "languages": ["ko", "en"],
    "standing_note": {
        "en": "Sources are not named, for their safety.",
        "ko": "안전을 위해 이름을 밝히지 않는다.",
    },
}
# source, relay, day, report, words of the claim
TOLD = (
    ("crane", None, "2023-12-15", "회령시 보위부가 이달 초부터 중국 손전화 사용자를 뿌리 뽑겠다며 소탕전을 벌이고 있다."),
    ("millet", None, "2023-12-15", "며칠 전 보위원 두 명이 회령에서 송금 일을 하는 브로커를 찾아가 2만 위안을 내라고 했다."),
    ("heron", "relay-yanji", "2023-12-14", "지난주 회령시에서 반년 전에 손전화를 빼앗기고 송금 일을 그만둔 사람에게도 보위원이 찾아와 5천 위안을 요구했다."),
    ("heron", "relay-yanji", "2023-12-17", "이미 송금 일을 그만둔 사람들도 명단에 이름이 있으면 보위원들이 찾아가 돈을 요구한다."),
)  # fmt: skip
CLAIMS = (
    {"act": "crackdown", "actor": "State Security, Hoeryong", "party": "users of Chinese phones", "knowers": ("public", 20000, 150000)},
    {"act": "extortion", "actor": "two State Security agents", "party": "a remittance broker", "amount": Decimal(20000), "knowers": ("party", 3, 30)},
    {"act": "extortion", "actor": "a State Security agent", "party": "a former broker", "amount": Decimal(5000), "knowers": ("household", 3, 10)},
    {"act": "extortion", "actor": "State Security agents", "party": "former brokers", "knowers": ("neighbours", 50, 500)},
)  # fmt: skip
TITLES = {
    "ko": "회령 보위부, 연말 앞두고 손전화 사용자 단속",
    "en": "Security officials in Hoeryong shake down phone users",
}
KO = (
    "회령시 보위부가 이달 들어 중국 손전화 사용자를 상대로 대대적인 단속을 벌이고 있다고 함경북도 소식통이 15일 본지에 전했다.",
    "최근 보위원 두 명이 회령에서 송금 일을 하는 브로커를 찾아가 {money} 요구했다.",
    "지난주에는 반년 전에 손전화를 빼앗기고 송금 일을 그만둔 사람에게도 5천 위안을 요구하며 “산골로 추방되고 싶으냐”고 위협했다.",
    "이미 일을 그만둔 사람들도 명단에 이름이 있으면 돈을 요구받는다고 한다.",
)
EN = (
    "State Security officials in Hoeryong have begun a sweep against users of Chinese mobile phones, a source in North Hamgyong Province told us on Friday.",
    "Two agents recently asked a remittance broker working in Hoeryong for {money}.",
    "Last week agents asked RMB 5,000 (around USD 700) of a man whose phone was taken six months ago, and threatened him with exile.",
    "Even people who have given up the trade are asked for money if their names are on the list.",
)


def newsroom() -> None:
    """newsroom.json in the desk's folder."""
    settings.NIGHTDESK_NEWSROOM.write_text(json.dumps(NEWSROOM), "utf-8")


def hold_keys() -> Keyring:
    """A keyring for the process, certified around the day of the tests."""
    keyring = new_keyring(
        new_identity(b"i" * 32).seed, b"s" * 32, b"d" * 32, date(2023, 12, 1), date(2024, 2, 28)
    )
    keys.hold(keyring)
    return keyring


def claims(reporter) -> list[Claim]:
    """Four claims from four reports of three sources, all cleared for `reporter`."""
    return [_claim(reporter, told, facts) for told, facts in zip(TOLD, CLAIMS, strict=True)]


def _claim(reporter, told, facts) -> Claim:
    pseudonym, relay, day, text = told
    source, _ = Source.objects.get_or_create(
        pseudonym=pseudonym, defaults={"made_on": date(2023, 1, 1), "old_card": f"card-of-{pseudonym}"}
    )
    source.cleared.add(reporter)
    report = Report.objects.create(
        source=source, relay=relay and Relay.objects.get_or_create(name=relay)[0], lang="ko",
        contact_on=date.fromisoformat(day), channel="relay" if relay else "voice", text=text,
        received_at=clock.now(), read_at=clock.now(),
    )  # fmt: skip
    account = Account.objects.create(report=report, end=len(text))
    kind, low, high = facts["knowers"]
    return Claim.objects.create(
        account=account, words_start=0, words_end=len(text), statement=text[:60], act=facts["act"],
        actor=facts["actor"], party=facts["party"], place="hoeryong", earliest=date(2023, 12, 4),
        latest=date(2023, 12, 10), edtf="2023-12-04/2023-12-10", amount=facts.get("amount"),
        currency="CNY" if facts.get("amount") else "", sum_role="demanded" if facts.get("amount") else "",
        basis="second-hand", knowers=kind, knowers_low=low, knowers_high=high, status="accepted",
        made_by=reporter, made_at=clock.now(),
    )  # fmt: skip


def story(reporter, translator, slug: str = "year-end-phone-sweep") -> Story:
    """The story in both editions, translated and handed over."""
    newsroom()
    made = claims(reporter)
    row = Story.objects.create(
        slug=slug,
        public_id=f"pub-{slug}",
        begun_by=reporter,
        begun_at=clock.now(),
        ready_to_translate_at=clock.now(),
    )
    ko = Edition.objects.create(story=row, lang="ko", title=TITLES["ko"], summary="")
    en = Edition.objects.create(
        story=row, lang="en", title=TITLES["en"], translated_title=TITLES["ko"], translated_by=translator
    )
    for position, (claim, korean, english) in enumerate(zip(made, KO, EN, strict=True), 1):
        chip = f"{{money:c{claim.pk}}}"
        source = Paragraph.objects.create(
            edition=ko, position=position, text=korean.format(money=f"{chip}을")
        )
        source.claims.add(claim)
        Paragraph.objects.create(
            edition=en, position=position, text=english.format(money=chip), translates=source,
            translated_text=source.text,
        )  # fmt: skip
    return row


def tables() -> None:
    """Two of the newsroom's tables."""
    for group, low, high in (("remittance brokers", 40, 120), ("former remittance brokers", 60, 300)):
        GroupTable.objects.create(
            group=group,
            place="Hoeryong",
            low=low,
            high=high,
            basis="desk estimate",
            as_of="2023-11",
            expires="2024-05",
        )
    GroupTable.objects.create(
        group="people whose Chinese phone was seized in the last year", place="Hoeryong", low=20, high=80,
        basis="desk log of reports", as_of="2023-12", expires="2024-06",
    )  # fmt: skip


def decide_everything(first, second, row: Story) -> None:
    """Keeps every open finding, the red ones with a second person.

    No word changes meanwhile, so the text is laid out once and not once a decision; that an action looks at the
    text again is tested where it is the subject (test_decisions.py, test_bound.py).
    """
    from nightdesk.desk.review import actions
    from nightdesk.desk.review.standing import standing_of

    if not standing_of(row).reviewed:
        actions.review(first, row)
    one = standing_of(row)
    with mock.patch.object(actions, "standing_of", lambda _story: one):
        for judged in one.open:
            decision = judged.decision or actions.keep(
                first, row, judged.finding.key, "Known all over the town already."
            )
            if decision.waits_for_second:
                actions.second(second, decision, "I have read both editions and agree.")


def cleared(first, second, row: Story):
    """A clearance for the story as it stands."""
    decide_everything(first, second, row)
    return clear(first, row)


def clear(member, row: Story):
    """Clears the text as it stands, as the screen's button does."""
    from nightdesk.desk.review import actions
    from nightdesk.desk.review.standing import standing_of

    return actions.clear(member, row, standing_of(row).laid.fingerprint)
