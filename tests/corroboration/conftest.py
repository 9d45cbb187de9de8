"""Accounts for the tests: the sample newsroom's, and one at a time."""

import json
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from importlib.resources import files

import pytest

from nightdesk.corroboration import Account, Corroboration, Desk, Link, final_event

SAMPLE = files("nightdesk.demo") / "sample"


def as_account(row: dict) -> Account:
    """A line of either file as an account."""
    day = row.get("on") or row.get("contact_on")
    on = date.fromisoformat(day) if day else None
    return Account(
        row["id"], row["text"], row["lang"], on, row.get("source"), row.get("via"), row.get("basis")
    )


def lines(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines() if line.strip()]


@pytest.fixture(scope="session")
def sample() -> list[Account]:
    return [as_account(row) for row in lines((SAMPLE / "reports.jsonl").read_text("utf-8"))]


@pytest.fixture(scope="session")
def gold() -> list[dict]:
    return json.loads((SAMPLE / "corroboration.json").read_text("utf-8"))


@pytest.fixture(scope="session")
def account() -> Callable[..., Account]:
    """One account: a demand in Hoeryong, told on 15 December 2023, unless said otherwise."""

    def make(id: str, text: str = "", **more) -> Account:
        told = text or "며칠 전 회령에서 보위원 두 명이 송금 브로커를 찾아가 2만 위안을 내라고 요구했다."
        values = {"lang": "ko", "on": date(2023, 12, 15), "source": f"teller of {id}", "basis": "eyewitness"}
        return Account(id=id, text=told, **{**values, **more})

    return make


@pytest.fixture
def tell(account) -> Callable[..., dict[str, Link]]:
    """Adds English reports of May 2024 to one desk, each with its links by account."""
    desk = Desk()

    def add(id: str, text: str, **more) -> dict[str, Link]:
        values = {"lang": "en", "on": date(2024, 5, 6), **more}
        return {link.to: link for link in desk.add(account(id, text, **values)).links}

    return add


@pytest.fixture(scope="session")
def grouping() -> Callable[[Corroboration], set[frozenset[str]]]:
    """The accounts of each event, and each account without an event by itself."""

    def group(corroboration: Corroboration) -> set[frozenset[str]]:
        found = defaultdict(set)
        for verdict in corroboration.verdicts:
            found[final_event(corroboration, verdict.id) or f"none {verdict.id}"].add(verdict.id)
        return {frozenset(ids) for ids in found.values()}

    return group
