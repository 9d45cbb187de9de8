"""A story as the disclosure review reads it: every word readers will see, in every edition.

Belongs here: laying a story, its sources' reports and earlier releases out as plain values. Does not
belong here: judging (nightdesk.disclosure) and deciding (actions).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from nightdesk.desk import newsroom, noting
from nightdesk.desk.claims.models import Claim
from nightdesk.desk.incidents.public import PublicRow, public_rows
from nightdesk.desk.review.binding import fingerprint_of, words_of
from nightdesk.desk.stories import chips
from nightdesk.desk.stories.attachments import attachment_of
from nightdesk.desk.stories.models import Attachment, Edition, Paragraph, Photo, Story
from nightdesk.desk.stories.photos import photo_of
from nightdesk.disclosure.model import Draft, ParagraphText
from nightdesk.release.model import Sum

# What a claim points to comes with it in one row. Never prefetch along a foreign key: Django asks with an OR a
# row, at which SQLite gives up from the thousandth on.
CLAIMS = Claim.objects.select_related("made_by", "account__report__source", "account__report__relay")
BEHIND = (
    "for_the_record",
    Prefetch("photo", Photo.objects.defer("image")),
    Prefetch("attachment", Attachment.objects.defer("file")),
    Prefetch("editions", Edition.objects.select_related("translated_by")),
)
EDITION_OF = [field.name for field in Paragraph._meta.concrete_fields].index("edition")  # its column in a row
Sums = Mapping[str, chips.Chip]


@dataclass(frozen=True, slots=True)
class Spot:
    """One paragraph of a draft, and where in the story it is kept. A note has no edition."""

    lang: str
    id: str  # title, summary, alt, caption, file, p12, address, row:ab12, note
    text: str
    claims: tuple[str, ...] = ()
    edition: Edition | None = None
    paragraph: Paragraph | None = None
    rendered: chips.Rendered | None = None
    missing: bool = False  # the other edition has this paragraph, this one does not
    stale: bool = False  # the words it translates have changed since


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A story on one day: the draft the engine reads, its spots, and the rows for the record."""

    story: Story
    on: date
    draft: Draft
    spots: Mapping[str, tuple[Spot, ...]]
    rows: tuple[PublicRow, ...]
    words: str  # the hash of what readers get
    fingerprint: str  # of that, of what it rests on, and of what else goes out: a clearance is bound to it
    photo: Photo | None = None  # its words are spots; the picture, credit and licence are in the fingerprint
    attachment: Attachment | None = None  # its titles are spots; the file is in the fingerprint

    def spot(self, lang: str, paragraph: str) -> Spot | None:
        """The spot of a finding, or None when the text moved on."""
        return next((spot for spot in self.spots.get(lang, ()) if spot.id == paragraph), None)


def load(stories: QuerySet[Story]) -> list[Story]:
    """The stories with everything `lay_out` reads: a fixed number of queries, however many there are."""
    rows = list(stories.select_related("begun_by"))
    _gather(rows)
    return rows


def _gather(stories: list[Story]) -> None:
    """A translation and what it translates stand in one story: the second is not fetched again."""
    prefetch_related_objects(stories, *BEHIND)
    _add_paragraphs([edition for story in stories for edition in story.editions.all()])
    rows = paragraphs_of(stories)
    by_pk, own = {row.pk: row for row in rows}, _claims_under(stories)
    for row in rows:
        mine = own.get(row.pk, [])
        if row.translates_id in by_pk:
            row.translates = by_pk[row.translates_id]
            mine = [*mine, *(claim for claim in own.get(row.translates_id, ()) if claim not in mine)]
        row.gathered = mine
    for story in stories:
        story.gathered = True


def _add_paragraphs(editions: list[Edition]) -> None:
    """In one query, of which another text of one paragraph changes what it says of that story alone."""
    story_of = {edition.pk: edition.story_id for edition in editions}
    with noting.parted(lambda row: story_of.get(row[EDITION_OF])):
        prefetch_related_objects(editions, "paragraphs")


