"""A form writes what it shows: the name of every field of every table is sent along, and changes nothing.

The forms are taken from the screens as they are, so a new form is tried by itself. Each is sent twice, once as a
browser sends it and once with every other field's name beside; the rows afterwards are the same.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

import html5lib
import pytest
from django.apps import apps
from django.db import connection
from django.db.models import fields as kinds
from django.urls import resolve

from nightdesk.desk import clock
from nightdesk.desk.staff import tries

pytestmark = pytest.mark.django_db
NAMESPACE = "{http://www.w3.org/1999/xhtml}"
# Tokens, hashes, session keys, bytes that nothing opens: another each time.
CHANCE = re.compile(r"""'[\w+/=-]{12,}'|b'(?:[^'\\]|\\.)*'|b"(?:[^"\\]|\\.)*\"""")
# Sessions, and the count of failed tries: a wrong passphrase writes the time there, whatever else was sent.
NOT_THE_FORMS = {"staff_signedin", "staff_failedtries"}
# Sent by script or by another screen's form of the same door, and read by it: what the door is for.
MAY_ALSO = {
    "stories:add": {"text"},
}  # fmt: skip


def value_of(field: Any, member: int) -> str:
    if field.is_relation:
        return str(member)
    if isinstance(field, kinds.BooleanField):
        return "on"
    if isinstance(field, kinds.IntegerField | kinds.FloatField | kinds.DecimalField):
        return "4321"
    if isinstance(field, kinds.DateField):
        return "2001-02-03"
    return "zz planted"


def every_field(member: int) -> dict[str, str]:
    """name -> an odd value, for each field of each table of the desk, by both of its names."""
    found: dict[str, str] = {}
    for model in apps.get_models():
        if model.__module__.startswith("nightdesk."):
            for field in [*model._meta.fields, *model._meta.many_to_many]:
                found |= {
                    name: value_of(field, member)
                    for name in (field.name, getattr(field, "attname", field.name))
                }
    return found | {"is_superuser": "on", "is_staff": "on", "pk": "1", "_state": "x", "objects": "x"}


def forms(page: bytes) -> list[tuple[str, dict[str, list[str]], set[str]]]:
    """(address, what a browser would send, every name it shows) for each form of a page that posts; what is empty is filled in."""
    found = []
    for form in html5lib.parse(page).iter(f"{NAMESPACE}form"):
        if form.get("method", "get").lower() == "post":
            shown = {each.get("name", "") for each in form.iter()}
            found.append((form.get("action", ""), filled(form), shown))
    return found


def filled(form: Any) -> dict[str, list[str]]:
    sent: dict[str, list[str]] = {}
    for each in form.iter():
        name, kind, tag = each.get("name"), each.get("type", "text"), each.tag.removeprefix(NAMESPACE)
        if not name or kind == "file" or (kind in ("checkbox", "radio") and each.get("checked") is None):
            continue
        if tag == "select":
            options = list(each.iter(f"{NAMESPACE}option"))
            chosen = [o for o in options if o.get("selected") is not None] or [
                o for o in options if o.get("value")
            ][:1]
            sent[name] = [option.get("value", "") for option in chosen]
        elif tag == "textarea":
            sent[name] = [(each.text or "").strip() or "words that were typed"]
        elif tag == "input":
            empty = {"date": "2023-12-18", "number": "1"}.get(kind, "words")
            sent.setdefault(name, []).append(each.get("value") or empty)
        elif tag == "button" and name not in sent:
            sent[name] = [each.get("value", "")]
    return sent


def watched() -> list[Any]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.db_table not in NOT_THE_FORMS and model._meta.app_label != "search"
    ]


def raw() -> dict[str, list[Any]]:
    """Every row of every table as it lies there; but for NOT_THE_FORMS."""
    found = {}
    with connection.cursor() as cursor:
        for model in watched():
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            found[model._meta.db_table] = cursor.fetchall()
    return found


def rows(before: dict[str, list[Any]]) -> dict[str, list[str]]:
    """Every row of the tables that are not as before, opened where it lies sealed, without what chance made."""
    now = raw()
    return {
        model._meta.db_table: sorted(_said(row) for row in model._base_manager.all())
        for model in watched()
        if now[model._meta.db_table] != before[model._meta.db_table]
    }


def _said(row: Any) -> str:
    """One row in words: reading an attribute opens it, so another ciphertext of the same words is the same."""
    return CHANCE.sub("?", repr([getattr(row, field.attname) for field in row._meta.concrete_fields]))


def changed(one: dict[str, list[str]], other: dict[str, list[str]]) -> list[str]:
    return [row for table in other for row in other[table] if row not in one.get(table, [])]


def after(
    desk: Any, client: Any, url: str, data: dict[str, list[str]], before: dict[str, list[Any]]
) -> tuple[int, dict[str, list[str]]]:
    tries.reset()  # the second sending of a form would have to wait for the first
    with desk.undone():
        answer = client.post(url, data)
        return answer.status_code, rows(before)


def test_no_form_writes_a_field_it_does_not_show(desk: Any, settings: Any, monkeypatch: Any) -> None:
    settings.NIGHTDESK_CLOCK = "nightdesk.desk.conftest.newsroom_day"
    monkeypatch.setattr("nightdesk.desk.releases.views._press", lambda *given: None)
    now = clock.machine()
    monkeypatch.setattr(clock, "machine", lambda: now)
    planted = every_field(desk.rows["people"]["charlie"].pk)
    tried: dict[str, int] = {}
    wrote: list[Any] = []
    before = raw()
    for who in ("editor", "bob", "translator"):
        for door, each in desk.doors.doors():
            if desk.written[door, "GET"][who] != "200" or "<path" in str(each.pattern):
                continue
            url = desk.address(door, each.pattern.converters, who)
            more = {"account": desk.own(who, "account"), "start": 0, "end": 4} if door == "claims:new" else {}
            with desk.undone():
                page = desk.clients[who].get(url, more).content
            for action, own, shown in forms(page):
                to = urljoin(url, action)
                name = resolve(urlsplit(to).path, "nightdesk.desk.urls").view_name
                if name in tried or name in ("staff:sign_out", "language"):
                    continue
                beside = {
                    k: [v] for k, v in planted.items() if k not in shown and k not in MAY_ALSO.get(name, ())
                }
                plain = after(desk, desk.clients[who], to, own, before)
                planted_too = after(desk, desk.clients[who], to, {**own, **beside}, before)
                if planted_too != plain:
                    wrote.append((name, plain[0], planted_too[0], changed(plain[1], planted_too[1])))
                tried[name] = plain[0]
    assert wrote == []
    assert len(tried) > 40, sorted(tried)
    assert sum(status == 302 for status in tried.values()) > 20, (
        tried
    )  # most are taken, so there is something to see
