"""Jinja2 with autoescape on and no undefined names: a template that misses a value stops the build."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from nightdesk.press.site import Page, Site
from nightdesk.press.words import day, words


@cache
def environment() -> Environment:
    """The press's templates; everything printed in them is escaped."""
    env = Environment(
        loader=PackageLoader("nightdesk.press", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.globals["words"] = words
    env.globals["day"] = day
    return env


def render(template: str, **values: Any) -> str:
    """A template of the press with `values`."""
    return environment().get_template(template).render(**values)


def html(page: Page, site: Site) -> str:
    """The page's file."""
    return render(
        page.template,
        page=page,
        site=site,
        masthead=site.shelf.masthead,
        t=words(page.lang),
        root=_root(page, site),
        **page.values,
    )


def _root(page: Page, site: Site) -> str:
    """The way up to the site's root. Pages link relatively, so that a copy on a disk or a mirror works.

    A page that answers for any address (404) cannot know its depth: it links from the host's root.
    """
    return site.base_path if page.path == "404.html" else "../" * page.path.count("/") or "./"
