"""One story in one language as its page shows it: words ready to print, nothing left to decide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nightdesk.press.attachments import path_of as attachment_path
from nightdesk.press.photos import path_of as photo_path
from nightdesk.press.record import place_name
from nightdesk.press.shelf import Story
from nightdesk.press.words import LICENCES, day, days, licence, rate, size, words
from nightdesk.release.attachment import ENDINGS, is_recording
from nightdesk.release.model import Attachment, Edition, Paragraph, Photo, PublicAct, Release, Sum, Words
from nightdesk.values.house import house_money
from nightdesk.values.money import Money
from nightdesk.values.places import ancestors, gazetteer


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a paragraph; `rate` is the number of the conversion note below, 0 when there is none."""

    words: str
    rate: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """A correction: its day, as data and in words, and what changed."""

    on: date
    day: str
    words: str


@dataclass(frozen=True, slots=True)
class CreditLine:
    """One role with everyone who did it; a photo's licence stands behind its name."""

    role: str
    label: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActLine:
    """A cleared act in words."""

    act: str
    place: str
    when: str
    actor: str
    party: str
    sum: str
    status: str


@dataclass(frozen=True, slots=True)
class Figure:
    """The story's photo with its words in one language."""

    photo: Photo
    path: str
    alt: str
    caption: str
    credit: str
    licence: str
    licence_url: str  # of a licence that has a page of its own, else empty


@dataclass(frozen=True, slots=True)
class Download:
    """The story's document or recording with its words in one language."""

    attachment: Attachment
    path: str
    title: str
    kind: str  # PDF document
    size: str  # 1.2 MB
    recording: bool


@dataclass(frozen=True, slots=True)
class Article:
    """What templates and feeds print of one edition."""

    release: Release
    edition: Edition
    path: str
    paragraphs: tuple[tuple[Piece, ...], ...]
    rates: tuple[str, ...]
    credits: tuple[CreditLine, ...]
    notes: tuple[Note, ...]
    acts: tuple[ActLine, ...]
    other: dict[str, str]  # language → path of the same story
    figure: Figure | None = None
    download: Download | None = None

    @property
    def published(self) -> str:
        return day(self.release.first_released_on, self.edition.lang)

    @property
    def authors(self) -> tuple[str, ...]:
        return tuple(credit.name for credit in self.edition.credits if credit.role == "reported")


def path_of(lang: str, slug: str) -> str:
    return f"{lang}/{slug}/"


def articles(stories: Iterable[Story], lang: str) -> tuple[Article, ...]:
    """The live stories that have an edition in `lang`, in the given order."""
    live = (story.current for story in stories if not story.withdrawn)
    return tuple(
        article(release, edition) for release in live for edition in release.editions if edition.lang == lang
    )


def article(release: Release, edition: Edition) -> Article:
    """The edition made ready to print."""
    said = {run: rate(run, edition.lang) for run in _sums(edition.paragraphs)}
    rates = tuple(dict.fromkeys(words for words in said.values() if words))
    return Article(
        release=release,
        edition=edition,
        path=path_of(edition.lang, release.slug),
        paragraphs=tuple(_pieces(paragraph, said, rates) for paragraph in edition.paragraphs),
        rates=rates,
        credits=_credits(edition),
        notes=_notes(release, edition.lang),
        acts=tuple(act_line(act, edition.lang) for act in release.acts),
        other={e.lang: path_of(e.lang, release.slug) for e in release.editions if e.lang != edition.lang},
        figure=figure(release.photo, edition.lang) if release.photo else None,
        download=download(release.attachment, edition.lang) if release.attachment else None,
    )


def figure(photo: Photo, lang: str) -> Figure:
    """The photo as the page of one language shows it."""
    return Figure(
        photo=photo,
        path=photo_path(photo),
        alt=photo.alt[lang],
        caption=photo.caption.get(lang, ""),
        credit=photo.credit,
        licence=licence(photo.licence, lang),
        licence_url=LICENCES.get(photo.licence, ""),
    )


def download(attachment: Attachment, lang: str) -> Download:
    """The document or recording as the page of one language links to it."""
    return Download(
        attachment=attachment,
        path=attachment_path(attachment),
        title=attachment.title[lang],
        kind=words(lang)["kinds"][ENDINGS[attachment.media_type]],
        size=size(attachment.size, lang),
        recording=is_recording(attachment.media_type),
    )


def act_line(act: PublicAct, lang: str) -> ActLine:
    """The act in words; a code without words is shown as it is."""
    labels, acts = words(lang)["words"], words(lang)["acts"]
    return ActLine(
        act=acts.get(act.act, act.act),
        place=where(act.place, lang) or act.place_code,
        when=days(act.earliest, act.latest, lang),
        actor=said(act.actor, lang),
        party=said(act.party, lang),
        sum=sum_of(act, lang),
        status=labels[act.status],
    )


def said(words: Words, lang: str) -> str:
    """What is said in `lang`; the one text of an older Release stands in every language as it is."""
    return words if isinstance(words, str) else words.get(lang, "")


def sum_of(act: PublicAct, lang: str) -> str:
    """The act's sum as the house writes it in `lang`, with its role; '' when there is none."""
    if act.amount is None or act.currency is None:
        return ""
    labels = words(lang)["words"]
    role = f" ({labels.get(act.sum_role, act.sum_role)})" if act.sum_role else ""
    try:
        return house_money(Money(act.amount, act.currency), None, lang) + role
    except ValueError:  # a currency or a language the house has no way to write
        return f"{act.currency} {act.amount:,f}{role}"


def where(key: str, lang: str) -> str:
    """Hoeryong, North Hamgyong Province: the place and what it lies in, without the country."""
    places = gazetteer()
    if key not in places:
        return key
    chain = [places[k] for k in (key, *ancestors(key)) if places[k].level != "country" or k == key]
    names = [place_name(place, lang) or place.key for place in chain]
    return ", ".join(names) if lang != "ko" else " ".join(reversed(names))


def _sums(paragraphs: Iterable[Paragraph]) -> list[Sum]:
    return [run for paragraph in paragraphs for run in paragraph.runs if isinstance(run, Sum)]


def _pieces(paragraph: Paragraph, said: dict[Sum, str], rates: tuple[str, ...]) -> tuple[Piece, ...]:
    return tuple(
        Piece(run.words, rates.index(said[run]) + 1)
        if isinstance(run, Sum) and said[run]
        else Piece(run.words)
        for run in paragraph.runs
    )


def _credits(edition: Edition) -> tuple[CreditLine, ...]:
    labels = words(edition.lang)["credits"]
    by_role: dict[str, list[str]] = {}
    for credit in edition.credits:
        licence = f" ({credit.licence})" if credit.licence else ""
        by_role.setdefault(credit.role, []).append(credit.name + licence)
    return tuple(CreditLine(role, labels[role], tuple(by_role[role])) for role in labels if role in by_role)


def _notes(release: Release, lang: str) -> tuple[Note, ...]:
    notes = sorted(release.notes, key=lambda note: note.on, reverse=True)
    return tuple(
        Note(note.on, day(note.on, lang), note.words[lang]) for note in notes if note.words.get(lang)
    )
