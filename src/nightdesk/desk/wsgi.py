"""The desk as a WSGI application; waitress serves it in one threaded process."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nightdesk.desk.settings")
application = get_wsgi_application()
