"""The engine this process holds: filled from the rows, asked one account at a time, never ahead of the rows.

The rows are the truth. A stamp changes with every verdict; a process whose stamp is another's first takes
in what changed. Belongs here: taking in and following. Does not belong here: writing verdicts (corroborating.py),
when it is done behind everybody's back (background.py).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, Literal, cast

from django.db import transaction

from nightdesk.corroboration import Desk, record
from nightdesk.corroboration import model as engine
from nightdesk.corroboration.corrections import Corrections
from nightdesk.corroboration.model import Correction, CorroborationError, Link, Relation, Sentence
from nightdesk.corroboration.sentences import from_plain
from nightdesk.corroboration.tell import READ_AT_MOST
from nightdesk.desk.claims.models import Account, AccountFacts, Compared, Corroboration, Event, Judgement
from nightdesk.desk.reports.ownwords import Own, terms_in
from nightdesk.reading import read
from nightdesk.reading.model import Reading

log = logging.getLogger(__name__)
LOT = 500
KINDS: dict[str, Literal["join", "split", "not independent"]] = {
    "join": "join",
    "apart": "split",
    "one origin": "not independent",
}  # as the engine calls them
Tick = Callable[[int], object]


def name_of(pk: int) -> str:
    """An account's name to the engine, and in the engine's sentences."""
    return f"A{pk}"


def pk_of(name: str) -> int:
    """The account of a name."""
    return int(name[1:])


def plain_account(account: Account) -> engine.Account:
    """The row as the engine takes it."""
    report = account.report
    return engine.Account(
        id=name_of(account.pk), text=account.text, lang=report.lang, on=report.contact_on,
        source=report.source.pseudonym, via=report.relay.name if report.relay else None,
        basis=report.basis or None, country=report.country,
        confirmed=report.teller_confirmed_at is not None,
    )  # fmt: skip


def readable_accounts() -> Any:
    """Accounts whose words may be compared: sealed ones are compared with nothing."""
    rows = Account.objects.filter(report__eyes_only=False)
    return rows.select_related("report__source", "report__relay").order_by("pk")


class Held:
    """An engine, which rows it holds, and the row of each of its events. Its caller holds `lock` and a transaction."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.forget()

    def forget(self) -> None:
        """Nothing is held; the next question fills it."""
        self.known: tuple[Own, ...] = ()
        self.desk = Desk(read_account=self._read)
        self.tokens: dict[int, str] = {}  # account -> the token of its facts
        self.rows: dict[int, int] = {}  # the engine's event -> its row
        self.stamp: str | None = None  # None: whatever stands, it is not what is held

    def _read(self, account: engine.Account) -> Reading:
        """Reads an account with the desk's own words, which are opened once for all of them."""
        text = account.text[:READ_AT_MOST]
        own = terms_in(self.known, text, account.lang, account.on, account.country)
        return read(text, account.lang, account.on, account.country, own)

    def missing(self) -> int:
        """Facts that stand as rows and are still to be taken in."""
        return AccountFacts.objects.count() - len(self.tokens)

    def take_over(self, filled: Held) -> None:
        """Holds what another one took in, and goes on from there. Its caller holds no lock."""
        with self.lock:
            self.__dict__.update({name: value for name, value in filled.__dict__.items() if name != "lock"})
            self.desk._read = self._read

    def waiting(self) -> int:
        """Accounts without a verdict; sealed ones get none, and are not counted."""
        return Account.objects.filter(compared=False, report__eyes_only=False).count()

    def follow(self, tick: Tick = lambda _n: None) -> None:
        """Takes in what other processes, or a transaction that was taken back, made of the rows."""
        now = stamp_now()
        if now == self.stamp and AccountFacts.objects.count() == len(self.tokens):
            return
        rows = list(
            AccountFacts.objects.order_by("pk").values_list("account", "seal_token", "account__event")
        )
        wanted = {account: token for account, token, _event in rows}
        gone = [pk for pk, token in self.tokens.items() if wanted.get(pk) != token]
        if 2 * len(gone) > len(self.tokens):
            self.forget()
        else:
            self.drop(gone)
        # A change that was cut short may have taken in what no row knows of.
        names = {name_of(pk) for pk in self.tokens}
        self.desk.drop(*(name for name in self.desk.ledger.ids() if name not in names))
        missing = [account for account, _token, _event in rows if account not in self.tokens]
        for pk, token in self._take_in(missing, tick):
            self.tokens[pk] = token
        self._place({account: event for account, _token, event in rows})
        self.desk.corrections = standing_corrections()
        self.stamp = now

    def _take_in(self, pks: list[int], tick: Tick) -> Iterator[tuple[int, str]]:
        for at in range(0, len(pks), LOT):
            lot, odd = pks[at : at + LOT], list[int]()
            facts = list(AccountFacts.objects.filter(account__in=lot).order_by("pk"))
            links = _links(lot)  # after the facts: newer links than these are found out by a newer token
            for row in facts:
                if self._took_in(row, links.get(row.account_id, [])):
                    yield row.account_id, row.seal_token
                else:
                    odd.append(row.account_id)
            if odd:
                _make_anew(odd)
            tick(len(lot))

    def _took_in(self, row: AccountFacts, links: list[Link]) -> bool:
        """Whether its facts could be read: one row that cannot be must not stop the others."""
        try:
            if row.kept:
                self.desk.restore(record.unpack_whole(row.kept), 0, links, row.findable)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one, the others are taken in
            log.warning("The facts of account %s are made anew (%s).", row.account_id, type(error).__name__)
            return False
        return True

    def _place(self, events: dict[int, int | None]) -> None:
        """Every account stands in the event its row stands in; the engine's events get the rows' numbers."""
        ledger = self.desk.ledger
        ledger.members, ledger.into, self.rows = {}, {}, {}
        ledger.events = [0] * len(ledger.records)
        for name, number in ledger.numbers.items():
            if event := events.get(pk_of(name)):
                ledger.place(number, event)
                self.rows[event] = event
        ledger.opened = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        self.desk.merges.clear()

    # -- changing, inside the caller's transaction --------------------------------------------------

    def add(self, account: Account) -> engine.Verdict:
        """The verdict on an account that is not held. Raises CorroborationError, and holds nothing of it."""
        verdict = self.desk.add(plain_account(account))
        number = self.desk.ledger.numbers[verdict.id]
        self.desk.ledger.keep_links(number, counted(verdict.links))
        return verdict

    def drop(self, pks: Collection[int]) -> None:
        """Forgets accounts, those of them that are held."""
        self.desk.drop(*(name_of(pk) for pk in pks if name_of(pk) in self.desk.ledger.numbers))
        for pk in pks:
            self.tokens.pop(pk, None)

    def event_of(self, pk: int) -> int:
        """The engine's event of an account, 0 for none."""
        number = self.desk.ledger.numbers.get(name_of(pk))
        return 0 if number is None else self.desk.ledger.event_of(number)

    def stands(self, event: int) -> int:
        """The event this one is after all merges."""
        while event in self.desk.ledger.into:
            event = self.desk.ledger.into[event]
        return event

    def members(self, event: int) -> list[int]:
        """The accounts of one of the engine's events, in order of arrival."""
        return [pk_of(self.desk.ledger.id(n)) for n in self.desk.ledger.members.get(event, ())]

    def row_of(self, event: int) -> int:
        """The row of an event; 0 while it has none."""
        return self.rows.get(event, 0)

    def moved(self) -> None:
        """The rows are about to change with what is held: other processes will notice."""
        self.stamp = _new_stamp()


