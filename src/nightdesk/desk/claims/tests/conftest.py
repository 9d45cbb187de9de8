"""An account of a report, made without the way in."""

from __future__ import annotations

from datetime import date

import pytest

from nightdesk.desk import clock
from nightdesk.desk.claims.models import Account, Claim
from nightdesk.desk.reports.models import Report
from nightdesk.desk.sources.models import Relay, Source

BROKER = (
    "며칠 전 보위원 두 명이 회령에서 송금 일을 하는 브로커를 찾아가 2만 위안을 내라고 했다. "
    "브로커는 돈이 없다고 했지만 보위원들은 손전화 사용자 명단에 이름이 있다며 이달 20일까지 마련하라고 했다."
)
COUSIN = (
    "My cousin moves money for families in Hoeryong. Two State Security agents came in the second week of "
    "December and asked for 20,000 yuan. They said the name was on a list of phone users and gave until the 20th."
)


@pytest.fixture
def told(db):
    """told('millet', bob, text=…) -> the account of a new report of that source, cleared for those members."""

    def make(
        pseudonym,
        *cleared,
        text=BROKER,
        lang="ko",
        via=None,
        on=date(2023, 12, 15),
        basis="told by the person concerned",
        confirmed=True,
    ):
        source, _made = Source.objects.get_or_create(pseudonym=pseudonym, defaults={"made_on": clock.today()})
        source.cleared.add(*cleared)
        relay = Relay.objects.get_or_create(name=via)[0] if via else None
        report = Report.objects.create(
            source=source, relay=relay, lang=lang, contact_on=on, channel="voice", basis=basis, text=text,
            received_at=clock.now(), teller_confirmed_at=clock.now() if confirmed else None,
        )  # fmt: skip
        return Account.objects.create(report=report, start=0, end=len(text))

    return make


@pytest.fixture
def claimed():
    """claimed(account, bob) -> a claim from its first words."""

    def make(account, member, **facts):
        facts = {"statement": "Agents demanded money", "act": "extortion", "basis": "unknown"} | facts
        return Claim.objects.create(
            account=account, words_start=0, words_end=5, made_by=member, made_at=clock.now(), **facts
        )

    return make
