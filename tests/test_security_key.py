"""A security key in a real browser: enrolled, asked for, refused when it is another's."""

from __future__ import annotations

import re

import pytest

from nightdesk.desk.staff import tries
from nightdesk.desk.staff.models import Factor, Member

PASSPHRASE = "five words that nobody guesses"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(chromium, live_server, settings):
    settings.NIGHTDESK_SECOND_FACTOR = "required"
    tries.reset()
    context = chromium.new_context()
    page = context.new_page()
    page.errors = []
    page.on("console", lambda message: page.errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.home = re.sub(r"//[^:]+", "//localhost", live_server.url)
    yield page
    context.close()


def with_key(page):
    """Plugs a virtual security key into the browser."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "hasResidentKey": False, "hasUserVerification": False}
    key = session.send(
        "WebAuthn.addVirtualAuthenticator", {"options": {**options, "automaticPresenceSimulation": True}}
    )
    return lambda: session.send(
        "WebAuthn.removeVirtualAuthenticator", {"authenticatorId": key["authenticatorId"]}
    )


def signs_in(page, name="Alice"):
    page.goto(f"{page.home}/sign-in/")
    page.fill("#id_username", name)
    page.fill("#id_passphrase", PASSPHRASE)
    page.keyboard.press("Enter")


def test_a_key_is_enrolled_asked_for_and_opens_the_desk(page):
    Member.objects.create_member("Alice", PASSPHRASE, role="editor")
    with_key(page)
    signs_in(page)
    page.wait_for_url("**/sign-in/enrol/")
    page.get_by_role("button", name="Enrol the security key").click()
    page.wait_for_url(f"{page.home}/")
    factor = Factor.objects.get()
    assert (factor.kind, factor.host) == ("key", "localhost")
    page.context.clear_cookies()
    signs_in(page)
    page.wait_for_url("**/sign-in/second/")
    page.get_by_role("button", name="Use the security key").click()
    page.wait_for_url(f"{page.home}/")
    factor.refresh_from_db()
    assert factor.used_at is not None
    assert page.errors == [], "nothing was refused by the page's own rules"


def test_another_key_opens_nothing(page):
    Member.objects.create_member("Alice", PASSPHRASE, role="editor")
    pull_out = with_key(page)
    signs_in(page)
    page.get_by_role("button", name="Enrol the security key").click()
    page.wait_for_url(f"{page.home}/")
    page.context.clear_cookies()
    pull_out()
    with_key(page)
    signs_in(page)
    page.get_by_role("button", name="Use the security key").click()
    page.locator("form[data-key] .errorlist").wait_for()
    assert page.url.endswith("/sign-in/second/")
    page.goto(page.home)
    assert "/sign-in/" in page.url


def test_an_answer_given_before_opens_nothing_again(page):
    Member.objects.create_member("Alice", PASSPHRASE, role="editor")
    with_key(page)
    signs_in(page)
    page.get_by_role("button", name="Enrol the security key").click()
    page.wait_for_url(f"{page.home}/")
    page.context.clear_cookies()
    signs_in(page)
    page.wait_for_url("**/sign-in/second/")
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.get_by_role("button", name="Use the security key").click()
    page.wait_for_url(f"{page.home}/")
    answer = re.search(r"answer=([^&]*)", sent.value.post_data)[1]
    page.context.clear_cookies()
    signs_in(page)
    page.wait_for_url("**/sign-in/second/")
    token = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    body = f"csrfmiddlewaretoken={token}&answer={answer}"
    again = page.context.request.post(
        f"{page.home}/sign-in/second/", data=body,
        headers={"content-type": "application/x-www-form-urlencoded", "user-agent": page.evaluate("navigator.userAgent"), "referer": page.url},
    )  # fmt: skip
    assert again.status == 200 and "did not hold" in again.text()
    page.goto(page.home)
    assert "/sign-in/" in page.url
