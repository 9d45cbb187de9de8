"""A refused form is no dead end: it leads back, and shows the words that were typed."""

from __future__ import annotations

import pytest

from nightdesk.desk.sources.models import Source

pytestmark = pytest.mark.django_db
WORDS = "장마당에서 들은 이야기를 길게 적었다."


@pytest.fixture
def refused(client, alice):
    """The answer to a source's name that is taken, sent from the page of sources."""
    Source.objects.create(pseudonym="the old crane", made_on="2023-12-01")
    client.force_login(alice)

    def send(referer="http://testserver/sources/?page=2", **more):
        said = {"pseudonym": "the old crane", **more}
        return client.post("/sources/new/", said, headers={"referer": referer}).content.decode()

    return send


def test_it_leads_back_to_the_page_it_came_from(refused):
    assert 'href="/sources/?page=2"' in refused()


@pytest.mark.parametrize(
    "referer",
    [
        "http://elsewhere.example/sources/",
        "javascript:alert(1)",
        "//evil.example/x",
        "http://testserver//evil.example/x",
        "",
    ],
)
def test_it_leads_nowhere_else(refused, referer):
    page = refused(referer)
    assert "elsewhere" not in page and "evil" not in page and "javascript:" not in page


def test_it_shows_the_words_that_were_typed_and_no_secret(refused):
    page = refused(
        note=WORDS, passphrase="five words nobody may see", card="An invented card, sealed.", page="12"
    )
    assert WORDS in page and "the old crane" in page
    assert "five words nobody" not in page and "An invented card" not in page


HUGE = "9" * 25


@pytest.mark.parametrize("path", [
    f"/reports/?source={HUGE}", f"/stories/{HUGE}/", f"/claims/{HUGE}/", f"/translation/{HUGE}/", f"/releases/{HUGE}/",
    f"/stories/new/?claim={HUGE}", f"/arrivals/?page={HUGE}",
])  # fmt: skip
def test_a_number_no_row_could_have_is_no_fault_of_the_desk(client, alice, path):
    client.force_login(alice)
    assert client.get(path).status_code in (200, 404)


def test_a_post_over_a_megabyte_is_a_sentence_although_the_token_is_read_first(alice):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)
    answer = strict.post("/sources/new/", {"pseudonym": "x" * 1_100_000})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "more than one megabyte" in page and "x" * 100 not in page


def test_a_post_that_django_refuses_says_so_in_the_desks_words(alice):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "ko"})
    strict.force_login(alice)
    answer = strict.post("/sources/new/", {f"field{n}": "1" for n in range(2000)})
    assert answer.status_code == 400 and "Bad Request" not in answer.content.decode()


def test_a_form_sent_under_a_foreign_name_is_refused_in_a_sentence(client, alice):
    client.force_login(alice)
    answer = client.post("/sources/new/", {"pseudonym": "x"}, headers={"host": "evil.example"})
    assert answer.status_code == 400 and "evil.example" not in answer.content.decode()


def test_an_address_that_only_takes_forms_says_so(client, alice):
    client.force_login(alice)
    answer = client.get("/sources/new/")
    assert answer.status_code == 405 and "It only takes what a form sends." in answer.content.decode()
