"""What a clearance is bound to: the words, the facts they rest on, and what goes out beside them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from nightdesk.desk import newsroom
from nightdesk.desk.incidents.public import PublicRow, claims_in
from nightdesk.desk.stories.photos import photo_of
from nightdesk.disclosure.model import Draft
from nightdesk.disclosure.offers import fingerprint

if TYPE_CHECKING:
    from nightdesk.desk.claims.models import Claim
    from nightdesk.desk.stories.models import Attachment, Photo, Story
    from nightdesk.release.model import Sum


def fingerprint_of(story: Story, words: str) -> str:
    """What a clearance is bound to: the words, the facts under each claim, what else goes out with them, and the photo's file.

    The file that a photo came from and not its picture alone: the same picture may come with another place and day.
    """
    behind = [_under(claim) for claim in claims_in(story).values()]
    bound: list[Any] = [words, behind, goes_out(story)]
    if (photo := photo_of(story)) is not None and photo.placing:
        bound.append(photo.placing)
    said = json.dumps(bound, default=str, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def _under(claim: Claim) -> list[Any]:
    """What the words rest on of one claim: a change in it asks for another look."""
    report = claim.account.report
    consent = max((row.pk for row in report.source.consents.all()), default=None)
    return [
        claim.token, claim.status, claim.knowers, claim.knowers_low, claim.knowers_high, claim.basis,
        report.pk, report.source_id, report.teller_confirmed_at is not None, consent,
    ]  # fmt: skip


def goes_out(story: Story) -> dict[str, Any]:
    """What is published beside the text: bylines, the newsroom's name, the standing note."""
    facts = newsroom.facts()
    made = [claim.made_by.byline for claim in claims_in(story).values()] or [story.begun_by.byline]
    translated = [e.translated_by.byline for e in story.editions.all() if e.translated_by]
    return {
        "reported": list(dict.fromkeys(made)),
        "translated": list(dict.fromkeys(translated)),
        "name": {lang: newsroom.name(lang) for lang in facts["languages"]},
        "standing_note": {lang: facts.get("standing_note", {}).get(lang, "") for lang in facts["languages"]},
    }


def words_of(
    draft: Draft,
    rows: Iterable[PublicRow],
    photo: Photo | None = None,
    sums: Iterable[Sum] = (),
    attachment: Attachment | None = None,
) -> str:
    """What readers get: every word of both editions, the day, the rows for the record, the photo, the file, the rates.

    A sum's rate stands on the page with its day and its source, although a changed one may round to the same words.
    """
    rates = [asdict(one) for one in sums]
    said = json.dumps([asdict(row) for row in rows], sort_keys=True, default=str, ensure_ascii=False)
    if rates:
        said += "\n" + json.dumps(rates, sort_keys=True, default=str, ensure_ascii=False)
    if photo is not None:
        said += "\n" + json.dumps([photo.sha256, photo.credit, photo.licence], ensure_ascii=False)
    if attachment is not None:
        said += "\n" + json.dumps(["file", attachment.sha256, attachment.media_type])
    return hashlib.sha256(f"{fingerprint(draft)}\n{said}".encode()).hexdigest()
