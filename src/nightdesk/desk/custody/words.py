"""The steps of the custody log and the audit, in the language of the page.

The log itself keeps the verbs as docs/glossary.md has them: what was written is never translated.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

STEPS: dict[str, Promise] = {
    "seal": pgettext_lazy("step", "seal"),
    "receive": pgettext_lazy("step", "receive"),
    "collect": pgettext_lazy("step", "collect"),
    "open": pgettext_lazy("step", "open"),
    "log": pgettext_lazy("step", "log"),
    "refuse": pgettext_lazy("step", "refuse"),
    "set aside": pgettext_lazy("step", "set aside"),
    "take back": pgettext_lazy("step", "take back"),
    "try again": pgettext_lazy("step", "try again"),
    "make": pgettext_lazy("step", "make"),
    "unclear": pgettext_lazy("step", "unclear"),
    "open card": pgettext_lazy("step", "open card"),
    "write card": pgettext_lazy("step", "write card"),
    "clear for card": pgettext_lazy("step", "clear for card"),
    "rotate card": pgettext_lazy("step", "rotate card"),
    "need two": pgettext_lazy("step", "need two"),
    "end two": pgettext_lazy("step", "end two"),
    "ask for card": pgettext_lazy("step", "ask for card"),
    "agree to card": pgettext_lazy("step", "agree to card"),
    "decline card": pgettext_lazy("step", "decline card"),
    "take back request": pgettext_lazy("step", "take back request"),
    "lose card": pgettext_lazy("step", "lose card"),
    "confirm": pgettext_lazy("step", "confirm"),
    "doubt": pgettext_lazy("step", "doubt"),
    "read by": pgettext_lazy("step", "read by"),
    "read": pgettext_lazy("step", "read"),
    "reply": pgettext_lazy("step", "reply"),
    "take off": pgettext_lazy("step", "take a reply off"),
    "mark eyes only": pgettext_lazy("step", "mark eyes only"),
    "open eyes only": pgettext_lazy("step", "open eyes only"),
    "unmark eyes only": pgettext_lazy("step", "unmark eyes only"),
    "teach": pgettext_lazy("step", "teach"),
    "unteach": pgettext_lazy("step", "unteach"),
    "claim": pgettext_lazy("step", "claim"),
    "change": pgettext_lazy("step", "change"),
    "accept": pgettext_lazy("step", "accept"),
    "reopen": pgettext_lazy("step", "reopen"),
    "dispute": pgettext_lazy("step", "dispute"),
    "remove": pgettext_lazy("step", "remove"),
    "split": pgettext_lazy("step", "split"),
    "join": pgettext_lazy("step", "join"),
    "corroborate": pgettext_lazy("step", "corroborate"),
    "join events": pgettext_lazy("step", "join events"),
    "set apart": pgettext_lazy("step", "set apart"),
    "count as one": pgettext_lazy("step", "count as one"),
    "take back judgement": pgettext_lazy("step", "take back judgement"),
    "grade": pgettext_lazy("step", "grade"),
    "search": pgettext_lazy("step", "search"),
    "draft": pgettext_lazy("step", "draft"),
    "translate": pgettext_lazy("step", "translate"),
    "review": pgettext_lazy("step", "review"),
    "generalise": pgettext_lazy("step", "generalise"),
    "decide": pgettext_lazy("step", "decide"),
    "clear": pgettext_lazy("step", "clear"),
    "schedule": pgettext_lazy("step", "schedule"),
    "unschedule": pgettext_lazy("step", "unschedule"),
    "see unscheduled": pgettext_lazy("step", "see unscheduled"),
    "hold": pgettext_lazy("step", "hold"),
    "unhold": pgettext_lazy("step", "unhold"),
    "see unheld": pgettext_lazy("step", "see unheld"),
    "release": pgettext_lazy("step", "release"),
    "correct": pgettext_lazy("step", "correct"),
    "withdraw": pgettext_lazy("step", "withdraw"),
    "code": pgettext_lazy("step", "code"),
    "export": pgettext_lazy("step", "export"),
    "tables": pgettext_lazy("step", "tables"),
    "care": pgettext_lazy("step", "care"),
    "contact": pgettext_lazy("step", "contact"),
    "correct contact": pgettext_lazy("step", "correct contact"),
    "mark in danger": pgettext_lazy("step", "mark in danger"),
    "propose lifting": pgettext_lazy("step", "propose lifting"),
    "lift": pgettext_lazy("step", "lift"),
    "keep frozen": pgettext_lazy("step", "keep frozen"),
    "consent": pgettext_lazy("step", "consent"),
    "withdraw consent": pgettext_lazy("step", "withdraw consent"),
    "retain": pgettext_lazy("step", "retain"),
    "keep until": pgettext_lazy("step", "keep until"),
    "members": pgettext_lazy("step", "members"),
    "add member": pgettext_lazy("step", "add member"),
    "mark keyholder": pgettext_lazy("step", "mark keyholder"),
    "shut out": pgettext_lazy("step", "shut out"),
    "let in": pgettext_lazy("step", "let in"),
    "vouch": pgettext_lazy("step", "vouch"),
    "end sessions": pgettext_lazy("step", "end sessions"),
    "enrol factor": pgettext_lazy("step", "enrol factor"),
    "remove factor": pgettext_lazy("step", "remove factor"),
    "change passphrase": pgettext_lazy("step", "change passphrase"),
    "recover": pgettext_lazy("step", "recover"),
    "propose recovery": pgettext_lazy("step", "propose recovery"),
    "agree recovery": pgettext_lazy("step", "agree recovery"),
    "stop recovery": pgettext_lazy("step", "stop recovery"),
    "use recovery": pgettext_lazy("step", "use recovery"),
    "ask to purge": pgettext_lazy("step", "ask to purge"),
    "keep from purging": pgettext_lazy("step", "keep from purging"),
    "purge": pgettext_lazy("step", "purge"),
    "lock": pgettext_lazy("step", "lock"),
    "destroy keys": pgettext_lazy("step", "destroy keys"),
    "prepare": pgettext_lazy("step", "prepare"),
}


def order(verb: str) -> int:
    """Where the step stands in the line, for a table of steps; after all others when it is unknown."""
    return [*STEPS].index(verb) if verb in STEPS else len(STEPS)


def week(iso: str) -> str:
    """2024-W01 as the page's language says it."""
    year, _w, number = iso.partition("-W")
    return _("%(year)s, week %(n)s") % {"year": year, "n": number.lstrip("0")} if number else iso


