"""What a refused form said, so that it can be copied: by the names of its fields, never by guessing at words.

Belongs here: which fields are shown again, and what they are called. Does not belong here: the pages (errors.py).
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

# Never shown again, on the page of a session that is over least of all. Tests of tests/security/test_headers.py
# compare them with the forms: passphrases under each name, halves of a recovery, codes, the fields of a card,
# the names a purge takes out of drafts.
SECRET_FIELDS = frozenset({
    "csrfmiddlewaretoken", "passphrase", "old", "new", "again", "first", "second", "code",
    "card", "name", "phones", "family", "places", "reach", "danger_words", "other", "names",
})  # fmt: skip
CARD_FIELDS = frozenset({"phones", "family", "places", "reach", "danger_words", "other"})
# A field that is a secret on one page and none on another, by the address that the form is sent to.
NO_SECRET_AT = {"/members/new/": frozenset({"name"})}  # a new member's, called like the name on a card
# Nobody typed these: tokens, numbers of rows, positions, buttons, ticks. A test compares them with the templates.
HIDDEN_FIELDS = frozenset({
    "account", "acts", "after", "also", "answer", "asked", "back", "base_revision", "beside", "claim", "claims", "decision", "draft",
    "early", "end", "everywhere", "fingerprint", "from", "holder", "key", "lang", "language", "lifting", "look", "lose", "member", "next", "offer",
    "opened", "order", "over", "paragraph", "public", "purge", "refused", "request", "revision", "seen", "session",
    "start", "status", "story", "to", "understood", "unread", "version", "wish",
})  # fmt: skip
LABELS: dict[str, Promise] = {
    "title": _("Headline"), "summary": _("Summary"), "text": _("Text"), "statement": _("in one sentence"),
    "note": _("note"), "reason": _("reason"), "limits": _("limits, in words"), "on": _("Day"), "outlet": _("Outlet"), "citation": _("Where it stands"),
    "pseudonym": _("Pseudonym"), "name": _("Name"), "byline": _("Byline"), "username": _("Name"), "role": _("Role"),
    "source": _("Source"), "relay": _("Relay"), "via": _("Relay"), "channel": _("Channel"), "window": _("Window"),
    "next_window": _("Its window"), "place": _("Place"), "basis": _("how the teller knows"), "actor": _("who"),
    "party": _("to whom"), "credit": _("Credit"), "contact_on": _("Day of the contact"),
    "typed_words": _("Which words of the report"), "means": _("what they mean"), "kind": _("kind"),
    "danger_word": _("Danger word"), "next_on": _("Next contact"), "at": _("Hour"), "word": _("Word typed"),
    "reporter": _("Reporter"), "asked_by": _("Asked by"), "said_on": _("Day it was said"), "until": _("Keep until"),
    "purposes": _("What told may be used to"), "act": _("act"), "currency": _("currency"), "amount": _("amount"),
    "why": _("Why"), "sum_role": _("the sum was"), "knowers": _("who could know this"), "knowers_low": _("at least"),
    "knowers_high": _("at most"), "earliest": _("from"), "latest": _("to"), "label": _("What to call it (optional)"), "ko": _("Korean"), "en": _("English"),
    "slug": _("Address (may stay empty)"), "campaign": _("Campaign"), "credibility": _("Credibility"),
    "reliability": _("Reliability"), "lines": _("Pasted lines"), "licence": _("Licence"),
    "licence_note": _("Agency, or the licence"), "caption": _("caption"),
    "alt": _("What it shows, for who does not see it"),
}  # fmt: skip
# What a form of its own calls a field, by a part of the address that it is sent to; looked up before LABELS.
LABELS_AT: dict[str, dict[str, Promise]] = {
    "/review/tables/": {
        "group": _("group"), "when": _("counted in (time)"), "sex": _("Only of this sex"),
        "age": _("Only of these ages"), "low": _("at least"), "high": _("at most"),
        "basis": _("basis"), "as_of": _("as of (year-month)"), "expires": _("expires (year-month)"),
        "per_usd": _("For one US dollar"),
    },
    "/hold/": {"until": _("Hold until (UTC)"), "at": _("Hour (UTC), if any"), "reason": _("Why, in a word (optional)")},
    "/replies/": {"days": _("Stays up for"), "text": _("What the teller is to read")},
    "/file/": {
        "title_ko": _("What it is, as the link says (Korean)"), "title_en": _("What it is, as the link says (English)"),
    },
}  # fmt: skip


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Field and words of each thing somebody typed: a refused page must not lose them."""
    if request.method != "POST":
        return []
    kept = (SECRET_FIELDS - NO_SECRET_AT.get(request.path, frozenset())) | HIDDEN_FIELDS
    lists = ((name, values) for name, values in request.POST.lists() if name not in kept)
    return [
        (label(name, request.path), worded(name, value))
        for name, values in lists
        for value in values
        if value.strip()
    ]


def worded(name: str, value: str) -> str:
    """A choice as its form says it; what somebody typed as it was typed."""
    from nightdesk.desk.care.forms import CONTACT_CHANNELS  # the rooms know this module, not it them
    from nightdesk.desk.claims.forms import acts
    from nightdesk.desk.claims.models import BASES, JUDGEMENTS, KNOWERS, SUM_ROLES
    from nightdesk.desk.sources.models import DANGER_WORD
    from nightdesk.desk.stories.picturing import LICENCES

    choices: dict[str, list[tuple[str, Any]]] = {
        "danger_word": DANGER_WORD, "channel": CONTACT_CHANNELS, "kind": JUDGEMENTS,
        "act": acts(), "basis": BASES, "knowers": KNOWERS, "sum_role": SUM_ROLES, "licence": LICENCES,
    }  # fmt: skip
    return str(dict(choices.get(name, [])).get(value, value))


def withheld(request: HttpRequest) -> bool:
    """Whether the words of an identity card were sent: the page says that it does not give them back, and why."""
    return request.method == "POST" and not CARD_FIELDS.isdisjoint(request.POST)


def label(name: str, path: str = "") -> str:
    """The field as the form sent to `path` calls it; its bare name where none does. `note_ko` is a note in Korean."""
    for part, labels in LABELS_AT.items():
        if part in path and name in labels:
            return capfirst(str(labels[name]))
    if name in LABELS:
        return capfirst(str(LABELS[name]))
    stem, _bar, lang = name.rpartition("_")
    if stem in LABELS and lang in ("ko", "en"):
        return f"{capfirst(str(LABELS[stem]))} ({LABELS[lang]})"
    return name.replace("_", " ")