def _claims_under(stories: list[Story]) -> dict[int, list[Claim]]:
    """The claims each paragraph rests on, by its key. One object a claim, and none made for a paragraph without:
    Django's prefetching makes a query of its own for each of hundreds of paragraphs before it asks once for all."""
    links = Paragraph.claims.through.objects.filter(paragraph__edition__story__in=stories)
    claims = list(CLAIMS.filter(pk__in=links.values("claim")))
    prefetch_related_objects(claims, "account__report__source__consents")
    places, found = {claim.pk: place for place, claim in enumerate(claims)}, dict[int, list[Claim]]()
    pairs = links.values_list("paragraph_id", "claim_id")
    for paragraph, claim in sorted(pairs, key=lambda pair: places.get(pair[1], -1)):
        if claim in places:
            found.setdefault(paragraph, []).append(claims[places[claim]])
    return found


def lay_out(story: Story, on: date, sums: Sums | None = None) -> LaidOut:
    """The story as it would be released on day `on`. `sums` spares the query when many are laid out."""
    if not story.gathered:
        _gather([story])
    if sums is None:
        sums = chips.at_kept_rates(chips.sums_for(paragraphs_of([story]), story.rates_day(on)), story)
    rows: tuple[PublicRow, ...] = ()
    photo, attachment = None, None
    if story.next_kind == "withdrawal":
        spots = _notes(story)
    else:
        spots = _editions(story, sums)
        rows, photo, attachment = public_rows(story, spots, on), photo_of(story), attachment_of(story)
        spots = _with_beside(story, spots, rows)
    texts = {lang: tuple(ParagraphText(s.id, s.text, s.claims) for s in row) for lang, row in spots.items()}
    title = next(
        (e.title for e in story.editions.all() if e.lang == story.source_lang and e.title), story.slug
    )
    draft = Draft(story.public_id, title, story.country, on, texts)
    words = words_of(draft, rows, photo, _sums_said(spots), attachment)
    return LaidOut(story, on, draft, spots, rows, words, fingerprint_of(story, words), photo, attachment)


def draft_of(story: Story, on: date) -> Draft:
    """The story as the engine takes it: headline 'title', summary 'summary', pending note 'note'."""
    return lay_out(story, on).draft


def _sums_said(spots: Mapping[str, Sequence[Spot]]) -> list[Sum]:
    """Every converted sum as it will stand on the pages, with its rate."""
    rendered = [spot.rendered for row in spots.values() for spot in row if spot.rendered]
    return [run for one in rendered for run in one.runs if isinstance(run, Sum)]


def snapshot(spots: Mapping[str, Sequence[Spot]]) -> dict[str, list[list[str]]]:
    """The words alone, to be kept with the review."""
    return {lang: [[spot.id, spot.text] for spot in row] for lang, row in spots.items()}


def paragraphs_of(stories: Iterable[Story]) -> list[Paragraph]:
    """Every paragraph of the stories, from what was prefetched."""
    return [p for story in stories for edition in story.editions.all() for p in edition.paragraphs.all()]


def languages() -> list[str]:
    """The languages the newsroom publishes in."""
    return list(newsroom.facts()["languages"])


def _with_beside(
    story: Story, spots: Mapping[str, tuple[Spot, ...]], rows: Iterable[PublicRow]
) -> dict[str, tuple[Spot, ...]]:
    """The address in every edition, the record's free words in their own; then the note, as the last word."""
    rows = tuple(rows)
    return {lang: (*row, *_beside(story, rows, lang), *_note(story, lang)) for lang, row in spots.items()}


def _beside(story: Story, rows: Iterable[PublicRow], lang: str) -> Iterator[Spot]:
    """What readers of one edition see outside its text: the address, and the record's words in its language.

    Hyphens of the address are its spaces. A row that says something in one language has its place in every
    edition, so that the editions stay in step; where its words are missing there, it says so.
    """
    tokens = {
        tick.public_id: () if tick.released else (tick.claim_token,) for tick in story.for_the_record.all()
    }
    yield Spot(lang, "address", story.slug.replace("-", " "))
    for row in rows:
        if row.actor or row.party:
            words = " · ".join(filter(None, (row.actor.get(lang, ""), row.party.get(lang, ""))))
            yield Spot(lang, f"row:{row.id}", words, tokens[row.id])


def _notes(story: Story) -> dict[str, tuple[Spot, ...]]:
    return {lang: (_note_in(story, lang),) for lang in languages()}


def _note_in(story: Story, lang: str) -> Spot:
    """The note to readers; like the summary it stands on everything the story stands on."""
    return Spot(lang, "note", story.next_note.get(lang, ""), _all_claims(story))


