"""Sentences in English and Korean for what is said, from many hand-made plans.

Belongs here: words, and which words carry which fact (`Mark`). Does not belong here: choosing what to say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from bench.simulation.plans import (
    ATTRIBUTION,
    CONTACT,
    DEEDS,
    MONTHS,
    ORDINAL,
    QUOTES,
    QUOTING,
    REPORTS,
)
from bench.simulation.population import BROAD, JOB, PROVINCES, TOWN, Person
from bench.simulation.said import Said
from bench.simulation.truth import Told, size


@dataclass(frozen=True)
class Mark:
    """Words that carry one fact."""

    fact: str
    words: str


@dataclass(frozen=True)
class Written:
    """A paragraph and the words in it that carry facts."""

    text: str
    marks: tuple[Mark, ...]


def josa(word: str, pair: str) -> str:
    """A Korean word with the particle that its last sound asks for: `을를`, `이가`, `은는`, `과와`."""
    last = ord(word[-1]) - 0xAC00
    closed = 0 <= last < 11172 and last % 28 != 0
    return word + (pair[0] if closed else pair[1])


def paragraph(
    rng: Random, lang: str, told: Told, said: Said, subject: Person, source: Person, verbatim: bool
) -> Written:
    """One paragraph; `verbatim` takes the report's own plan, as hurried desks do."""
    slots, marks = _slots(rng, lang, told, said, subject)
    plans = REPORTS[lang][told.event.kind] if verbatim else DEEDS[lang][told.event.kind]
    sentence = _fill(rng.choice(plans), slots)
    if said.quote:
        words = QUOTES[lang][told.event.quote]
        sentence += " " + rng.choice(QUOTING[lang]).format(quote=words)
        marks.append(Mark("quote", words))
    text, more = _attributed(rng, lang, told, said, source)
    return Written(f"{sentence} {text}".strip(), (*marks, *more))


def report(rng: Random, lang: str, told: Told, said: Said, subject: Person) -> str:
    """What the source told, in the source's words: all that it knows."""
    slots, _ = _slots(rng, lang, told, said, subject)
    text = _fill(rng.choice(REPORTS[lang][told.event.kind]), slots)
    return f"{text} {rng.choice(QUOTING[lang]).format(quote=QUOTES[lang][told.event.quote])}"


def _fill(plan: str, slots: dict[str, str]) -> str:
    text = " ".join(plan.format(**slots).split()).replace(" ,", ",").replace(" .", ".")
    return text[0].upper() + text[1:]


def _slots(
    rng: Random, lang: str, told: Told, said: Said, subject: Person
) -> tuple[dict[str, str], list[Mark]]:
    marks: list[Mark] = []
    who = (_who_en if lang == "en" else _who_ko)(rng, said, subject, marks)
    slots = {
        "place": _place(lang, said.place, subject, marks),
        "when": _when(rng, lang, told, said.when, marks),
        "sum": _sum(rng, lang, told, said.amount, marks),
    }
    if lang == "ko":
        slots |= {"who_top": josa(who, "은는"), "who_sub": josa(who, "이가"), "who_obj": josa(who, "을를")}
        slots["sum_obj"] = josa(slots["sum"], "을를")
    return slots | {"who": who}, marks


def _note(marks: list[Mark], fact: str, words: str) -> str:
    marks.append(Mark(fact, words))
    return words


def _place(lang: str, rank: int, subject: Person, marks: list[Mark]) -> str:
    town = TOWN[subject.town]
    korean = lang == "ko"
    name, province = (town.ko if korean else town.en), PROVINCES[town.province][korean]
    if rank == 0:
        return "북부 국경 지역에서" if korean else "in the north of the country"
    if rank == 1:
        return f"{province}에서" if korean else f"in {province}"
    _note(marks, "place", name)
    if rank == 2:
        return f"{name}에서" if korean else f"in {name}"
    district = _note(marks, "district", town.districts[subject.district][korean])
    return f"{name} {district}에서" if korean else f"in {district}, {name}"


def _when(rng: Random, lang: str, told: Told, rank: int, marks: list[Mark]) -> str:
    day = told.event.day
    if lang == "ko":
        words = {
            0: rng.choice(("최근", "얼마 전", "요즘")),
            1: f"{day.month}월에",
            2: f"{day.month}월 {ORDINAL['ko'][(day.day - 1) // 7]} 주에",
            3: rng.choice((f"지난 {day.month}월 {day.day}일", f"{day.month}월 {day.day}일에")),
        }[rank]
    else:
        month = MONTHS[day.month - 1]
        words = {
            0: rng.choice(("recently", "not long ago", "in recent weeks")),
            1: f"in {month}",
            2: f"in the {ORDINAL['en'][(day.day - 1) // 7]} week of {month}",
            3: rng.choice((f"on {day.day} {month}", f"on {month} {day.day}")),
        }[rank]
    return _note(marks, "when", words) if rank else words


