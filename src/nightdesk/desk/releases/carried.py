"""Until when a courier elsewhere may carry a release that this desk took off its hour.

A parcel that was carried to another machine holds what was signed when it was written; taken off here, it leaves from
there all the same. Belongs here: finding that out from the log of the story. Does not belong here: writing parcels
(desk.courier), what is held (holds.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from nightdesk.desk import clock
from nightdesk.desk.courier.models import Parcel
from nightdesk.desk.custody.actions import subject_of
from nightdesk.desk.custody.reading import lines
from nightdesk.desk.releases.models import Scheduled
from nightdesk.desk.stories.models import Story


def carried_until(story: Story) -> date | None:
    """The last day (UTC) on which a parcel from before may let out a version that waits for no hour any more.

    None when no parcel held one, when those are over, or while it does wait for its hour.
    """
    if Scheduled.objects.filter(story=story).exists():
        return None
    found = [day for begun, over in _waited(story) if (day := _parcel_of(begun, over))]
    return max(found, default=None)


def _waited(story: Story) -> Iterator[tuple[datetime, datetime]]:
    """From when to when a version waited for an hour that was taken off it again; those before the last release left."""
    wanted = ("schedule", "unschedule", "release")
    begun = None
    waits: list[tuple[datetime, datetime]] = []
    for line in lines(subject_of(story), verb__in=wanted):
        if line.verb == "release":
            waits.clear()
        elif line.verb == "unschedule" and begun:
            waits.append((begun, line.at))
        begun = line.at if line.verb == "schedule" else None
    yield from waits


def _parcel_of(begun: datetime, over: datetime) -> date | None:
    """The last day of the parcels that were good then and still are: each was written anew as something came into it."""
    good = Parcel.objects.filter(made_at__lte=over, last_day__gte=max(begun.date(), clock.today()))
    return good.order_by("last_day").values_list("last_day", flat=True).last()
