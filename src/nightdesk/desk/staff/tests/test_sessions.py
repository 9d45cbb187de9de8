"""Sessions are short, bound to a browser, listed, and end at once when somebody says so."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.staff import browsers, sessions
from nightdesk.desk.staff.models import SignedIn
from nightdesk.desk.staff.tests.conftest import FIREFOX, is_in, says

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36"


def test_a_session_ends_when_it_rests_half_an_hour(alice, browser, time):
    client = browser()
    says(client, "Alice")
    time.passes(minutes=29)
    assert is_in(client)
    time.passes(minutes=31)
    answer = client.get("/reports/?page=2")
    assert answer.status_code == 302 and "ended=idle" in answer["Location"]
    assert "%2Freports%2F%3Fpage%3D2" in answer["Location"]
    assert not SignedIn.objects.exists()


def test_how_long_it_may_rest_is_a_setting(alice, browser, time, settings):
    settings.NIGHTDESK_SESSION_IDLE = 5
    client = browser()
    says(client, "Alice")
    time.passes(minutes=6)
    assert not is_in(client)


def test_a_session_ends_after_eight_hours_however_busy_it_is(alice, browser, time):
    client = browser()
    says(client, "Alice")
    for _each in range(31):
        time.passes(minutes=15)
        assert is_in(client)
    time.passes(minutes=20)
    assert "ended=age" in client.get("/")["Location"]


def test_a_cookie_moved_to_another_browser_is_refused_aloud_and_ended(alice, browser):
    client, thief = browser(), browser(CHROME)
    says(client, "Alice")
    thief.cookies = client.cookies.copy()
    answer = thief.get("/", follow=True)
    assert "another browser" in answer.content.decode()
    assert not is_in(client), "whoever has the cookie has it: it is over for both"


def test_a_form_sent_too_late_gives_back_the_words_that_were_typed(alice, browser, time):
    client = browser()
    says(client, "Alice")
    time.passes(hours=1)
    answer = client.post("/sources/new/", {"pseudonym": "the grey heron"})
    assert answer.status_code == 401 and "the grey heron" in answer.content.decode()


def test_a_form_sent_after_somebody_ended_the_session_gives_back_its_words_too(alice, browser):
    client = browser()
    says(client, "Alice")
    sessions.end_all(alice)
    answer = client.post("/sources/new/", {"pseudonym": "the grey heron"})
    assert answer.status_code == 401 and "the grey heron" in answer.content.decode()
    assert says(client, "Alice").status_code == 302


def test_a_session_that_was_never_bound_opens_nothing(alice, browser):
    client = browser()
    client.force_login(alice)
    kept = client.session
    del kept[sessions.BROWSER]
    kept.save()
    assert not is_in(client)


def test_a_member_sees_own_sessions_and_no_key_of_one(alice, bob, browser):
    one, other = browser(), browser(CHROME)
    says(one, "Alice"), says(other, "Alice"), says(browser(), "Bob")
    page = one.get("/me/").content.decode()
    assert "Firefox, Linux" in page and "Chrome, Windows" in page
    assert page.count('action="/me/sessions/end/"') == 3
    assert not any(row.session_key in page for row in SignedIn.objects.all())


def test_a_member_ends_one_session_or_all_others(alice, browser):
    one, two, three = browser(), browser(CHROME), browser("curl/8")
    for client in (one, two, three):
        says(client, "Alice")
    row = SignedIn.objects.get(family="Chrome, Windows")
    one.post("/me/sessions/end/", {"session": sessions.handle(row)})
    assert (is_in(one), is_in(two), is_in(three)) == (True, False, True)
    one.post("/me/sessions/end/")
    assert is_in(one) and not is_in(three)
    assert CustodyEntry.objects.filter(subject=f"member:{alice.pk}", verb="end sessions").count() == 2


def test_nobody_ends_another_s_session_from_the_own_page(alice, bob, browser):
    hers, his = browser(), browser()
    says(hers, "Alice"), says(his, "Bob")
    his.post("/me/sessions/end/", {"session": sessions.handle(SignedIn.objects.get(member=alice))})
    assert is_in(hers)


def test_an_editor_ends_every_session_of_a_member_at_once_and_a_reporter_none(alice, bob, charlie, browser):
    editor, his, other = browser(), browser(), browser()
    says(editor, "Alice"), says(his, "Bob"), says(other, "Charlie")
    assert other.post(f"/members/{bob.pk}/end-sessions/").status_code == 403
    assert is_in(his)
    editor.post(f"/members/{bob.pk}/end-sessions/")
    assert not is_in(his)


def test_signing_out_ends_the_row(alice, browser):
    client = browser()
    says(client, "Alice")
    kept = client.cookies.copy()
    client.post("/sign-out/")
    assert not SignedIn.objects.filter(member=alice).exists()
    client.cookies = kept
    assert not is_in(client)


def test_a_request_that_comes_back_late_does_not_bring_an_ended_session_to_life(alice, browser):
    client = browser()
    says(client, "Alice")
    late = sessions.SessionStore(client.cookies["nightdesk"].value)
    late["word"] = "said"
    sessions.end_all(alice)
    with pytest.raises(UpdateError):
        late.save()
    assert not SignedIn.objects.exists()


def test_a_request_asks_two_queries_for_its_session_and_writes_once_a_minute(alice, browser, time):
    client = browser()
    says(client, "Alice")

    def asked():
        with CaptureQueriesContext(connection) as seen:
            client.get("/me/passphrase/")
        own = [
            q["sql"] for q in seen.captured_queries if re.match('(SELECT.* FROM|UPDATE) "staff_', q["sql"])
        ]
        return [sql.split()[0] for sql in own]

    assert asked() == ["SELECT", "SELECT"]
    time.passes(minutes=2)
    assert asked() == ["SELECT", "UPDATE", "SELECT"]
    for _each in range(20):
        says(browser(), "Alice")
    assert asked() == ["SELECT", "SELECT"]


def test_what_has_ended_leaves_the_table_at_the_next_sign_in(alice, browser, time):
    says(browser(), "Alice")
    time.passes(hours=1)
    says(browser(), "Alice")
    assert SignedIn.objects.count() == 1


def test_no_version_of_a_browser_is_kept():
    assert browsers.family(FIREFOX) == "Firefox, Linux"
    assert browsers.family("python-httpx/0.28") == ""


def test_after_signing_out_the_page_says_so(alice, browser):
    client = browser()
    says(client, "Alice")
    assert "You are signed out." in client.post("/sign-out/", follow=True).content.decode()


def test_what_was_done_this_very_minute_is_not_said_in_minutes(bob, signed_in, phone_of, time):
    phone_of(bob)
    client = signed_in(bob)
    page = client.get("/me/").content.decode()
    assert "enrolled just now" in page
    time.passes(minutes=2)
    assert "enrolled just now" not in client.get("/me/").content.decode()
