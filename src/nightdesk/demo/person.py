"""A member at the desk, over HTTP: signs in, opens pages, fills in the forms that stand there.

A form is read from the page before it is sent, and a choice that the page does not offer cannot be
made, so the walk can do nothing the screens would refuse.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

import httpx
from lxml import html

ACTIVE = ("get", "post")


class Refused(RuntimeError):
    """The desk said no; `status` is HTTP's, the message what the page said."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status = status


@dataclass(frozen=True)
class Form:
    """A form as it stands on a page."""

    element: html.FormElement

    @property
    def path(self) -> str:
        return str(urlsplit(self.element.action or self.element.base_url).path)

    @property
    def said(self) -> str:
        """Every word that stands in the form."""
        return " ".join(self.element.text_content().split())

    def value(self, name: str) -> str:
        """What a field holds now, '' when it is empty."""
        return str(self.element.fields[name] or "")

    def has_textarea(self, name: str) -> bool:
        return any(area.name == name for area in self.element.iter("textarea"))

    def fill(self, fields: dict[str, object]) -> list[tuple[str, str]]:
        """The form's values with some fields changed; ValueError when the page offers no such choice."""
        chosen, element = dict(fields), deepcopy(self.element)  # the page itself stays as it was
        for name in list(chosen):
            if name in element.fields:
                _set(element, name, chosen.pop(name))
        rest = [(name, str(value)) for name, value in chosen.items()]  # the value of the button pressed
        buttons = {(b.get("name"), b.get("value")) for b in element.iter("button")}
        if unknown := [pair for pair in rest if pair not in buttons]:
            raise ValueError(f"the form at {self.path} offers no {unknown[0]}")
        return [(name, value) for name, value in element.form_values() if value is not None] + rest


def _set(element: html.FormElement, name: str, value: object) -> None:
    field = element.inputs[name]
    if isinstance(field, html.CheckboxGroup):
        field.value = set(value) if isinstance(value, list | tuple) else {str(value)}
    elif isinstance(field, html.InputElement) and field.checkable:
        field.checked = bool(value)
    else:
        element.fields[name] = str(value)


@dataclass(frozen=True)
class Page:
    """What a member looks at."""

    url: str
    status: int
    source: str

    @cached_property
    def _tree(self) -> html.HtmlElement:
        return html.document_fromstring(self.source, base_url=self.url)

    @property
    def path(self) -> str:
        """Where the member is now, after any redirects."""
        return urlsplit(self.url).path

    @property
    def forms(self) -> list[Form]:
        """The forms a person could send, in order."""
        return [Form(each) for each in self._tree.forms if each.get("method", "get").lower() in ACTIVE]

    @property
    def links(self) -> list[str]:
        return [str(link) for link in self._tree.xpath("//a/@href")]

    @property
    def words(self) -> str:
        """The page's text in one line."""
        return " ".join(self._tree.text_content().split())

    def text_of(self, css_class: str) -> str:
        """The text of the first element of that class, as it stands; '' when there is none."""
        found = self._tree.find_class(css_class)
        return str(found[0].text_content()) if found else ""

    def marked(self) -> list[str]:
        """The words of the finding being looked at, as marked in the text."""
        return [str(mark.text_content()) for mark in self._tree.xpath("//mark[@aria-current='true']")]

    @property
    def found(self) -> set[str]:
        """The findings a review page marks, by key."""
        return {link.split("finding=")[1].split("#")[0] for link in self.links if "?finding=" in link}

    @property
    def finding(self) -> str:
        """The class of the finding being looked at, in lower case."""
        heads = self._tree.xpath("//section[contains(@class,'finding')]//h2")
        return " ".join(heads[0].text_content().split()).lower() if heads else ""

    def holds(self, action: str) -> bool:
        """Whether a form on the page goes to `action`, the end of a path."""
        return any(form.path.endswith(action) for form in self.forms)

    def form(self, action: str) -> Form:
        """The first form that goes to `action`, the end of a path."""
        for form in self.forms:
            if form.path.endswith(action):
                return form
        have = ", ".join(form.path for form in self.forms)
        raise Refused(self.status, f"no form for {action} on {self.url}; there are: {have}")


class Person:
    """One member with a browser of his or her own."""

    def __init__(self, desk: str, name: str, passphrase: str) -> None:
        self.name = name
        self._client = httpx.Client(base_url=desk, timeout=60, follow_redirects=True)
        self.sends(self.opens("/sign-in/"), "/sign-in/", username=name, passphrase=passphrase)

    def opens(self, path: str) -> Page:
        """GET; Refused unless the page is there."""
        return _seen(self._client.get(path))

    def sends(self, page: Page, action: str, **fields: object) -> Page:
        """Fills in the form on `page` that goes to `action` and sends it."""
        return self.submits(page.form(action), **fields)

    def submits(self, form: Form, **fields: object) -> Page:
        """Sends a form with some fields filled in; Refused when the desk says no."""
        return _seen(self._send(form, fields))

    def is_turned_away(self, form: Form, **fields: object) -> bool:
        """Whether the desk says no to the form that another member was shown."""
        token = self._client.cookies.get("csrftoken", "")
        answer = self._send(form, {**fields, "csrfmiddlewaretoken": token})
        return answer.status_code in (400, 403, 404)

    def is_refused(self, path: str) -> bool:
        """Whether the door at `path` stays shut for this member."""
        return self._client.get(path).status_code in (403, 404)

    def _send(self, form: Form, fields: dict[str, object]) -> httpx.Response:
        values = form.fill(fields)
        if form.element.method == "GET":
            return self._client.get(form.path, params=httpx.QueryParams(tuple(values)))
        data: dict[str, list[str]] = {}
        for name, value in values:
            data.setdefault(name, []).append(value)
        return self._client.post(form.path, data=data, headers={"Referer": str(self._client.base_url)})

    def leaves(self) -> None:
        """Closes the browser."""
        self._client.close()


def _seen(answer: httpx.Response) -> Page:
    page = Page(str(answer.url), answer.status_code, answer.text)
    if answer.status_code >= 400:
        raise Refused(answer.status_code, page.text_of("problem").strip() or page.words[:400])
    return page