def step(verb: str) -> str:
    """The verb as the page says it; as it was written where the table has no word for it."""
    return str(STEPS.get(verb, verb))


# What the log says in words of its own, and what a page says for it. The log keeps what was written.
WISHES: dict[str, Promise] = {
    "look": pgettext_lazy("wish", "read or change the card"),
    "clear": pgettext_lazy("wish", "let another member hold it"),
    "end two": pgettext_lazy("wish", "end “needs two”"),
}
SAID: dict[str, Promise] = {
    "sealed": pgettext_lazy("custody", "sealed"),
    "call note": pgettext_lazy("custody", "call note"),
    "by the sender, entered on opening": pgettext_lazy("custody", "by the sender, entered on opening"),
    "record as CSV": pgettext_lazy("custody", "record as CSV"),
}
BY_DROP = re.compile(r"by the drop on (\d{4}-\d{2}-\d{2}), entered on opening")
OF_STORY = re.compile(r"story (\d+)")
OF_CLAIM = re.compile(r"claim (\d+)")


def said(entry: Any) -> str:
    """What an entry notes, as the page says it; as it was written where nothing here knows it."""
    note = str(entry.note)
    wish, colon, reason = note.partition(": ")
    if entry.verb == "ask for card" and colon and wish in WISHES:
        return f"{WISHES[wish]}: {reason}"
    if by_drop := BY_DROP.fullmatch(note):
        day = date_format(date.fromisoformat(by_drop[1]), "DATE_FORMAT")
        return _("by the drop on %(day)s, entered on opening") % {"day": day}
    if of_story := OF_STORY.fullmatch(note):
        return _("story %(n)s") % {"n": of_story[1]}
    if of_claim := OF_CLAIM.fullmatch(note):
        return pgettext("custody", "claim %(n)s") % {"n": of_claim[1]}
    return str(SAID.get(note, note))


def step_of(entry: Any) -> str:
    """The step of an entry: clearing a member for a source is another thing than clearing a text."""
    if entry.verb == "clear" and str(getattr(entry, "subject", "")).startswith("source:"):
        return str(pgettext_lazy("step", "clear for a source"))
    return step(entry.verb)
