"""People every desk test knows: two editors, two reporters, a translator, and Charlie, who has no access."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.utils import translation

from nightdesk.desk import keys, unlocking, vault
from nightdesk.desk.staff import held

PASSPHRASE = "five words that nobody guesses"
DAY = datetime(2023, 12, 18, 9, 0, tzinfo=UTC)


def newsroom_day() -> datetime:
    """The clock of desk tests: 18 December 2023, 09:00 UTC."""
    return DAY


@pytest.fixture(scope="session")
def django_db_modify_db_settings():
    """The tests' tables are made at once, as a new desk's are: tests/test_fresh.py holds them against the migrations'."""
    with tables_at_once():
        yield


@contextmanager
def tables_at_once():
    """Whoever migrates an empty database meanwhile finds a new desk's tables: seventy steps take four seconds."""
    from django.core.management.commands import migrate

    from nightdesk.desk import fresh

    stepwise = migrate.Command.handle

    def handle(command, *given, **options):
        fresh.create()
        return stepwise(command, *given, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate.Command, "handle", handle)
        yield


@pytest.fixture(scope="session", autouse=True)
def _static_files_are_looked_for_once():
    """Each client's first request looks for all of them, longer than it takes to make a page."""
    with static_files_once():
        yield


@contextmanager
def static_files_once():
    """The same settings find the same files for every client of this process."""
    from whitenoise.middleware import WhiteNoiseMiddleware

    look, found = WhiteNoiseMiddleware.add_files_from_finders, {}

    def look_once(middleware):
        known = (middleware.static_prefix, middleware.max_age, middleware.allow_all_origins)
        if known not in found:
            look(middleware)
            found[known] = dict(middleware.files)
        middleware.files.update(found[known])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", look_once)
        yield


@pytest.fixture(autouse=True)
def _page_language():
    """A request leaves its language behind in the thread; each test begins in the desk's own."""
    translation.deactivate()
    yield
    translation.deactivate()


def flush_index(request, blocker):
    """Empties the search index after a test that committed."""
    marked = request.node.get_closest_marker("django_db")
    if marked and marked.kwargs.get("transaction"):
        from nightdesk.desk.search import index

        with blocker.unblock():
            for kind in index.KINDS:
                index.clear(kind)


@pytest.fixture(autouse=True)
def _index_goes_with_the_rows(request, django_db_blocker):
    """What a test without a transaction of its own committed is flushed, but not from the search index."""
    yield
    flush_index(request, django_db_blocker)


@pytest.fixture(autouse=True)
def _still_clock(settings):
    settings.NIGHTDESK_CLOCK = f"{__name__}.newsroom_day"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.NIGHTDESK_DIR = tmp_path
    settings.NIGHTDESK_NEWSROOM = tmp_path / "newsroom.json"
    yield
    keys.hold(None)
    held.drop_all()
    vault.open_with(bytes(32))  # as settings_test has it
    unlocking.ready.set()


@pytest.fixture(autouse=True)
def _nobody_failed_yet():
    """Failed tries are counted in the process; each test begins with none."""
    from nightdesk.desk.staff import tries

    tries.reset()


@pytest.fixture(autouse=True)
def _settled_is_never_wrong(request):
    """Whatever a test did through the desk: what the desk calls settled is what readers have, word for word."""
    if "db" not in request.fixturenames and request.node.get_closest_marker("django_db") is None:
        yield
        return
    request.getfixturevalue("db")
    yield
    if connection.needs_rollback:  # a test that broke its own transaction on purpose: nothing can be asked
        return
    from nightdesk.desk.review.standing import standings
    from nightdesk.desk.stories.models import Story

    settled = Story.objects.filter(settled=True, withdrawn_at=None)
    assert not [pk for pk, one in standings(settled).items() if not one.is_released]


@pytest.fixture(autouse=True)
def _panic_ends_no_test(monkeypatch):
    """The doors that lock a desk end its process: here that would be the tests'."""
    from nightdesk.desk import locking

    monkeypatch.setattr(locking, "lock", lambda *_after: None)


def _member(name: str, role: str, **facts):
    from nightdesk.desk.staff.models import Member

    there = Member.objects.filter(username=name).first()  # put back with a stencil
    return there or Member.objects.create_member(name, PASSPHRASE, role=role, byline=name, **facts)


@pytest.fixture
def alice(db):
    return _member("Alice", "editor", keyholder=True)


@pytest.fixture
def erin(db):
    return _member("Erin", "editor", keyholder=True)


@pytest.fixture
def bob(db):
    return _member("Bob", "reporter")


@pytest.fixture
def dana(db):
    return _member("Dana", "reporter")


@pytest.fixture
def tariq(db):
    return _member("Tariq", "translator")


@pytest.fixture
def charlie(db):
    return _member("Charlie", "reporter")


@pytest.fixture
def signed_in():
    """signed_in(member) -> a Client that member uses."""

    def client_of(member) -> Client:
        client = Client()
        client.force_login(member)
        return client

    return client_of
