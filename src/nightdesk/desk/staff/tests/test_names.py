"""A name is written in one way, on a screen and by the command: two names never share one slot."""

from __future__ import annotations

import unicodedata

import pytest

from nightdesk.desk.errors import DeskError
from nightdesk.desk.staff import names, staffing
from nightdesk.desk.staff.models import Member
from nightdesk.desk.staff.tests.conftest import says

NEW = "seven geese over a quiet river"
TWO = "\ub450\ub9cc"  # composed Hangul


@pytest.mark.parametrize("name", [
    "", " ", " Noor", "Noor ", "No  or", "No\tor", "No\nor", "\nkey file", "No\u200bor", "No\u202eor", "No\u2028or",
    "No\x00or", "\u00a0Noor", "N" * 41, unicodedata.normalize("NFD", TWO), "No\u0301or",
])  # fmt: skip
def test_a_name_with_two_ways_of_writing_is_none(name):
    assert not names.is_plain(name)


@pytest.mark.parametrize("name", ["Noor", "Noor Haddad", TWO, "N\u00f3or", "O'Neill", "\u5f20\u4f1f"])
def test_names_people_have_are_names(name):
    assert names.is_plain(name)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["Noor ", "No\u200bor", unicodedata.normalize("NFD", TWO), "ALICE", "\u00c9rin"]
)
def test_the_verbs_refuse_it_and_make_nobody(alice, name):
    Member.objects.create_member("\u00e9rin", NEW, role="editor")
    before = Member.objects.count()
    with pytest.raises(DeskError, match="name"):
        staffing.add(alice, name, "reporter", "", NEW, NEW)
    with pytest.raises(DeskError, match="name"):
        staffing.add_here(name, "reporter", "", NEW, keyholder=False)
    assert Member.objects.count() == before


@pytest.mark.django_db
def test_the_screen_says_what_is_wrong_and_keeps_what_was_typed(alice, browser):
    client = browser()
    says(client, "Alice")
    typed = unicodedata.normalize("NFD", TWO)
    page = client.post("/members/new/", {"name": typed, "role": "reporter", "new": NEW, "again": NEW})
    assert (
        page.status_code == 400
        and "composed letters" in page.content.decode()
        and typed in page.content.decode()
    )
