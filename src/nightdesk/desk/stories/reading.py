"""What is read in a paragraph, a headline or a summary while it is typed: of the words as readers will see them, sums written out.

Nothing is kept. Belongs here: the door, and the day and words that are read; the translation's door asks the
same. Does not belong here: marks and values (reports.reading), saving (saving.py).
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from nightdesk.desk import clock
from nightdesk.desk.asked import number
from nightdesk.desk.reports.reading import shown_as_typed
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.roles import needs
from nightdesk.desk.stories import chips, pairs
from nightdesk.desk.stories.finding import story_of
from nightdesk.desk.stories.models import Edition

HEADING = ("title", "summary")  # parts of an edition that are no paragraph


@needs("draft")
@require_POST
@sensitive_post_parameters()
def typed(request: HttpRequest, pk: int) -> HttpResponse:
    """What is read in a paragraph of the story while it is typed."""
    return read_in(request, pairs.source_edition(story_of(request, pk)))


def read_in(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The words of the form, in the language of `edition`, as a release of today would be read.

    The desk's own words were taught from reports: who reads no report is not told of them here either.
    """
    paragraph, today = number(request, "paragraph"), clock.today()
    words = _written_out(request.POST.get("text", ""), edition, paragraph)
    own = member_of(request).may("read")
    read = shown_as_typed(words, edition.lang, today, edition.story.country, own=own)
    part = request.POST.get("part", "")
    of = f"{part if part in HEADING else paragraph}-"
    known = {"typed": read, "of": of, "day": today, "corrects": own and member_of(request).may("draft")}
    # Without the request: the frame around a page, which asks a lot of the database, is not drawn here.
    return HttpResponse(render_to_string("stories/parts/read.html", known))


def _written_out(text: str, edition: Edition, paragraph: int) -> str:
    """The text with the sums its paragraph may use in words. The database is asked only where a chip stands."""
    if not chips.chips_in(text):
        return text
    row = edition.paragraphs.filter(pk=paragraph).first()
    if row is None:
        return text
    story = edition.story
    sums = chips.at_kept_rates(chips.sums_for([row], story.rates_day(clock.today())), story)
    return chips.written_out(text, chips.sums_of(row, sums), edition.lang)