def _all_claims(story: Story) -> tuple[str, ...]:
    tokens = (claim.token for row in paragraphs_of([story]) for claim in chips.claims_of(row))
    return tuple(dict.fromkeys(tokens))


def _editions(story: Story, sums: Sums) -> dict[str, tuple[Spot, ...]]:
    """Both editions in step: a paragraph and its translation stand at the same place of their rows."""
    editions = sorted(
        story.editions.all(), key=lambda edition: (edition.lang != story.source_lang, edition.pk)
    )
    if not editions:
        return {}
    lead, others = editions[0], editions[1:]
    leading = list(lead.paragraphs.all())
    found = {lead.lang: [_spot(lead, p, sums) for p in leading]}
    for edition in others:
        found[edition.lang] = _follow(edition, leading, sums)
    _leave_out_empty(found)
    summary = any(edition.summary for edition in editions)
    return {
        edition.lang: (
            *_front(edition, lead, summary),
            *_photo_words(story, edition.lang),
            *_file_words(story, edition.lang),
            *found[edition.lang],
        )
        for edition in editions
    }


def _follow(edition: Edition, leading: list[Paragraph], sums: Sums) -> list[Spot]:
    """The translations in the order of what they translate, gaps marked, then what stands alone."""
    own = list(edition.paragraphs.all())
    by_original = {p.translates_id: p for p in own if p.translates_id}
    row = []
    for original in leading:
        translation = by_original.get(original.pk)
        if translation is None or not translation.text.strip():
            row.append(
                Spot(edition.lang, f"p{original.pk}-{edition.lang}", "", edition=edition, missing=True)
            )
        else:
            row.append(_spot(edition, translation, sums, original))
    return row + [_spot(edition, p, sums) for p in own if p.translates_id is None]


def _leave_out_empty(found: dict[str, list[Spot]]) -> None:
    """Drops a paragraph that is empty in the leading edition and has no translation."""
    lead = next(iter(found.values()))
    empty = [
        at for at, spot in enumerate(lead)
        if not spot.text.strip() and all(at >= len(row) or not row[at].text.strip() for row in found.values())
    ]  # fmt: skip
    for row in found.values():
        for at in reversed(empty):
            del row[at : at + 1]


def _spot(edition: Edition, paragraph: Paragraph, sums: Sums, original: Paragraph | None = None) -> Spot:
    rendered = chips.render_paragraph(paragraph, sums, edition.lang)
    claims = tuple(claim.token for claim in chips.claims_of(paragraph))
    stale = original is not None and original.text != paragraph.translated_text
    return Spot(
        edition.lang, f"p{paragraph.pk}", rendered.text, claims, edition, paragraph, rendered, stale=stale
    )


def _front(edition: Edition, lead: Edition, summary: bool) -> list[Spot]:
    """Headline and summary. The summary stands on everything the story stands on."""
    translated = edition.pk != lead.pk
    stale = translated and edition.translated_title != lead.title
    front = [
        Spot(
            edition.lang,
            "title",
            edition.title,
            edition=edition,
            missing=not edition.title.strip(),
            stale=stale,
        )
    ]
    if summary:
        stale = translated and edition.translated_summary != lead.summary
        missing = not edition.summary.strip()
        claims = _all_claims(edition.story)
        front.append(
            Spot(edition.lang, "summary", edition.summary, claims, edition, missing=missing, stale=stale)
        )
    return front


def _photo_words(story: Story, lang: str) -> Iterable[Spot]:
    """What is said of the photo; like the summary it stands on everything the story stands on."""
    photo = photo_of(story)
    if photo is not None:
        claims = _all_claims(story)
        yield Spot(lang, "alt", photo.alt.get(lang, ""), claims)
        if any(photo.caption.values()):
            yield Spot(lang, "caption", photo.caption.get(lang, ""), claims)


def _file_words(story: Story, lang: str) -> Iterable[Spot]:
    """What the link to the document or recording says."""
    attachment = attachment_of(story)
    if attachment is not None:
        yield Spot(lang, "file", attachment.title.get(lang, ""), _all_claims(story))


def _note(story: Story, lang: str) -> list[Spot]:
    return [_note_in(story, lang)] if story.next_kind == "correction" else []
