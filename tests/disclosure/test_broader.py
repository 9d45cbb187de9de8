"""A wider word in place of a narrow one: what leans on the narrow one goes with it, and a service is nobody."""

import pytest

from nightdesk.disclosure.offers import apply


def said(look, story, sentence):
    lang = "ko" if any("가" <= letter <= "힣" for letter in sentence) else "en"
    _, review = look(story(**{lang: sentence}, lang=lang))
    return [
        apply(sentence, one)
        for found in review.findings
        for one in found.offers
        if one.label_key == "say_broader"
    ]


@pytest.mark.parametrize(("before", "after"), [
    ("A former teacher was taken away.", "A resident was taken away."), ("The retired teacher was taken away.", "The resident was taken away."),
    ("She met a former teacher there.", "She met a resident there."), ("학교 교원인 그는 잡혔다.", "주민인 그는 잡혔다."), ("전직 교원이 잡혔다.", "주민이 잡혔다."),
    ("They took the son of the teacher.", "They took the son of the resident."), ("A teacher was taken away.", "A resident was taken away."),
])  # fmt: skip
def test_what_leans_on_the_narrow_word_goes_with_it(before, after, look, story):
    assert after in said(look, story, before)


def test_a_service_becomes_no_soldier(look, story):
    assert not any(
        "in the soldier" in one for one in said(look, story, "A sergeant in the border guard took it.")
    )
