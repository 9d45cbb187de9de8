"""The newsroom's tables and rates."""

import pytest
from django.urls import reverse

from nightdesk.desk.review.models import GroupTable
from nightdesk.desk.review.tests import making
from nightdesk.desk.stories.models import MarketRate

GOOD = {"group": "brokers", "place": "Hoeryong", "low": 40, "high": 120, "basis": "estimate", "as_of": "2023-11", "expires": "2024-05"}  # fmt: skip


@pytest.fixture
def client_of_alice(alice, signed_in):
    return signed_in(alice)


def test_a_table_is_added_corrected_and_removed(client_of_alice):
    client_of_alice.post(reverse("review:table_add", args=["group"]), GOOD)
    row = GroupTable.objects.get()
    client_of_alice.post(reverse("review:table_edit", args=["group", row.pk]), {**GOOD, "high": 90})
    row.refresh_from_db()
    assert row.high == 90
    client_of_alice.post(reverse("review:table_remove", args=["group", row.pk]))
    assert not GroupTable.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"low": 500}, {"as_of": "Nov 2023"}, {"expires": "2023-13"}, {"expires": "2020-01"}]
)
def test_a_table_that_contradicts_itself_is_refused_with_a_sentence(client_of_alice, wrong):
    answer = client_of_alice.post(reverse("review:table_add", args=["group"]), {**GOOD, **wrong})
    assert answer.status_code == 400
    assert "errorlist" in answer.content.decode()
    assert not GroupTable.objects.exists()


def test_an_expired_table_is_marked(client_of_alice):
    making.tables()
    GroupTable.objects.filter(high=80).update(expires="2023-11")
    assert client_of_alice.get(reverse("review:tables")).content.decode().count("chip amber") == 1


def test_a_market_rate_is_added_and_a_senseless_one_refused(client_of_alice):
    rate = {"currency": "kpw", "per_usd": "8500", "on": "2023-12-10", "basis": "three traders"}
    client_of_alice.post(reverse("review:table_add", args=["rate"]), rate)
    assert MarketRate.objects.get().currency == "KPW"
    answer = client_of_alice.post(reverse("review:table_add", args=["rate"]), {**rate, "per_usd": "0"})
    assert answer.status_code == 400


def test_reporters_change_no_table(bob, signed_in):
    client = signed_in(bob)
    assert client.post(reverse("review:table_add", args=["group"]), GOOD).status_code == 403
    assert not GroupTable.objects.exists()


def test_a_table_s_place_is_said_in_the_page_s_language_and_no_label_ends_in_a_colon(client_of_alice):
    making.tables()
    page = client_of_alice.get(reverse("review:tables"), headers={"accept-language": "ko"}).content.decode()
    assert ">회령</td>" in page and ">Hoeryong</td>" not in page
    assert ":</label>" not in page and "예: 2023-11" in page
