"""Steps of the log and the audit's weeks, in the language of the page."""

from __future__ import annotations

from django import template

from nightdesk.desk.custody import words

register = template.Library()
register.filter("step", words.step)
register.filter("week", words.week)
register.filter("said", words.said)
register.filter("step_of", words.step_of)
