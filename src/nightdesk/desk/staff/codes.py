"""Codes from an app (TOTP, RFC 6238): a new seed, its picture to scan, and whether a code fits. By pyotp and segno.

Belongs here: codes. Does not belong here: rows and who may (factors.py), security keys (passkeys.py).
"""

from __future__ import annotations

import hmac
from datetime import datetime

import pyotp
import segno

STEP = 30  # seconds a code stands for
WINDOW = 1  # steps a phone's clock may be early or late


def new_seed() -> str:
    """A seed of 160 bits in base32, as apps take it."""
    return pyotp.random_base32()


def address(seed: str, name: str, newsroom: str) -> str:
    """What the picture says; an app shows newsroom and name beside the code."""
    return pyotp.TOTP(seed).provisioning_uri(name=name, issuer_name=newsroom)


def picture(address: str) -> str:
    """The address as an SVG to stand in the page: attributes alone, no style and no script."""
    qr = segno.make(address, error="m")
    return str(
        qr.svg_inline(omitsize=True, border=3, dark="#000", light="#fff", svgclass="qr", lineclass=None)
    )


def fitting_step(seed: str, code: str, now: datetime) -> int | None:
    """The step of time the code belongs to, within one step of now; None when it fits none."""
    said = "".join(code.split())
    current = int(now.timestamp()) // STEP
    found = None
    for step in range(current - WINDOW, current + WINDOW + 1):
        expected = pyotp.TOTP(seed).generate_otp(step)
        if hmac.compare_digest(expected.encode(), said.encode()):
            found = step
    return found
