"""The house's words: found in a text, kept by translators."""

from __future__ import annotations

import pytest
from django.urls import reverse

from nightdesk.desk.errors import DeskError
from nightdesk.desk.stories import actions as writing
from nightdesk.desk.stories.tests.making import SWEEP, make_story
from nightdesk.desk.translation import actions
from nightdesk.desk.translation.glossary import find, marked
from nightdesk.desk.translation.models import Term

ROWS = [
    {"ko": "보위부", "en": "Ministry of State Security", "note": "the department"},
    {"ko": "손전화", "en": "mobile phone"},
    {"ko": "보위원", "en": "State Security agent"},
]


@pytest.fixture
def terms(db):
    return [Term.objects.create(**row) for row in ROWS]


def test_terms_are_found_under_particles(terms):
    found = find("회령시 보위부가 손전화를 단속한다.", terms, "ko")
    assert [one.term.en for one in found] == ["Ministry of State Security", "mobile phone"]
    text = "회령시 보위부가 손전화를 단속한다."
    assert "".join(stretch.words for stretch in marked(text, found)) == text


def test_english_terms_are_found_as_words_with_their_plural(terms):
    assert [one.term.ko for one in find("Mobile phones and automobile phones", terms, "en")] == ["손전화"]


def test_the_longer_of_two_terms_wins(terms):
    Term.objects.create(ko="시 보위부", en="city branch")
    found = find("회령시 보위부", Term.objects.all(), "ko")
    assert [one.term.en for one in found] == ["city branch"]


def test_the_terms_of_a_paragraph_stand_beside_it(terms, alice, tariq, signed_in):
    story = make_story(alice, [], [SWEEP])
    writing.hand_over(alice, story)
    shown = signed_in(tariq).get(reverse("translation:story", args=[story.pk])).content.decode()
    assert "mobile phone" in shown and "State Security agent" not in shown


def test_a_translator_adds_changes_and_removes_terms(terms, tariq, signed_in):
    client, url = signed_in(tariq), reverse("translation:glossary")
    client.post(url, {"ko": "장마당", "en": "market", "note": ""})
    term = Term.objects.get(ko="장마당")
    client.post(reverse("translation:term", args=[term.pk]), {"ko": "장마당", "en": "local market"})
    term.refresh_from_db()
    assert term.en == "local market" and "local market" in client.get(url).content.decode()
    client.post(reverse("translation:remove_term", args=[term.pk]))
    assert not Term.objects.filter(ko="장마당").exists()


def test_a_word_stands_in_the_glossary_once(terms, tariq):
    with pytest.raises(DeskError):
        actions.save_term(tariq, "보위부", "something else")
    with pytest.raises(DeskError):
        actions.save_term(tariq, "새말", " ")
