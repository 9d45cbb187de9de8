"""People at the door: a browser that signs in, a phone that shows codes, a machine's clock that can be moved."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from django.test import Client

from nightdesk.desk import clock
from nightdesk.desk.staff import codes, factors

PASSPHRASE = "five words that nobody guesses"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def required(settings):
    """A desk that asks for a second factor, as desks do."""
    settings.NIGHTDESK_SECOND_FACTOR = "required"


class Time:
    """The machine's clock, moved by hand alone: a slow machine makes no wait shorter."""

    def __init__(self, monkeypatch):
        self.now = clock.machine()
        monkeypatch.setattr(clock, "machine", lambda: self.now)

    def passes(self, **how_long):
        self.now += timedelta(**how_long)


@pytest.fixture
def time(monkeypatch):
    return Time(monkeypatch)


class Phone:
    """An app for codes that one member enrolled."""

    def __init__(self, member):
        self.seed = codes.new_seed()
        self.factor = factors.enrol_codes(member, self.seed, self.code(-1), "")

    def code(self, steps=0):
        return pyotp.TOTP(self.seed).generate_otp(int(clock.machine().timestamp()) // codes.STEP + steps)


@pytest.fixture
def phone_of(db):
    return Phone


@pytest.fixture
def browser():
    """browser() -> a Client that names itself as Firefox does; browser("other") under another name."""
    return lambda header=FIREFOX: Client(headers={"user-agent": header})


def says(client, name, passphrase=PASSPHRASE, **more):
    """Sends the first form of signing in."""
    return client.post("/sign-in/", {"username": name, "passphrase": passphrase, **more})


def is_in(client):
    """Whether the desk opens its first screen."""
    return client.get("/").status_code == 200
