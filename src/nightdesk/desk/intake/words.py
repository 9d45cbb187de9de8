"""What stands beside a refusal, in the language of the page.

The row keeps the sentence in English, as it was found; here it is said anew. A refusal itself is a word
of models.REFUSALS.
"""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# The sentences of believing.py and nightdesk.seal, word for word; `x` and `y` are what differs.
_DETAILS: dict[str, Promise] = {
    r"the same words, sealed a second time": _("the same words, sealed a second time"),
    r"it says (?P<x>\S+)": _("it says %(x)s"),
    r"unknown letters; read here: (?P<x>.+)": _("unknown letters; read here: %(x)s"),
    r"(?P<x>\S+); read here: (?P<y>.+)": _("%(x)s; read here: %(y)s"),
    r"the report is empty.*": _("there is no text in it"),
    r"this Envelope was sealed for another newsroom": _("this envelope was sealed for another newsroom"),
    r"no day key (?P<x>\S+) is here: it is unknown or was erased": _(
        "the key %(x)s is unknown or was erased"
    ),
    r"this Envelope does not open: it was changed on its way": _("it does not open with its key"),
    r"an Envelope is 4,096 or 65,536 bytes long, this is (?P<x>\S+)": _(
        "it has %(x)s bytes, not 4,096 or 65,536"
    ),
    r"this does not begin like an Envelope": _("it does not begin like an envelope"),
    r"this Envelope is of a version that this program does not know": _("an envelope of an unknown version"),
}


def known(detail: str) -> str:
    """The detail in the page's language; '' for a sentence nobody has listed."""
    for pattern, said in _DETAILS.items():
        if found := re.fullmatch(pattern, detail):
            return str(said) % found.groupdict()
    return ""
