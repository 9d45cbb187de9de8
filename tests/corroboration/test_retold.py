"""Whose a retold value is: through chains of retelling, from either side."""

from nightdesk.corroboration import Desk
from nightdesk.corroboration.model import Link
from nightdesk.corroboration.relation import retold, turned
from nightdesk.corroboration.sentences import said

PLAIN = said("differs", field="amount", says="CNY 30000", against="CNY 20000")
AGREES = Link("c", "supports", 0.8, why_parts=(said("agrees"),))


def owners(sentence):
    return sentence.values.get("of"), sentence.values.get("against_of")


def test_the_value_is_the_one_retold():
    assert owners(retold(AGREES, PLAIN, "b").why_parts[0]) == ("b", None)


def test_who_retells_a_retelling_says_the_value_of_the_first_teller():
    told_by_b = retold(AGREES, PLAIN, "a").why_parts[0]  # b retells a
    assert owners(retold(AGREES, told_by_b, "b").why_parts[0]) == ("a", None)  # d retells b


def test_turned_round_each_value_keeps_its_owner():
    told_by_b = retold(AGREES, PLAIN, "a").why_parts[0]
    back = turned(told_by_b)
    assert (back.values["says"], back.values["against"], *owners(back)) == (
        "CNY 20000",
        "CNY 30000",
        None,
        "a",
    )
    assert turned(back) == told_by_b
    assert owners(retold(AGREES, back, "c").why_parts[0]) == ("c", "a")


def test_who_was_there_repeats_no_rumour_in_the_same_words(account):
    """The rumour came first, for it was quicker: the words went from the teller to it all the same."""
    desk = Desk()
    desk.add(account("rumour", basis="rumour"))
    (link,) = desk.add(account("party", basis="told by the person concerned")).links
    assert link.relation == "supports"
    (link,) = (one for one in desk.add(account("copy", basis="second-hand")).links if one.to == "party")
    assert link.relation == "repeats"
