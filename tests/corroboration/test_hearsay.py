"""What hearsay, a relay and a teller's later calls are to the accounts before them."""

from datetime import date

import pytest

MILL = "A fire broke out in the flour mill at Hamhung on 3 May. Two men died on the stairs and forty sacks were lost."
TALK = "In Hamhung the flour mill burned on 3 May; two men died on the stairs, forty sacks were lost."


@pytest.fixture
def tell(tell):
    """The same with the relations alone."""
    return lambda *said, **more: {to: link.relation for to, link in tell(*said, **more).items()}


@pytest.mark.parametrize("how", [{"via": "relay"}, {"basis": "rumour"}])
def test_what_is_passed_on_in_the_words_of_another_repeats(tell, how):
    tell("first", MILL)
    assert tell("talk", TALK, **{"basis": "second-hand", **how}) == {"first": "repeats"}


def test_hearsay_in_its_own_words_supports(tell):
    tell("first", MILL)
    own = "The mill at Hamhung, that was on 3 May. My aunt's lodger works in the office there; its chief was led away."
    assert tell("talk", own, basis="second-hand") == {"first": "supports"}


def test_a_relay_that_brings_what_the_teller_told_himself_repeats_in_other_words(tell):
    tell("first", MILL)
    relayed = "Word from our man in Hamhung: fire at the flour mill on 3 May, two dead on the stairs, forty sacks gone."
    assert tell("relayed", relayed, source="teller of first", via="relay") == {"first": "repeats"}


def test_a_relay_with_news_of_the_teller_does_not(tell):
    tell("first", MILL)
    news = "Since then: the miller was sentenced on 20 May, says our man in Hamhung."
    told = tell("news", news, source="teller of first", via="relay", on=date(2024, 5, 22))
    assert set(told.values()) <= {"supports"}


def test_who_tells_on_contradicts_nobody_with_a_sum_of_his_own(tell):
    tell("first", MILL + " Each family was promised 50 kg of maize.")
    tell(
        "other",
        "The mill at Hamhung burned on 3 May, I stood by. Two men died. The families got 50 kg of maize.",
    )
    later = "About the Hamhung mill that burned on 3 May: the families got 20 kg of maize and a bottle each, no more."
    told = tell("later", later, source="teller of first", on=date(2024, 5, 20))
    assert told["other"] == "supports"


def test_who_sets_himself_right_disputes_what_he_told(tell):
    tell("first", "Thirty cars came over the river at Hyesan on 3 May, the guards stood by.")
    right = (
        "The cars that came over at Hyesan on 3 May: it was not thirty cars but twenty cars, he has it wrong."
    )
    assert tell("right", right, source="teller of first")["first"] == "disputes"


def test_a_rumour_through_a_relay_is_nobodys_own(tell):
    tell("first", MILL)
    vague = "People speak of a mill at Hamhung on 3 May, and of the dead."
    assert tell("talk", vague, basis="rumour", via="relay") == {"first": "repeats"}


def test_a_value_called_wrong_is_disputed_with_who_tells_it_alone(tell):
    tell("five", MILL.replace("Two men", "Five men"))
    tell("none", "The flour mill in Hamhung burned on 3 May, I saw it from the rail yard, sacks lay about.")
    told = tell("right", "The flour mill in Hamhung on 3 May: two men died, not five men died, I was there.")
    assert told == {"five": "disputes", "none": "supports"}


def test_who_sets_himself_right_stands_no_more_by_what_he_told(tell):
    tell("twenty", "Twenty cars came over the river at Hyesan on 3 May, I counted them from the bank.")
    first = tell("first", "At Hyesan thirty cars came over the river on 3 May, the guards stood by.")
    right = (
        "The cars that came over at Hyesan on 3 May: it was not thirty cars but twenty cars, he has it wrong."
    )
    told = tell("right", right, source="teller of first")
    assert first == {"twenty": "disputes"}
    assert told == {"twenty": "supports", "first": "disputes"}
