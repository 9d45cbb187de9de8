"""A screen asks the database as often for thirty rows as for seven."""

from __future__ import annotations

import hashlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nightdesk.desk import clock
from nightdesk.desk.intake import actions
from nightdesk.desk.intake.models import Arrival
from nightdesk.desk.reports.models import Report
from nightdesk.desk.sources.models import Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(alice, bob, envelope, signed_in):
    """asked(address, rows) -> how many questions the page asks with that many reports from as many sources."""

    def ask(address: str, rows: int) -> int:
        for number in range(Report.objects.count(), rows):
            source = Source.objects.create(pseudonym=f"source-{number}", made_on=clock.today())
            source.cleared.add(bob)
            for data in (
                envelope(f"회령에서 {number}만 위안을 내라고 했다.", source=source.pseudonym),
                bytes([number]),
            ):
                Arrival.objects.create(
                    digest=hashlib.sha256(data).hexdigest(), envelope=data, arrived_on=clock.today(),
                    collected_at=clock.now(), confirmed_at=clock.now(),
                )  # fmt: skip
        actions.open_waiting(alice)
        with CaptureQueriesContext(connection) as questions:
            assert signed_in(alice).get(address).status_code == 200
        return len(questions)

    return ask


@pytest.mark.parametrize(
    "address", ["/arrivals/", "/sources/", "/reports/", "/reports/{report}/", "/claims/event/{event}/"]
)
def test_a_screen_asks_the_same_number_of_questions_however_many_rows(asked, address):
    asked("/arrivals/", 7)
    report = Report.objects.order_by("pk").first()
    address = address.format(report=report.pk, event=report.accounts.get().event_id)
    asked(address, 7)  # the first look of the day is written into the log
    assert asked(address, 7) == asked(address, 30)
