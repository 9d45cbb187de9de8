import pytest

from nightdesk.desk.review.tests import making


@pytest.fixture
def story(bob, tariq):
    return making.story(bob, tariq)


@pytest.fixture
def keyring(db):
    return making.hold_keys()


@pytest.fixture
def released(story, alice, erin, keyring):
    """The story, with one claim for the record, released once."""
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
    story.refresh_from_db()
    return story
