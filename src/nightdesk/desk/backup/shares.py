"""The backup key as words on paper: SLIP-39, any so many of so many open it, fewer tell nothing.

The library makes and joins the shares; this file only says which word is wrong. Belongs here: key to
words and back. Does not belong here: printing (templates/backup/shares.html), asking (cli/shares.py).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

import shamir_mnemonic
from shamir_mnemonic import MnemonicError, Share, rs1024
from shamir_mnemonic.constants import CUSTOMIZATION_STRING_EXTENDABLE
from shamir_mnemonic.wordlist import WORDLIST

from nightdesk.seal.recovery import KEY

NEED, OF = 2, 3
MOST = 16  # SLIP-39 has room for no more
WORDS = 33  # of a share for a key of 32 bytes
RULE = "-" * 24  # stands before and after the words on a page of text
BEGINS = 4  # letters that tell every word of the list from every other


class BadShare(ValueError):
    """These words are no share, or not one that fits; the message says which word and what to do."""


def split(key: bytes, need: int = NEED, of: int = OF) -> list[str]:
    """`of` lines of words; any `need` of them give the key back. ValueError: 2 <= need <= of <= 16."""
    if not 2 <= need <= of <= MOST:
        raise ValueError(f"at least 2 shares must be needed, and there are {MOST} at most")
    [lines] = shamir_mnemonic.generate_mnemonics(1, [(need, of)], key)
    return list(lines)


def read(typed: str) -> Share:
    """One share as typed or copied. BadShare names the word that is wrong."""
    words = [_word(word, place) for place, word in enumerate(_words(typed), 1)]
    if len(words) != WORDS:
        raise BadShare(f"A share has {WORDS} words; here are {len(words)}. Count the lines of the paper.")
    try:
        return Share.from_mnemonic(" ".join(words))
    except MnemonicError:
        raise BadShare(_which(words)) from None


def join(shares: Sequence[Share]) -> bytes:
    """The backup key. BadShare when they are too few, the same one twice, or of different sets."""
    if not shares:
        raise BadShare("No share was given.")
    different = alike({share.index: share for share in shares}.values())
    if len(different) < shares[0].member_threshold:
        here = "is 1 share" if len(different) == 1 else f"are {len(different)} different shares"
        raise BadShare(f"Here {here}, and {shares[0].member_threshold} are needed.")
    try:
        key: bytes = shamir_mnemonic.combine_mnemonics(
            [share.mnemonic() for share in different[: shares[0].member_threshold]]
        )
    except MnemonicError as error:
        raise BadShare(f"These shares do not fit together: {error}") from None
    if len(key) != KEY:
        raise BadShare("These are shares of something else than a backup key of Nightdesk.")
    return key


def alike(shares: Iterable[Share]) -> list[Share]:
    """The shares, when they are different ones of one set; BadShare otherwise."""
    found = list(shares)
    if len({share.group_parameters() for share in found}) > 1:
        raise BadShare("These shares are of different sets. Take shares with the same date and fingerprint.")
    if len({share.index for share in found}) < len(found):
        raise BadShare("This is the same share once more. Take one with another number.")
    return found


def words_in(text: str) -> str:
    """The share in a file: the words alone, or a printed page, where they stand between two rules."""
    _before, rule, after = text.partition(RULE)
    return after.partition(RULE)[0] if rule else text


def _words(typed: str) -> list[str]:
    """The words of one share, without the numbers a person copies along with them."""
    plain = unicodedata.normalize("NFKC", typed).lower()
    return [word for word in plain.replace(".", " ").split() if not word.isdigit()]


def _word(word: str, place: int) -> str:
    """The word of the list; four letters are enough."""
    fits = [one for one in WORDLIST if one == word or (len(word) >= BEGINS and one[:BEGINS] == word[:BEGINS])]
    if word in fits or len(fits) == 1:
        return word if word in fits else fits[0]
    raise BadShare(f"Word {place}, “{word}”, is not in the list of words. Look at the paper again.")


def _which(words: list[str]) -> str:
    """All are words of the list and the checksum fails: what one slip of a hand would explain it."""
    numbers = [WORDLIST.index(word) for word in words]
    for place in range(len(numbers) - 1):
        before, one, other, after = numbers[:place], numbers[place], numbers[place + 1], numbers[place + 2 :]
        if _holds([*before, other, one, *after]):
            return f"Words {place + 1} and {place + 2} changed places. Look at the paper again."
    for place, there in enumerate(numbers):
        if any(_holds([*numbers[:place], n, *numbers[place + 1 :]]) for n in range(len(WORDLIST))):
            return f"Word {place + 1}, “{WORDLIST[there]}”, is not what the paper says. Look at it again."
    return "The words do not add up: more than one is wrong. Compare each with the paper."


def _holds(numbers: list[int]) -> bool:
    return bool(rs1024.verify_checksum(numbers, CUSTOMIZATION_STRING_EXTENDABLE))
