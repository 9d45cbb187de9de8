"""What stands beside a refusal, in the language of the page."""

from __future__ import annotations

from django import template

from nightdesk.desk.intake import words

register = template.Library()
register.filter("known_detail", words.known)
