"""Security keys and passkeys (WebAuthn), by the fido2 library: what a browser is asked, whether its answer holds.

A key is bound to the name the desk is opened under. An IP address is no name: at 127.0.0.1 no browser
will use one, and `name_to_open` says where it works.
Belongs here: challenges and answers. Does not belong here: rows and who may (factors.py), codes (codes.py).
"""

from __future__ import annotations

import ipaddress
import json
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
)

LOOPBACK = "localhost"


class NoProof(Exception):
    """The browser's answer does not hold. What was wrong with it is nobody's business but the log's."""


def _parts(request: HttpRequest) -> tuple[str, int | None]:
    """Name and port the desk was opened under."""
    asked = urlsplit(f"//{request.get_host()}")
    return asked.hostname or "", asked.port


def host_of(request: HttpRequest) -> str:
    """The name alone."""
    return _parts(request)[0]


def is_possible(request: HttpRequest) -> bool:
    """Whether a browser will use a security key here."""
    try:
        ipaddress.ip_address(host_of(request))
    except ValueError:
        return request.is_secure() or host_of(request) == LOOPBACK
    return False


def name_to_open(request: HttpRequest) -> str:
    """The address under which security keys work on this machine."""
    port = _parts(request)[1]
    return f"{request.scheme}://{LOOPBACK}{f':{port}' if port else ''}/"


def _server(request: HttpRequest, newsroom: str) -> Fido2Server:
    origin = f"{request.scheme}://{request.get_host()}"
    party = PublicKeyCredentialRpEntity(name=newsroom or "Nightdesk", id=host_of(request))
    return Fido2Server(party, verify_origin=lambda said: said == origin)


def ask_new(
    request: HttpRequest, newsroom: str, handle: bytes, name: str, have: list[bytes]
) -> tuple[str, Any]:
    """What the browser is asked to enrol a key, as JSON, and what the desk must remember meanwhile."""
    user = PublicKeyCredentialUserEntity(id=handle, name=name, display_name=name)
    known = [AttestedCredentialData(each) for each in have]
    options, state = _server(request, newsroom).register_begin(user, credentials=known)
    return json.dumps(dict(options)["publicKey"], default=dict), state


def enrolled(request: HttpRequest, newsroom: str, state: Any, answer: str) -> tuple[bytes, int]:
    """The new key's public half and its counter. NoProof when the answer does not hold."""
    try:
        data = _server(request, newsroom).register_complete(state, json.loads(answer))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NoProof from error
    if data.credential_data is None:
        raise NoProof
    return bytes(data.credential_data), data.counter


def ask(request: HttpRequest, newsroom: str, have: list[bytes]) -> tuple[str, Any]:
    """What the browser is asked to prove that a key is there."""
    known = [AttestedCredentialData(each) for each in have]
    options, state = _server(request, newsroom).authenticate_begin(known)
    return json.dumps(dict(options)["publicKey"], default=dict), state


def proven(
    request: HttpRequest, newsroom: str, state: Any, have: list[bytes], answer: str
) -> tuple[int, int]:
    """Which of the keys answered, and its counter. NoProof when the answer does not hold."""
    known = [AttestedCredentialData(each) for each in have]
    try:
        said = AuthenticationResponse.from_dict(json.loads(answer))
        found = _server(request, newsroom).authenticate_complete(state, known, said)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NoProof from error
    return known.index(found), said.response.authenticator_data.counter
