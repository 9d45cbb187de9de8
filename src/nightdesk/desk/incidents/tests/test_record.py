"""The record: coded from claims without a key to a source, counted with care, open to analysts alone."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.incidents import actions, table
from nightdesk.desk.incidents.models import Act, Campaign
from nightdesk.desk.review import keeping
from nightdesk.desk.review.standing import standing_of
from nightdesk.desk.review.tests import making
from nightdesk.desk.stories.models import MarketRate


@pytest.fixture
def ann(db):
    from nightdesk.desk.conftest import PASSPHRASE
    from nightdesk.desk.staff.models import Member

    return Member.objects.create_member("Ann", PASSPHRASE, role="analyst")


@pytest.fixture
def coded(bob, alice):
    made = making.claims(bob)
    return [actions.code(alice, claim) for claim in made]


def act(**facts):
    base = {"act": "extortion", "status": "accepted", "coded_at": "2023-12-18T09:00Z", "edtf": ""}
    return Act.objects.create(**{**base, "claim_token": f"t{Act.objects.count()}", **facts})


def test_coding_twice_brings_the_row_up_to_date(bob, alice):
    [claim, *_] = making.claims(bob)
    first = actions.code(alice, claim)
    claim.status = "conflict"
    claim.save()
    assert actions.code(alice, claim).pk == first.pk
    assert Act.objects.get().status == "conflict"


def test_an_act_has_no_key_that_leads_to_a_source():
    assert [f.name for f in Act._meta.get_fields() if f.is_relation] == ["campaign"]


def test_a_claim_is_coded_by_hand_by_who_may_see_it(bob, alice, ann, charlie, signed_in):
    [claim, *_] = making.claims(bob)
    url = reverse("incidents:code")
    assert signed_in(charlie).post(url, {"claim": claim.token}).status_code == 403
    assert signed_in(ann).post(url, {"claim": claim.token}).status_code == 404
    assert not Act.objects.exists()
    assert signed_in(alice).post(url, {"claim": claim.token}).status_code == 302
    assert Act.objects.get().claim_token == claim.token


@pytest.mark.parametrize("who", ["charlie", "bob", "tariq"])
def test_who_does_not_see_the_record_is_refused(who, request, coded, signed_in):
    client = signed_in(request.getfixturevalue(who))
    assert client.get(reverse("incidents:record")).status_code == 403
    assert client.post(reverse("incidents:csv")).status_code == 403
    assert (
        client.post(reverse("incidents:assign"), {"acts": coded[0].public_id, "campaign": "x"}).status_code
        == 403
    )


def test_an_analyst_sees_the_record_and_nothing_else(coded, ann, signed_in):
    client = signed_in(ann)
    page = client.get(reverse("incidents:record")).content.decode()
    assert "RMB 20,000" in page
    assert "reports received" not in page
    assert not [secret for secret in ("crane", "heron", "millet", "relay-yanji", "회령시") if secret in page]
    for name in (
        "reports:list",
        "claims:list",
        "stories:list",
        "sources:list",
        "review:list",
        "releases:list",
    ):
        assert client.get(reverse(name)).status_code in (403, 404)


def test_editors_see_the_reporting_effort_beside_the_counts(coded, alice, signed_in):
    page = signed_in(alice).get(reverse("incidents:record")).content.decode()
    assert "reports received" in page
    assert "Cannot tell whether there is a season" in page


def test_a_province_finds_its_towns_and_filters_narrow(coded, alice, signed_in):
    client = signed_in(alice)
    act(place="pyongyang", earliest=date(2022, 1, 3), latest=date(2022, 1, 3))
    shown = {
        query: len(client.get(reverse("incidents:record") + query).context["rows"])
        for query in ("", "?place=north-hamgyong", "?act=crackdown", "?year=2022", "?status=open", "?year=x")
    }
    assert shown[""] == 5
    assert shown["?place=north-hamgyong"] == 4
    assert shown["?act=crackdown"] == 1
    assert shown["?year=2022"] == 1
    assert shown["?status=open"] == 0
    assert shown["?year=x"] == 5


def test_the_download_holds_what_is_filtered_and_is_written_down(coded, ann, signed_in):
    answer = signed_in(ann).post(reverse("incidents:csv"), {"act": "crackdown"})
    lines = answer.content.decode().strip().splitlines()
    assert len(lines) == 2
    entry = CustodyEntry.objects.get(verb="export", subject=f"member:{ann.pk}")
    assert entry.member_id == ann.pk
    assert "1 acts" in entry.note


def test_words_that_a_spreadsheet_would_run_are_made_inert(db):
    act(actor="=HYPERLINK(1)", party="-1")
    [_, line] = table.to_csv(table.with_dollars(Act.objects.all())).strip().splitlines()
    assert "'=HYPERLINK(1)" in line
    assert "'-1" in line


def test_a_sum_without_a_bank_rate_takes_the_desks_own_of_that_day(db):
    day = date(2023, 12, 10)
    row = act(amount=Decimal(85000), currency="KPW", earliest=day, latest=day)
    assert table.with_dollars([row])[0].usd is None
    MarketRate.objects.create(currency="KPW", per_usd=Decimal(8500), on=date(2023, 12, 1), basis="traders")
    assert table.with_dollars([row])[0].usd == 10


def test_campaigns_are_made_and_left(coded, alice):
    campaign = actions.assign(alice, [coded[0].public_id], "Year-end sweep")
    assert list(Act.objects.filter(campaign=campaign)) == [coded[0]]
    actions.assign(alice, [coded[0].public_id], "")
    assert not Act.objects.filter(campaign=campaign).exists()
    assert Campaign.objects.count() == 1


def test_the_record_asks_as_many_questions_for_four_acts_as_for_forty(
    coded, alice, signed_in, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(alice)
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("incidents:record"))
    for number in range(36):
        act(
            place="hoeryong",
            earliest=date(2020 + number % 4, 1 + number % 12, 5),
            amount=Decimal(5),
            currency="KPW",
        )
    with django_assert_num_queries(len(few)):
        client.get(reverse("incidents:record"))


@pytest.fixture
def ticked(bob, tariq, alice):
    story = making.story(bob, tariq)
    for spot in standing_of(story).laid.spots["ko"][1:3]:
        keeping.let_into_record(
            alice,
            story,
            spot.claims[0],
            {"en": "agents", "ko": "보위원들"},
            {"en": "somebody", "ko": "어떤 사람"},
        )
    return standing_of(story).laid.rows


def test_a_sum_is_public_only_where_its_chip_stands_in_every_edition(ticked):
    assert [row.amount for row in ticked] == [None, Decimal(20000)]


def test_a_week_the_text_does_not_name_becomes_its_month(ticked):
    assert {(row.earliest, row.latest) for row in ticked} == {(date(2023, 12, 1), date(2023, 12, 31))}


def test_the_place_is_no_finer_than_the_text(ticked):
    assert {row.place for row in ticked} == {"hoeryong"}
    assert {row.place_code for row in ticked} == {"KP-09"}