def _sum(rng: Random, lang: str, told: Told, rank: int, marks: list[Mark]) -> str:
    amount = told.event.amount
    if rank == 0 or amount is None:
        return "돈" if lang == "ko" else "money"
    if rank == 1:
        bands = {3: ("several hundred yuan", "수백 위안"), 4: ("several thousand yuan", "수천 위안")}
        return bands.get(size(amount), ("tens of thousands of yuan", "수만 위안"))[lang == "ko"]
    if lang == "en":
        return _note(marks, "amount", rng.choice((f"RMB {amount:,}", f"{amount:,} yuan")))
    if amount % 10000 == 0:
        return _note(marks, "amount", f"{amount // 10000}만 위안")
    if amount % 1000 == 0 and amount < 10000:
        return _note(marks, "amount", f"{amount // 1000}천 위안")
    return _note(marks, "amount", rng.choice((f"{amount:,}위안", f"{amount} 위안")))


def _job(lang: str, rank: int, subject: Person, marks: list[Mark]) -> str:
    job, korean = JOB[subject.job], lang == "ko"
    if rank == 2:
        return _note(marks, "job", job.ko if korean else job.en)
    if rank == 1:
        return BROAD[job.broad][korean]
    return "주민" if korean else "resident"


def _who_en(rng: Random, said: Said, subject: Person, marks: list[Mark]) -> str:
    job, woman = _job("en", said.job, subject, marks), subject.sex == "f"
    noun = job
    if said.sex:
        sex = _note(marks, "sex", "woman" if woman else "man")
        noun = rng.choice((f"{sex} working as a {job}", f"{sex} known as a {job}")) if said.job else sex
    if said.work and subject.workplace:
        noun += f" at the {_note(marks, 'work', _workplace(subject, 0))}"
    head, tail = _age_en(rng, said, subject, marks)
    text = f"{'an' if (head or noun)[0] in 'aeiou8' else 'a'} {head}{noun}{tail}"
    if said.children:
        count = ("no", "one child", "two children", "three children")[subject.children]
        text += f" with {_note(marks, 'children', count)}"
    if said.seized and subject.seized_on:
        month = f" in {MONTHS[subject.seized_on.month - 1]}" if said.seized == 2 else " before"
        text += f" {_note(marks, 'seized', 'whose phone was taken' + month)}"
    return text


def _age_en(rng: Random, said: Said, subject: Person, marks: list[Mark]) -> tuple[str, str]:
    if said.age == 2:
        if rng.random() < 0.5:
            return _note(marks, "age", f"{subject.age}-year-old") + " ", ""
        return "", f" {_note(marks, 'age', f'aged {subject.age}')}"
    if said.age == 1:
        tens = ("teens", "twenties", "thirties", "forties", "fifties", "sixties", "seventies")
        return "", f" {_note(marks, 'age', f'in their {tens[subject.age // 10 - 1]}')}"
    return "", ""


def _workplace(subject: Person, korean: int) -> str:
    place = JOB[subject.job].workplace
    return place[korean] if place else ""


def _who_ko(rng: Random, said: Said, subject: Person, marks: list[Mark]) -> str:
    parts = []
    if said.seized and subject.seized_on:
        month = f"{subject.seized_on.month}월에" if said.seized == 2 else "이전에"
        parts.append(_note(marks, "seized", f"{month} 손전화를 빼앗긴"))
    if said.children:
        parts.append(_note(marks, "children", f"자녀 {('', '한', '두', '세')[subject.children]} 명을 둔"))
    if said.work and subject.workplace:
        parts.append(f"{_note(marks, 'work', _workplace(subject, 1))}에서 일하는")
    if said.age:
        words = f"{subject.age}세" if said.age == 2 else f"{subject.age // 10 * 10}대"
        parts.append(_note(marks, "age", words))
    if said.sex:
        parts.append(_note(marks, "sex", "여성" if subject.sex == "f" else "남성"))
    parts.append(_job("ko", said.job, subject, marks))
    return " ".join(parts)


def _attributed(rng: Random, lang: str, told: Told, said: Said, source: Person) -> tuple[str, list[Mark]]:
    marks: list[Mark] = []
    town, korean = TOWN[source.town], lang == "ko"
    origin = {
        0: "현지" if korean else "inside the country",
        1: PROVINCES[town.province][korean] if korean else f"in {PROVINCES[town.province][0]}",
        2: town.ko if korean else f"in {town.en}",
    }[said.origin]
    if said.origin == 2:
        marks.append(Mark("origin", origin))
    day = ""
    if said.contact:
        month = MONTHS[told.contact.month - 1]
        plans: dict[str, Callable[[], str]] = {
            "en": lambda: rng.choice(CONTACT["en"]).format(day=told.contact.day, month=month),
            "ko": lambda: rng.choice(CONTACT["ko"]).format(day=told.contact.day, month=told.contact.month),
        }
        day = _note(marks, "contact", plans[lang]())
    return _fill(rng.choice(ATTRIBUTION[lang]), {"origin": origin, "day": day}), marks
