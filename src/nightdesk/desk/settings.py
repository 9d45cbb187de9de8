"""Settings of the desk. Every NIGHTDESK_* name is documented in docs/settings.md (a test looks)."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from nightdesk import assets
from nightdesk.desk.listening import OWN_NAMES

HERE = Path(__file__).parent

# Where everything the desk owns lives: database, sealed keys, releases, previews.
NIGHTDESK_DIR = Path(os.environ.get("NIGHTDESK_DIR", "nightdesk-data")).resolve()
# The drop to pull from, e.g. http://127.0.0.1:8471; empty: nothing is pulled.
NIGHTDESK_DROP_URL = os.environ.get("NIGHTDESK_DROP_URL", "")
# The folder this desk shares with a courier (parcel/ and hold/ in it); empty: none is prepared.
NIGHTDESK_COURIER_DIR = os.environ.get("NIGHTDESK_COURIER_DIR", "")
# Days after which a day key is erased once that day's collection is confirmed.
NIGHTDESK_ERASE_AFTER_DAYS = int(os.environ.get("NIGHTDESK_ERASE_AFTER_DAYS", "14"))
# Days a backup keeps the part that opens sources' words: a purge reaches older backups when it expires.
NIGHTDESK_BACKUP_KEYS_DAYS = int(os.environ.get("NIGHTDESK_BACKUP_KEYS_DAYS", "30"))
# Seconds between two collections while the desk runs; 0: only by hand.
NIGHTDESK_COLLECT_EVERY = int(os.environ.get("NIGHTDESK_COLLECT_EVERY", "60"))
# Minutes in which a second member must agree to open a card that needs two, and the first must look.
NIGHTDESK_CARD_MINUTES = int(os.environ.get("NIGHTDESK_CARD_MINUTES", "10"))
# Dotted path of a function that returns the current aware datetime. Only the demo has its own.
NIGHTDESK_CLOCK = os.environ.get("NIGHTDESK_CLOCK", "nightdesk.desk.clock.machine")
# Name of the newsroom on every screen; `nightdesk desk init` writes it into newsroom.json.
NIGHTDESK_NEWSROOM = NIGHTDESK_DIR / "newsroom.json"
# The public address of the site, for links in feeds; empty: relative addresses are not possible there.
NIGHTDESK_SITE_URL = os.environ.get("NIGHTDESK_SITE_URL", "http://127.0.0.1:8473")
# Whether a member without a second factor has to enrol one before a session begins: "required", or "off"
# (demo and tests). A member who has one is always asked for it.
NIGHTDESK_SECOND_FACTOR = os.environ.get("NIGHTDESK_SECOND_FACTOR", "required")
# Minutes a session may rest before it ends.
NIGHTDESK_SESSION_IDLE = int(os.environ.get("NIGHTDESK_SESSION_IDLE", "30"))
if NIGHTDESK_SECOND_FACTOR not in ("required", "off"):
    raise ImproperlyConfigured('NIGHTDESK_SECOND_FACTOR is "required" or "off".')
# Certificate chain and private key (PEM files). With both the desk speaks TLS alone; an address that other
# machines reach wants both.
NIGHTDESK_TLS_CERT = os.environ.get("NIGHTDESK_TLS_CERT", "")
NIGHTDESK_TLS_KEY = os.environ.get("NIGHTDESK_TLS_KEY", "")
# The names members type to reach the desk, separated by commas; any other name is refused.
NIGHTDESK_HOSTS = os.environ.get("NIGHTDESK_HOSTS", OWN_NAMES)
SECURE = bool(NIGHTDESK_TLS_CERT and NIGHTDESK_TLS_KEY)


# Seconds without a member's request after which the process that holds the keys ends; 0: never.
NIGHTDESK_LOCK_AFTER = int(os.environ.get("NIGHTDESK_LOCK_AFTER", "1800"))

# A new one in every process: locking the desk makes every session of before worthless.
SECRET_KEY = secrets.token_hex(32)
DEBUG = False
ALLOWED_HOSTS = [name.strip() for name in NIGHTDESK_HOSTS.split(",") if name.strip()]
ROOT_URLCONF = "nightdesk.desk.urls"
WSGI_APPLICATION = "nightdesk.desk.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    *(
        f"nightdesk.desk.{app}"
        for app in (
            "staff", "sourcekeys", "custody", "sources", "intake", "reports", "claims", "stories",
            "translation", "review", "releases", "incidents", "search", "care", "backup", "panic", "courier",
            "replies",
        )
    ),
]  # fmt: skip
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "nightdesk.desk.middleware.strict_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "nightdesk.desk.gate.locked_gate",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "nightdesk.desk.staff.watching.watch_sessions",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "nightdesk.desk.middleware.explain_errors",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "nightdesk.desk.screen.frame",
            ],
            "builtins": ["nightdesk.desk.screen", "django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
DATABASES = {
    "default": {
        "ENGINE": "nightdesk.desk.sqlcipher",
        "NAME": NIGHTDESK_DIR / "desk.sqlite3",
        # A thread keeps its connection: the last one to close would move the whole log into the database.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
                "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536;"
            ),
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "staff.Member"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    }
]
LOGIN_URL = "staff:sign_in"
AUTHENTICATION_BACKENDS = ["nightdesk.desk.staff.backend.Passphrase"]
LOGIN_REDIRECT_URL = "home"
# A notice may name a source: it waits in the session on this machine, never in a cookie, which any
# server on the same host would be sent.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_ENGINE = "nightdesk.desk.staff.sessions"
# Under TLS a cookie is bound to this very host, and never sent in the clear.
SESSION_COOKIE_NAME = "__Host-nightdesk" if SECURE else "nightdesk"
CSRF_COOKIE_NAME = "__Host-nightdesk-form" if SECURE else "csrftoken"
KNOWN_COOKIE_NAME = "__Host-nightdesk-known" if SECURE else "nightdesk-known"  # staff/devices.py
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = 8 * 3600  # at most, however busy it is; staff/watching.py counts from its beginning
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "nightdesk.desk.errors.stale_form"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the preview shows the press's own pages in a frame of the desk
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 1  # a form of the desk has one file at most
# A file somebody uploads stays in memory: Django's other handler would leave its bytes in a folder of the machine.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024 + 64 * 1024  # a photo and the form around it; larger is let go
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ko", "한국어")]
LOCALE_PATHS = [HERE / "locale"]
FORMAT_MODULE_PATH = "nightdesk.desk.formats"
LANGUAGE_COOKIE_SAMESITE = "Strict"
LANGUAGE_COOKIE_HTTPONLY = True
STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static", ("assets", Path(assets.__file__).parent)]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False  # or any page a member visits could ask whether a desk runs here
# Nothing a person typed may reach a log: only levels and code paths, to the console.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": True,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"nightdesk": {"handlers": ["console"], "level": "INFO"}},
    "root": {"handlers": [], "level": "CRITICAL"},
}
SILENCED_SYSTEM_CHECKS = ["security.W019"]
