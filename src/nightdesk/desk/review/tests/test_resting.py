"""What a claim of the draft rests on: one origin, perhaps one mouth, a count that is being made anew."""

from __future__ import annotations

import pytest

from nightdesk.desk.claims.models import Account, Event
from nightdesk.desk.review import actions as reviewing
from nightdesk.desk.review.tests import making

pytestmark = pytest.mark.django_db
SAID = {
    (0, 0): "not compared with other accounts",
    (1, 1): "rests on one origin",
    (3, 1): "3 origins, perhaps one mouth",
    (2, 2): None,
}


@pytest.mark.parametrize(("counts", "words"), SAID.items())
def test_beside_a_paragraph_stands_what_its_claim_rests_on(alice, bob, tariq, signed_in, counts, words):
    story = making.story(bob, tariq)
    reviewing.review(alice, story)
    event = Event.objects.create(engine_id="e1", independent_origins=counts[0], at_least=counts[1])
    Account.objects.update(event=event)
    page = signed_in(alice).get(f"/review/{story.pk}/").text
    assert [said for said in SAID.values() if said and said in page] == ([words] if words else [])
