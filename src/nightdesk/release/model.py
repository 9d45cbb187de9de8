"""The public types. No field for a source, a contact or a report exists here, or may be added."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

ReleaseKind = Literal["release", "correction", "withdrawal"]
# Words by language. A document signed before they were kept by language has one text for all of them.
Words = str | dict[str, str]


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words."""

    words: str


@dataclass(frozen=True, slots=True)
class Sum:
    """Money as the house writes it, with the rate behind the conversion when there is one."""

    words: str  # RMB 20,000 (around USD 2,800)
    amount: Decimal
    currency: str
    rate: Decimal | None = None
    rate_to: str | None = None
    rate_on: date | None = None
    rate_source: str | None = None


Run = Text | Sum


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Credit:
    role: Literal["reported", "translated", "edited", "photo"]
    name: str
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """The story in one language."""

    lang: str
    title: str
    summary: str
    paragraphs: tuple[Paragraph, ...]
    credits: tuple[Credit, ...]


@dataclass(frozen=True, slots=True)
class CorrectionNote:
    """What changed, in each language, and on which day. Public for good."""

    on: date
    words: dict[str, str]


@dataclass(frozen=True, slots=True)
class PublicAct:
    """A cleared row of the incident record: only what the review let through."""

    id: str  # random, public, stable across versions
    act: str  # vocabulary code, e.g. extortion
    status: Literal["accepted", "conflict", "open"]
    place: str  # gazetteer key
    place_code: str  # ISO 3166-2
    earliest: date | None
    latest: date | None
    edtf: str
    actor: Words  # who did it, in the language of every edition; empty when it is not said
    party: Words  # to whom, likewise
    amount: Decimal | None = None
    currency: str | None = None
    sum_role: str | None = None  # demanded, paid, confiscated


@dataclass(frozen=True, slots=True)
class Masthead:
    """The newsroom as readers see it."""

    name: dict[str, str]
    languages: tuple[str, ...]
    standing_note: dict[str, str]


@dataclass(frozen=True, slots=True)
class Photo:
    """The story's picture, re-encoded without metadata; the file lies beside the Release by its hash."""

    sha256: str  # of the file's bytes, hex
    media_type: Literal["image/jpeg", "image/png"]
    width: int  # pixels
    height: int
    credit: str  # who is named for it
    licence: str
    alt: dict[str, str]  # language -> what the picture shows, for who does not see it
    caption: dict[str, str]  # language -> the words under it; may be empty


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document or recording, cleaned of what it said about itself; its file lies beside the Release by its hash."""

    sha256: str  # of the file's bytes, hex
    media_type: str  # one of attachment.ENDINGS
    size: int  # bytes
    title: dict[str, str]  # language -> what it is, as the link to it says


@dataclass(frozen=True, slots=True)
class Release:
    """One version of one story, as signed. A withdrawal has no editions and no acts."""

    story: str  # public random id, stable over versions
    slug: str
    version: int
    kind: ReleaseKind
    released_on: date
    first_released_on: date
    masthead: Masthead
    editions: tuple[Edition, ...]
    acts: tuple[PublicAct, ...]
    notes: tuple[CorrectionNote, ...]
    # Added later: a Release without a photo is written without the field, so that older ones keep their bytes.
    photo: Photo | None = field(default=None, metadata={"absent": "none"})
    attachment: Attachment | None = field(default=None, metadata={"absent": "none"})


class ReleaseError(ValueError):
    """A document that is not a Release: unknown field, bad signature, wrong version."""
