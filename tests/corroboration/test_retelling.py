"""Whose telling hearsay repeats, and how it stands to everybody else."""

from datetime import date

FIRST = (
    "A fire broke out in the flour mill at Hamhung on 3 May. Two men died on the stairs and forty sacks were carried"
    " into the yard."
)
SECOND = "The mill in Hamhung burned on 3 May, I saw the smoke from the rail yard. Two men died."
RETOLD = "In Hamhung the flour mill burned on 3 May; two men died on the stairs, forty sacks were carried into the yard."
TOLD = "The mill in Hamhung burned on 3 May. Five men died, my cousin laid them out."


def test_hearsay_repeats_the_account_it_comes_from_and_supports_the_others(tell):
    tell("first", FIRST)
    tell("second", SECOND)
    links = tell("relayed", RETOLD, basis="second-hand", via="relay")
    assert {to: link.relation for to, link in links.items()} == {"first": "repeats", "second": "supports"}


def test_hearsay_repeats_what_repeats_the_same_account(tell):
    tell("first", FIRST)
    tell("relayed", RETOLD, basis="second-hand", via="relay")
    links = tell("again", RETOLD.replace("carried", "dragged"), basis="second-hand", via="another")
    assert {link.relation for link in links.values()} == {"repeats"}


def test_hearsay_disputes_who_disputes_the_account_it_comes_from(tell):
    tell("first", FIRST)
    tell("other", TOLD)
    links = tell("relayed", RETOLD, basis="second-hand", via="relay")
    assert links["first"].relation == "repeats"
    assert (links["other"].relation, links["other"].field) == ("disputes", "count")


def test_who_tells_on_by_hearsay_repeats_nobody_else(tell):
    tell("first", FIRST)
    tell("second", SECOND)
    later = "The fire of 3 May in the Hamhung mill: its foreman was led away on 5 May, the yard is shut, says the street."
    links = tell("news", later, source="teller of second", basis="second-hand", on=date(2024, 5, 9))
    assert {link.relation for link in links.values()} <= {"supports"} and links


def test_a_teller_who_says_the_same_words_again_repeats_and_one_with_news_supports(tell):
    tell("first", FIRST)
    same = tell("same", FIRST.replace("carried", "brought"), source="teller of first")
    news = tell(
        "news",
        "That mill in Hamhung: the foreman came home, they buried two men, nobody may speak of 3 May.",
        source="teller of first",
    )
    assert same["first"].relation == "repeats"
    assert news["first"].relation == "supports"


def test_who_tells_on_stands_by_what_he_disputed(tell):
    tell("first", FIRST)
    tell("other", TOLD)
    links = tell(
        "news",
        "About the Hamhung mill: the yard was sealed after 3 May and my cousin was questioned for a day.",
        source="teller of other",
    )
    assert links["other"].relation == "supports"
    assert links["first"].relation == "disputes"
