"""An answer for a security key that no key gave is no proof, whatever its form."""

from __future__ import annotations

import pytest

from nightdesk.desk.staff import passkeys

ANSWERS = [
    "",
    "{",
    "[]",
    "null",
    '{"id": 1}',
    "[" * 100_000,
    "9" * 5_000,
    '{"response": {"clientDataJSON": "é"}}',
]


@pytest.mark.parametrize("answer", ANSWERS, ids=[answer[:12] for answer in ANSWERS])
def test_garbage_proves_nothing_and_enrols_nothing(rf, answer):
    request = rf.get("/", HTTP_HOST="127.0.0.1")
    _asked, state = passkeys.ask(request, "Post", [])
    with pytest.raises(passkeys.NoProof):
        passkeys.proven(request, "Post", state, [], answer)
    with pytest.raises(passkeys.NoProof):
        passkeys.enrolled(request, "Post", state, answer)
