"""Everything that was ever released, looked up value by value in the desk's rows.

A draft asks for its own sums, days, towns and rows. What a version said stands as rows (review.remembering); who is
behind a story, who could know it and whether it was withdrawn is asked of the rows of today, so that nothing here
outlives a purge, and nothing is held by the process. Belongs here: asking. Does not belong here: reading a release
(remembering.py), what a find means (disclosure.rules.history).
"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django.db.models import QuerySet

from nightdesk.desk.review.models import RememberedRelease, RememberedValue
from nightdesk.desk.review.printed import PrintedBefore
from nightdesk.desk.stories.models import Paragraph, Story
from nightdesk.disclosure import Hits, Knowers, Past, Remembered
from nightdesk.disclosure.archive import WAITS
from nightdesk.disclosure.wording import Printed

FEW = 500  # stories of one source that a question names one by one
SOURCE, RELAY = "claim__account__report__source__pseudonym", "claim__account__report__relay__name"
CONTACT = "claim__account__report__contact_on"
TOLD = {"source": SOURCE, "via": RELAY}


class Released(Past):
    """All released stories but `story`: each of its sentences would be found in its own earlier versions."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self._found: dict[Hashable, Hits | None] = {}  # of one review: a value stands in several paragraphs
        self._circles: dict[str, Hits | None] = {}
        self._behind: dict[str, Any] = {}
        self._spoken = PrintedBefore(story)

    @property
    def spoken(self) -> Printed:
        """The words of all other stories."""
        return self._spoken

    def find(self, key: Hashable) -> Hits | None:
        """Asked once a value."""
        if key not in self._found:
            # Keys of the past are tuples that begin with their kind; the index takes any hashable.
            self._found[key] = self._look_up(cast("tuple[Any, ...]", key))
        return self._found[key]

    def circle(self, source: str) -> Hits | None:
        """Asked once a source."""
        if source not in self._circles:
            self._circles[source] = self._narrowest(source)
        return self._circles[source]

    @property
    def waited(self) -> bool:
        """The rows of today say of every released story when its sources were spoken to."""
        return True

    def lags(self, whose: str, name: str) -> tuple[int, ...]:
        """Of each other story's first version; a correction is another day and no other call."""
        first = RememberedRelease.objects.filter(release__version=1, story__in=stories_behind(name, whose))
        latest = first.exclude(story=self.story).order_by("-released_on", "-name")[:WAITS]
        days = dict(latest.values_list("story", "released_on"))
        told = links_of(name, whose).filter(paragraph__edition__story__in=days)
        last: dict[int, date] = {}
        for story, on in told.values_list("paragraph__edition__story", CONTACT).distinct():
            if on <= days[story]:
                last[story] = max(on, last.get(story, on))
        return tuple((day - last[story]).days for story, day in reversed(days.items()) if story in last)

    def _look_up(self, key: tuple[Any, ...]) -> Hits | None:
        """The key's middle, where it has one, is the source that must stand behind the story."""
        kind, *source, value = key
        rows = RememberedValue.objects.filter(key=text_of(kind, value)).exclude(of__story=self.story)
        if source:
            rows = rows.filter(of__story__in=self._told_by(*source))
        latest = rows.order_by("-on", "-of__name", "of", "pk").values_list(
            "of__name", "on", "of__story__withdrawn_at", "numbers"
        )
        found = latest.first()
        if found is None:
            return None
        name, on, gone, numbers = found
        lines = ((value, tuple(numbers)),) if kind == "row" else ()
        count = rows.order_by().values("of__name", "on").distinct().count()
        return Hits(count, Remembered(name, on, withdrawn=gone is not None, lines=lines))

    def _told_by(self, source: str) -> Any:
        """The stories behind which the source stands: asked once, unless they are more than a question may hold."""
        if source not in self._behind:
            few = list(stories_behind(source).distinct()[: FEW + 1])
            self._behind[source] = [row["paragraph__edition__story"] for row in few]
        return self._behind[source] if len(self._behind[source]) <= FEW else stories_behind(source)

    def _narrowest(self, source: str) -> Hits | None:
        """Of what this source told in each other released story the smallest circle; of those the smallest."""
        told = circles_behind(source).exclude(paragraph__edition__story=self.story)
        rows = told.values_list(
            "paragraph__edition__story", "claim__knowers", "claim__knowers_low", "claim__knowers_high"
        ).distinct()
        least: dict[int, Knowers] = {}
        for story, kind, low, high in rows:
            one = Knowers(kind, low, high)
            least[story] = min(least.get(story, one), one, key=size)
        names = latest_of(least)
        entries = [
            Remembered(name, on, source, gone, least[story]) for story, (name, on, gone) in names.items()
        ]
        return Hits(len(entries), min(entries, key=narrowness)) if entries else None


def links_of(name: str, whose: str = "source") -> QuerySet[Any, Any]:
    """What this source told, or this relay passed on, under the paragraphs that rest on it as they stand."""
    return Paragraph.claims.through.objects.filter(**{TOLD[whose]: name}).order_by()


def stories_behind(name: str, whose: str = "source") -> QuerySet[Any, Any]:
    """The stories that rest on what this source told, or this relay passed on."""
    return links_of(name, whose).values("paragraph__edition__story")


def circles_behind(source: str) -> QuerySet[Any, Any]:
    """Of these links those in released stories to claims of which somebody said how many could know them."""
    said = links_of(source).filter(claim__knowers_low__isnull=False, claim__knowers_high__isnull=False)
    return said.exclude(claim__knowers="").filter(paragraph__edition__story__releases__isnull=False)


def latest_of(stories: Any) -> dict[int, tuple[str, date, bool]]:
    """Story -> what a sentence calls its latest version, its day, and whether it was withdrawn since."""
    rows = RememberedRelease.objects.filter(story__in=list(stories)).exclude(name="").order_by("release")
    said = rows.values_list("story", "name", "released_on", "story__withdrawn_at")
    return {story: (name, on, gone is not None) for story, name, on, gone in said}


def size(one: Knowers) -> tuple[int, int]:
    """The smallest first."""
    return one.high, one.low


def narrowness(one: Remembered) -> tuple[int, tuple[date, str, str]]:
    """As disclosure.archive compares two of them."""
    return (one.knowers.high if one.knowers else 0), one.order


def text_of(kind: str, value: Any) -> str:
    """A key as it stands in a row, without the source: `sum:20000/CNY`, `days:2023-12-11/2023-12-17`."""
    return f"{kind}:{plain(value)}"


def plain(value: Any) -> str:
    """Equal values in equal words. ValueError on a kind of value nobody thought of: it must not be lost."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "/".join(map(plain, value))
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    raise ValueError(f"no words for {type(value).__name__}")
