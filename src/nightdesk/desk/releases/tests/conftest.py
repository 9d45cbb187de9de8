import pytest

from nightdesk.desk.review.tests import making, stencil
from nightdesk.desk.stories.models import Story


@pytest.fixture
def story(bob, tariq):
    there = Story.objects.filter(slug="year-end-phone-sweep").first()  # put back with a stencil
    return there or making.story(bob, tariq)


@pytest.fixture
def keyring(db):
    return making.hold_keys()


@pytest.fixture
def released(request, keyring):
    """The story, with one claim for the record, released once."""
    stencil.put("released", lambda: _release(*map(request.getfixturevalue, ("story", "alice", "erin"))))
    story = request.getfixturevalue("story")
    story.refresh_from_db()
    return story


def _release(story, alice, erin):
    from nightdesk.desk.releases import actions
    from nightdesk.desk.review import keeping
    from nightdesk.desk.review.standing import standing_of

    token = standing_of(story).laid.draft.editions["ko"][2].claims[0]
    keeping.let_into_record(
        alice,
        story,
        token,
        {"ko": "보위원 두 명", "en": "two agents"},
        {"ko": "송금 브로커", "en": "a remittance broker"},
    )
    making.cleared(alice, erin, story)
    actions.release(alice, story)
