"""What a disclosure review reads and says. Every value is plain; nothing here knows a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from nightdesk.values.coordinates import Near

Severity = Literal["red", "amber", "note"]
FindingClass = Literal[
    "exact sum", "exact date", "contact day", "place too fine", "small group", "occupation", "age",
    "kinship", "unit or rank", "verbatim words", "edition says more", "single source",
    "early knowledge", "combination", "history", "photo or file", "hidden character",
    "relative date drifted", "unread",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ParagraphText:
    """One paragraph as readers will see it (chips rendered). Id 'title' is the headline."""

    id: str
    text: str
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A story before publication: the same story in each language, paragraphs in order."""

    id: str
    title: str
    country: str
    release_on: date
    editions: Mapping[str, tuple[ParagraphText, ...]]


@dataclass(frozen=True, slots=True)
class Knowers:
    """How many people could know a fact: always an interval, with the kind of circle in words."""

    kind: str  # party, household, neighbours, workplace, officials, attendees, market, public
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class ClaimEvidence:
    id: str
    source: str
    report: str
    statement: str
    knowers: Knowers | None = None


@dataclass(frozen=True, slots=True)
class SealedReport:
    id: str
    source: str
    on: date
    lang: str
    text: str
    via: str | None = None
    basis: str | None = None


FileKind = Literal["", "document", "recording"]


@dataclass(frozen=True, slots=True)
class AttachedFile:
    name: str
    credit: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)  # what it still holds
    picture: bool = False  # a photo to be published, written anew without metadata
    dropped: tuple[str, ...] = ()  # names of what its file had said before
    kind: FileKind = ""  # of a file to be published, cleaned of metadata; "": a photo, or not said
    unreadable: str = ""  # why no program could read it: such a file stays closed
    # Where and when its file had said that it was taken, no finer than a town and a day.
    taken_near: Near | None = None
    taken_on: date | None = None


@dataclass(frozen=True, slots=True)
class StateMedia:
    """What state media have said, as an editor entered it."""

    on: date
    text: str


@dataclass(frozen=True, slots=True)
class DatasetRow:
    """One row of a public table: whole numbers count people or things, everything else describes."""

    id: str
    values: Mapping[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What lies behind a draft."""

    claims: tuple[ClaimEvidence, ...]
    reports: tuple[SealedReport, ...]
    files: tuple[AttachedFile, ...] = ()
    state_media: tuple[StateMedia, ...] = ()  # empty: nobody looked, which is said and not judged
    rows: tuple[DatasetRow, ...] = ()  # to be published with the story
    rows_before: tuple[DatasetRow, ...] = ()  # as readers have them from the last release


@dataclass(frozen=True, slots=True)
class Earlier:
    """Something already released; withdrawn ones stay, readers keep copies."""

    id: str  # what the sentence calls it: a headline, or any name; two entries may share one
    released_on: date
    text: str
    source: str | None = None
    withdrawn: bool = False  # said in the sentence, because readers may have thrown their copies away
    knowers: Knowers | None = None  # the smallest circle that could know what it told of this source
    contact: date | None = None  # the last contact with this source before it, when somebody kept the day
    via: str | None = None  # the relay that brought it


@dataclass(frozen=True, slots=True)
class GroupTable:
    """The newsroom's own estimate of how many people fit a description, with basis and expiry."""

    group: str
    place: str
    low: int
    high: int
    basis: str
    as_of: str  # YYYY-MM
    expires: str  # YYYY-MM
    # The time it counts them in, when not at any: YYYY, YYYY-MM, YYYY-MM-DD, or two with a slash.
    when: str = ""
    sex: str = ""  # female or male, when it counts them alone
    age: str = ""  # the years it counts alone, both ends counted: 40-49, 45 or 60+


@dataclass(frozen=True, slots=True)
class Interval:
    low: int
    high: int | None  # None: no upper bound is known
    basis: str


@dataclass(frozen=True, slots=True)
class FindingSpan:
    """Offsets in code points into that paragraph's text, end exclusive."""

    edition: str
    paragraph: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class SetFact:
    """One fact of a set, with every place of the story where it stands. `value` is equal in every language."""

    kind: str  # group, place, date, sex, age
    value: str
    spans: tuple[FindingSpan, ...]


@dataclass(frozen=True, slots=True)
class Sufficient:
    """Facts that a table shows to fit few people; take one away, and no table shows it any more."""

    facts: tuple[SetFact, ...]
    people: Interval
    table: GroupTable


@dataclass(frozen=True, slots=True)
class Offer:
    """A truthful way to say less: put `text` in place of the words at the given span."""

    edition: str
    paragraph: str
    start: int
    end: int
    text: str  # '' drops the words
    label: str  # what this does, for the button: "say the month only"
    after: Interval | None = None
    label_key: str = ""  # data/sentences.toml [label.*]: the same button in the desk's language


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a hostile reader could use. `key` is stable while class and words stay the same."""

    key: str
    class_: FindingClass
    severity: Severity
    spans: tuple[FindingSpan, ...]
    why: str
    for_: str  # source, subject, carrier, witness
    reader: str  # neighbour, security, participant, later reader
    before: Interval | None = None
    offers: tuple[Offer, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    why_key: str = ""  # data/sentences.toml [why.*]: `why` in another language, from `values`
    suffice: tuple[Sufficient, ...] = ()  # the smallest sets of facts that a table shows to be enough


@dataclass(frozen=True, slots=True)
class Review:
    """All findings, reds first, and what could not be judged. There is no score."""

    id: str
    findings: tuple[Finding, ...]
    unread: tuple[FindingSpan, ...]
    cannot_estimate: tuple[str, ...]
    cannot_estimate_keys: tuple[str, ...] = ()  # data/sentences.toml [cannot_estimate.*]


class DisclosureError(ValueError):
    """A draft that cannot be reviewed (claims that point nowhere, editions that do not align)."""
