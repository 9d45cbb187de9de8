#!/usr/bin/env bash
# Gathers the desk's strings with xgettext (Debian: gettext) and compiles every catalogue with Babel.
set -euo pipefail
cd "$(dirname "$0")/../src/nightdesk/desk"
DJANGO_SETTINGS_MODULE=nightdesk.desk.settings ../../../.venv/bin/django-admin makemessages -l ko --no-location --no-obsolete
../../../.venv/bin/pybabel compile -d locale -D django
