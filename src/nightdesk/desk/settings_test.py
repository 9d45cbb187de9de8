"""Settings for tests: a throwaway folder, quick hashes, an unlocked desk, no collecting by itself."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ["NIGHTDESK_DIR"] = tempfile.mkdtemp(prefix="nightdesk-test-")
os.environ.setdefault("NIGHTDESK_COLLECT_EVERY", "0")

# Tests sign in with a passphrase alone; those of the second factor ask for it themselves.
os.environ["NIGHTDESK_SECOND_FACTOR"] = "off"

from nightdesk.desk import slots, unlocking, vault
from nightdesk.desk.settings import *  # the folder must be set before settings read it

NIGHTDESK_DIR = Path(os.environ["NIGHTDESK_DIR"])
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # noqa: F405  # of the desk's settings

# The desk of the tests is unlocked from the start, with a secret everybody knows; guesses cost nothing.
vault.open_with(bytes(32))
unlocking.ready.set()
slots.MEMORY_KIB = 8
