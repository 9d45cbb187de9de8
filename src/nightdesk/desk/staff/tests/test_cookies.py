"""What a browser is given to keep: a session, a form's token, a language. Never words."""

from __future__ import annotations

from django.urls import reverse


def test_a_notice_that_names_a_source_travels_in_no_cookie(bob, signed_in):
    client = signed_in(bob)
    answer = client.post(reverse("sources:make"), {"pseudonym": "kingfisher"})
    assert answer.status_code == 302
    assert set(answer.cookies) <= {"nightdesk", "csrftoken"}
    assert "kingfisher" in client.get(answer["Location"]).content.decode()


def test_cookies_are_for_this_site_alone_and_not_for_scripts(alice, client):
    answer = client.post(
        reverse("staff:sign_in"), {"username": "Alice", "passphrase": "five words that nobody guesses"}
    )
    for cookie in answer.cookies.values():
        assert cookie["httponly"] and cookie["samesite"] == "Strict"
