"""Members with real X-Wing keys, and clients whose session holds them."""

from __future__ import annotations

import secrets

from django.test import Client

from nightdesk.desk.staff import held
from nightdesk.seal.members import MemberKey


def give_key(member) -> MemberKey:
    """A key pair of the member's own; its public half stands in his or her row."""
    key = MemberKey.from_seed(secrets.token_bytes(32))
    member.public_key = key.public
    member.save(update_fields=["public_key"])
    return key


def client_of(member, key: MemberKey | None) -> Client:
    """A signed-in client; its session holds `key`."""
    client = Client()
    client.force_login(member)
    if key is not None:
        held.hold(client.session.session_key, key)
    return client
