"""A member at the desk, over HTTP: signs in, opens pages, fills in the forms that stand there.

A form is read from the page before it is sent, so the walk can do nothing the screens do not offer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

import httpx


class Refused(RuntimeError):
    """The desk said no; `status` is HTTP's, the message what the page said."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status = status


@dataclass
class Form:
    """A form as it stands on a page: where it goes and what its fields hold."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    options: dict[str, list[str]] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.forms, self.text, self.links = page, [], [], []  # type: ignore[var-annotated]
        self._form: Form | None = None
        self._area: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "form":
            self._form = Form(given.get("action") or self.page, given.get("method", "get").lower())
            self.forms.append(self._form)
        form = self._form_of(given)
        if form is None or "disabled" in given:
            return
        name = given.get("name", "")
        if tag == "input" and name:
            self._input(form, name, given)
        elif tag == "button" and name:
            form.buttons.append((name, given.get("value", "")))
        elif tag == "textarea" and name:
            self._area = name
            form.fields[name] = [""]
        elif tag == "select" and name:
            self._select = name
            form.options[name] = []
            form.fields[name] = []
        elif tag == "option" and self._select:
            form.options[self._select].append(given.get("value", ""))
            if "selected" in given:
                form.fields[self._select].append(given.get("value", ""))

    def _form_of(self, given: dict[str, str]) -> Form | None:
        return self._form

    def _input(self, form: Form, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind in ("checkbox", "radio"):
            form.options.setdefault(name, []).append(given.get("value", "on"))
            if "checked" in given:
                form.fields.setdefault(name, []).append(given.get("value", "on"))
        elif kind not in ("submit", "button", "file"):
            form.fields.setdefault(name, []).append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select" and self._select and self._form:
            if not self._form.fields[self._select] and self._form.options[self._select]:
                self._form.fields[self._select] = [self._form.options[self._select][0]]
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area and self._form:
            self._form.fields[self._area][0] += data
        self.text.append(data)


@dataclass
class Page:
    """What a member looks at."""

    url: str
    status: int
    html: str

    def _parsed(self) -> _Forms:
        parser = _Forms(urlsplit(self.url).path)
        parser.feed(self.html)
        return parser

    @property
    def forms(self) -> list[Form]:
        return self._parsed().forms

    @property
    def links(self) -> list[str]:
        return self._parsed().links

    @property
    def words(self) -> str:
        """The page's text in one line."""
        return " ".join(" ".join(self._parsed().text).split())

    def form(self, action: str, **holding: str) -> Form:
        """The form that goes to `action` (a path's end) and whose fields hold the given values."""
        for form in self.forms:
            fits = all(form.fields.get(name, [None])[0] == value for name, value in holding.items())
            if urlsplit(form.action).path.endswith(action) and fits:
                return form
        have = ", ".join(f.action for f in self.forms)
        raise Refused(self.status, f"no form for {action} on {self.url}; there are: {have}")


class Person:
    """One member with a browser of his or her own."""

    def __init__(self, desk: str, name: str, passphrase: str) -> None:
        self.name = name
        self._client = httpx.Client(base_url=desk, timeout=60, follow_redirects=True)
        page = self.opens("/sign-in/")
        self.sends(page, "/sign-in/", username=name, passphrase=passphrase)

    def opens(self, path: str) -> Page:
        """GET; Refused unless the page is there."""
        return self._seen(self._client.get(path))

    def sends(
        self, page: Page, action: str, *, holding: dict[str, str] | None = None, **fields: object
    ) -> Page:
        """Fills in the form on `page` that goes to `action` and sends it."""
        return self.submits(page.form(action, **(holding or {})), **fields)

    def submits(self, form: Form, **fields: object) -> Page:
        """Sends a form with some fields filled in; a list fills a field several times."""
        data: dict[str, list[str]] = {**form.fields}
        for name, value in fields.items():
            data[name] = [str(each) for each in value] if isinstance(value, list | tuple) else [str(value)]
        if form.method == "get":
            return self._seen(self._client.get(form.action, params=data))
        headers = {"Referer": str(self._client.base_url)}
        return self._seen(self._client.post(form.action, data=data, headers=headers))

    def is_refused(self, path: str) -> bool:
        """Whether the door at `path` stays shut for this member."""
        return self._client.get(path).status_code in (403, 404)

    def _seen(self, answer: httpx.Response) -> Page:
        page = Page(str(answer.url), answer.status_code, answer.text)
        if answer.status_code >= 400:
            raise Refused(answer.status_code, page.words[:600])
        return page

    def leaves(self) -> None:
        """Closes the browser."""
        self._client.close()
