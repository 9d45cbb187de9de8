"""A Release built from a cleared text, field by field. No type of reports or sources is imported here.

Everything public comes through this file: what it does not copy cannot get out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from nightdesk.desk import newsroom
from nightdesk.desk.incidents.public import PublicRow, claims_in
from nightdesk.desk.releases.models import Release as Row
from nightdesk.desk.review.draft import LaidOut, Spot, lay_out
from nightdesk.release import model
from nightdesk.release.codec import from_bytes

if TYPE_CHECKING:
    from nightdesk.desk.review.models import Clearance
    from nightdesk.desk.stories.models import Attachment, Photo, Story


def build_release(story: Story, clearance: Clearance, now: datetime) -> model.Release:
    """The next version of the story, as cleared. Whether it may leave is asked by the action."""
    laid = lay_out(story, clearance.review.release_on)
    return assemble(laid, versions_of(story), clearance.byline, now)


def build_preview(laid: LaidOut, editor: str, now: datetime, missing: str) -> model.Release:
    """The next version from a text nobody cleared: for a watermarked preview, never signed."""
    notes = {lang: words or missing for lang, words in _note_words(laid).items()}
    return assemble(laid, versions_of(laid.story), editor, now, notes)


def versions_of(story: Story) -> list[model.Release]:
    """Every version already released, oldest first, from the signed bytes."""
    rows = Row.objects.filter(story=story).order_by("version")
    return [from_bytes(bytes(row.document)) for row in rows]


def assemble(
    laid: LaidOut,
    earlier: Sequence[model.Release],
    editor: str,
    now: datetime,
    notes: dict[str, str] | None = None,
) -> model.Release:
    """All fields of a Release, each from the one place it may come from."""
    story, on = laid.story, now.date()
    kind = story.next_kind if earlier or story.next_kind == "withdrawal" else "release"
    withdrawn = kind == "withdrawal"
    return model.Release(
        story=story.public_id,
        slug=earlier[0].slug if earlier else story.slug,
        version=len(earlier) + 1,
        kind=kind,  # type: ignore[arg-type]  # the codec refuses any other word
        released_on=on,
        first_released_on=earlier[0].first_released_on if earlier else on,
        masthead=masthead(),
        editions=() if withdrawn else tuple(_editions(laid, editor)),
        acts=() if withdrawn else tuple(public_act(row) for row in laid.rows),
        notes=_notes(laid, earlier, kind, now, notes),
        photo=None if withdrawn or laid.photo is None else public_photo(laid.photo, laid.spots),
        attachment=None
        if withdrawn or laid.attachment is None
        else public_attachment(laid.attachment, laid.spots),
    )


def public_photo(row: Photo, langs: Iterable[str]) -> model.Photo:
    """The photo as readers of `langs` get it: who placed it, when, and what its file had said stay behind."""
    langs = list(langs)
    return model.Photo(
        sha256=row.sha256,
        media_type=row.media_type,  # type: ignore[arg-type]  # the codec refuses any other word
        width=row.width,
        height=row.height,
        credit=row.credit,
        licence=row.licence,
        alt={lang: row.alt[lang] for lang in langs if row.alt.get(lang)},
        caption={lang: row.caption[lang] for lang in langs if row.caption.get(lang)},
    )


def public_attachment(row: Attachment, langs: Iterable[str]) -> model.Attachment:
    """The document or recording as readers of `langs` get it: what it had said about itself stays behind."""
    return model.Attachment(
        sha256=row.sha256,
        media_type=row.media_type,
        size=row.size,
        title={lang: row.title[lang] for lang in langs if row.title.get(lang)},
    )


def masthead() -> model.Masthead:
    """The newsroom as readers see it."""
    facts = newsroom.facts()
    languages = tuple(facts["languages"])
    standing = facts.get("standing_note", {})
    return model.Masthead(
        name={lang: newsroom.name(lang) for lang in languages},
        languages=languages,
        standing_note={lang: standing.get(lang, "") for lang in languages},
    )


def _editions(laid: LaidOut, editor: str) -> Iterable[model.Edition]:
    for lang, spots in laid.spots.items():
        front = {spot.id: spot.text for spot in spots if spot.paragraph is None}
        yield model.Edition(
            lang=lang,
            title=front.get("title", ""),
            summary=front.get("summary", ""),
            paragraphs=tuple(_paragraph(spot) for spot in spots if spot.rendered and spot.text.strip()),
            credits=tuple(_credits(laid.story, lang, editor)),
        )


def _paragraph(spot: Spot) -> model.Paragraph:
    assert spot.rendered is not None  # the caller kept only paragraphs
    return model.Paragraph(tuple(_run(run) for run in spot.rendered.runs))


def _run(run: model.Run) -> model.Run:
    """A run copied: words, or a sum with the rate behind it."""
    if isinstance(run, model.Text):
        return model.Text(run.words)
    return model.Sum(
        words=run.words, amount=run.amount.normalize(), currency=run.currency, rate=run.rate,
        rate_to=run.rate_to, rate_on=run.rate_on, rate_source=run.rate_source,
    )  # fmt: skip


def _credits(story: Story, lang: str, editor: str) -> Iterable[model.Credit]:
    """Bylines alone: a member without one is not named."""
    edition = next(edition for edition in story.editions.all() if edition.lang == lang)
    translator = edition.translated_by.byline if edition.translated_by and lang != story.source_lang else ""
    named = [("reported", name) for name in _reporters(story)] + [
        ("translated", translator),
        ("edited", editor),
    ]
    for role, name in named:
        if name:
            yield model.Credit(role, name)  # type: ignore[arg-type]  # one of the three words above


def _reporters(story: Story) -> list[str]:
    """Who took the claims under the story out of reports; without any claim, who began it."""
    makers = [claim.made_by.byline for claim in claims_in(story).values()]
    return list(dict.fromkeys(makers)) or [story.begun_by.byline]


def public_act(row: PublicRow) -> model.PublicAct:
    """A cleared row of the record, copied field by field."""
    return model.PublicAct(
        id=row.id, act=row.act, status=row.status,  # type: ignore[arg-type]  # the codec refuses any other word
        place=row.place, place_code=row.place_code, earliest=row.earliest, latest=row.latest, edtf=row.edtf,
        actor=dict(row.actor), party=dict(row.party), amount=None if row.amount is None else row.amount.normalize(),
        currency=row.currency, sum_role=row.sum_role,
    )  # fmt: skip


def _note_words(laid: LaidOut) -> dict[str, str]:
    if laid.story.next_kind == "release":
        return {}
    return {lang: laid.story.next_note.get(lang, "") for lang in newsroom.facts()["languages"]}


def _notes(
    laid: LaidOut, earlier: Sequence[model.Release], kind: str, now: datetime, words: dict[str, str] | None
) -> tuple[model.CorrectionNote, ...]:
    """Every note so far, public for good, and this one. A withdrawal keeps its own alone."""
    said = words if words is not None else _note_words(laid)
    new = (model.CorrectionNote(now.date(), said),) if kind != "release" and said else ()
    return new if kind == "withdrawal" or not earlier else (*earlier[-1].notes, *new)
