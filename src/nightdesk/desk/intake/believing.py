"""From the bytes of an arrival to something a report can be written from, or one reason why not.

Belongs here: what the desk refuses and why. Does not belong here: rows (actions.py), cryptography
(nightdesk.seal.opening).
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from nightdesk.desk import clock
from nightdesk.seal.opening import DayPrivateKey, Refused, open_envelope
from nightdesk.seal.wire import UntrustedReport
from nightdesk.values.languages import LANGUAGES, Language, language

EMPTY = "the report is empty"  # how nightdesk.seal begins to say so
A_DAY_AHEAD = timedelta(days=1)  # where the source is, tomorrow may have begun


class NotTaken(Exception):
    """An arrival that becomes no report; `reason` is a key of models.REFUSALS."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(detail)
        self.reason, self.detail = reason, detail


@dataclass(frozen=True)
class Taken:
    """A report worth keeping: what was said, the language it is in, and the digest of all of it."""

    report: UntrustedReport
    lang: Language
    content: str


def take(envelope: bytes, private: Mapping[bytes, DayPrivateKey], newsroom: bytes) -> Taken:
    """The report inside, or NotTaken with the reason. Never another exception, whatever was sent."""
    try:
        report = open_envelope(envelope, private, newsroom)
    except Refused as refusal:
        empty = refusal.reason == "not a report" and str(refusal).startswith(EMPTY)
        raise NotTaken("empty" if empty else refusal.reason, str(refusal)) from None
    _not_ahead(report.contact_on)
    taken = Taken(report, language_of(report), _content(report))
    _not_seen(taken.content)
    return taken


def _not_ahead(day: date | None) -> None:
    if day and day > clock.today() + A_DAY_AHEAD:
        raise NotTaken("future", f"it says {day.isoformat()}")


def _not_seen(content: str) -> None:
    from nightdesk.desk.intake.models import Arrival

    if Arrival.objects.filter(content=content).exists():
        raise NotTaken("replayed", "the same words, sealed a second time")


def language_of(report: UntrustedReport) -> Language:
    """The language the sender names, else the one its letters show. NotTaken when nobody here reads it."""
    code = report.lang or _script(report.text)
    try:
        return language(code)
    except ValueError:
        read = ", ".join(LANGUAGES)
        raise NotTaken("language", f"{code or 'unknown letters'}; read here: {read}") from None


def _script(text: str) -> str:
    """ko for Hangul, zh for Han without kana, en for mostly Latin letters, '' for anything else."""
    names = [unicodedata.name(letter, "") for letter in text if letter.isalpha()]
    if any(name.startswith("HANGUL") for name in names):
        return "ko"
    if any(name.startswith(("HIRAGANA", "KATAKANA")) for name in names):
        return ""
    if any(name.startswith("CJK") for name in names):
        return "zh"
    latin = sum(name.startswith("LATIN") for name in names)
    return "en" if latin * 2 > len(names) else ""


def _content(report: UntrustedReport) -> str:
    said = [
        report.text, report.lang, report.source, report.via, report.channel, report.basis,
        report.contact_on.isoformat() if report.contact_on else None,
    ]  # fmt: skip
    said += [report.reply] if report.reply else []  # said once more with a wish for a reply, it is no copy
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
