"""A desk opened with paper: a new slot for a member, or for the desk itself.

Belongs here: what follows once the backup key is there. Does not belong here: shares (shares.py), asking
for a passphrase (cli/desk.py).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from nightdesk.desk.keyfiles import NotReady


def reopen(directory: Path, key: bytes, name: str, passphrase: Callable[[], str]) -> None:
    """A slot for the member `name`, or the desk's own when empty. Raises NotReady; then nothing was changed.

    `passphrase` is asked only when everything before it held: nobody thinks of a new one for nothing.
    """
    from nightdesk.desk.backup import keys

    keys.unlock_with(directory, key)
    from nightdesk.desk import slots
    from nightdesk.desk.private import erase
    from nightdesk.desk.staff.models import Member

    again = slots.path().with_name(slots.DESTROYED)
    if not name:
        new = passphrase()
        erase(again)
        slots.add(slots.DESK, new)
        return
    member = Member.objects.filter(username=name, is_active=True).first()
    if member is None:
        raise NotReady(f"There is no member {name}. Nothing was changed.")
    new = passphrase()
    erase(again)
    made = slots.add(name, new)  # the slot first: a row without one could not unlock
    member.public_key = b"" if member.must_change else made
    member.set_password(new)
    member.save(update_fields=["public_key", "password"])