_held = Held()


def held() -> Held:
    """This process's engine."""
    return _held


def stamp_now() -> str:
    """The stamp of the rows; '' before the first verdict."""
    return Compared.objects.values_list("stamp", flat=True).first() or ""


def _new_stamp() -> str:
    row = Compared.objects.first() or Compared()
    row.stamp = Compared._meta.get_field("stamp").get_default()
    row.save()
    return row.stamp


def standing_corrections() -> Corrections:
    """What people decided and did not take back. A row that contradicts older ones is left out, aloud."""
    rows = Judgement.objects.standing().values_list("pk", "kind", "account", "other")
    made = {pk: Correction(KINDS[kind], name_of(a), name_of(b), "") for pk, kind, a, b in rows}
    try:
        return Corrections(made.values())
    except CorroborationError:
        return _without_contradictions(made)


def _without_contradictions(made: dict[int, Correction]) -> Corrections:
    kept = Corrections()
    for pk, one in made.items():
        try:
            kept.add(one)
        except CorroborationError:
            log.error("Judgement %s contradicts older ones and is not followed; take one of them back.", pk)
    return kept


def _make_anew(pks: list[int]) -> None:
    """Facts that cannot be read go, and their accounts wait; until then their events count nothing."""
    with transaction.atomic():
        say_nothing_of(Account.objects.filter(pk__in=pks).exclude(event=None).values("event"))
        AccountFacts.objects.filter(account__in=pks).delete()
        Account.objects.filter(pk__in=pks).update(compared=False)


def say_nothing_of(events: Any) -> None:
    """Of events whose accounts wait for a verdict nothing is said that may be so no more."""
    unsaid: dict[str, Any] = {"why": "", "ask": "", "why_parts": [], "ask_parts": []}
    Event.objects.filter(pk__in=events).update(**unsaid, independent_origins=0, at_least=0)


def counted(links: Iterable[Link]) -> list[Link]:
    """Of an account's links those a count of origins asks for: the first it repeats, the first it disputes.

    An event of hundreds of accounts is counted anew with each; whatever goes from one goes with all of it.
    """
    firsts: dict[str, Link] = {}
    for link in links:
        if link.relation != "supports":
            firsts.setdefault(link.relation, link)
    return list(firsts.values())


def _links(pks: list[int]) -> dict[int, list[Link]]:
    found: dict[int, list[Link]] = {}
    rows = Corroboration.objects.filter(account__in=pks).exclude(relation="supports")
    rows = rows.order_by("account", "other")
    for account, other, relation, parts in rows.values_list("account", "other", "relation", "why_parts"):
        differs = [part for part in map(from_plain, parts) if part.key == "differs"]
        if relation == "disputes" and not differs:  # a backup leaves out what quotes a telling
            differs = [Sentence("differs", {"field": "amount", "says": "–", "against": "–"})]
        # The column holds what the engine said, and nothing else is ever written there.
        link = Link(name_of(other), cast("Relation", relation), 0.0, why_parts=tuple(differs))
        found.setdefault(account, []).append(link)
    return {account: counted(links) for account, links in found.items()}
