"""From an account to what is compared of it. It depends on nothing that came before, so that it can be done ahead.

Belongs here: what must hold of an account by itself, and reading it. Does not belong here: the facts (gather.py), and
what other accounts make of it (desk.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from nightdesk.corroboration.evidence import Told
from nightdesk.corroboration.gather import gather, is_document
from nightdesk.corroboration.model import Account, CorroborationError
from nightdesk.reading import read
from nightdesk.reading.model import Reading, ReadingError
from nightdesk.values.languages import language

Reader = Callable[[Account], Reading]

YEARS = range(1900, 2101)  # in which a contact can have been: days are reckoned with on both sides of it
READ_AT_MOST = 20_000  # characters: a longer text is compared by its beginning
UNREAD = Reading("", (), ())


def read_beginning(account: Account) -> Reading:
    """The reading of an account's first READ_AT_MOST characters. Raises ReadingError as `read` does.

    Written reports are compared without one: reading them costs ten times the comparing. Of others only values are
    compared: what no rule explains is not looked for.
    """
    if is_document(account):
        return UNREAD
    return read(account.text[:READ_AT_MOST], account.lang, account.on, account.country, flagged=False)


def tell(a: Account, read_account: Reader = read_beginning) -> Told:
    """What is compared of an account. Raises CorroborationError when its language, day or text cannot be read."""
    if a.on and a.on.year not in YEARS:
        raise CorroborationError(
            f"account {a.id!r} cannot be compared: its day {a.on} is no day of a contact"
        )
    try:
        language(a.lang)
        beginning = a if len(a.text) <= READ_AT_MOST else replace(a, text=a.text[:READ_AT_MOST])
        facts = gather(beginning, read_account(a))
    except (ReadingError, ValueError, ArithmeticError) as error:
        raise CorroborationError(f"account {a.id!r} cannot be compared: {error}") from error
    return Told(a.id, a.lang, a.on, a.source, facts, a.via, a.basis, a.confirmed)
