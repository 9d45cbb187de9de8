"""The gazetteer's rows hold together, and every code stands with its scheme."""

import re

from nightdesk.values.places import ancestors, code, find, gazetteer, label

FORMS = {"iso3166_1": r"[A-Z]{2}", "iso3166_2": r"[A-Z]{2}-[A-Z0-9]{1,3}", "geonames": r"[1-9]\d{4,8}"}


def test_every_place_lies_in_a_country_but_the_rivers_and_hills_of_the_border() -> None:
    for key, place in gazetteer().items():
        line = ancestors(key)
        top = line[-1] if line else key
        assert gazetteer()[top].level in ("country", "river", "mountain", "island"), key
        assert place.names["en"], key


def test_every_code_names_its_scheme_and_fits_it() -> None:
    for key, place in gazetteer().items():
        for scheme, value in place.codes.items():
            assert re.fullmatch(FORMS[scheme], str(value)), (key, scheme)


def test_the_provinces_of_kp_have_their_own_codes() -> None:
    codes = {p.codes["iso3166_2"] for p in gazetteer().values() if p.parent == "kp" and p.level == "province"}
    assert len(codes) == 13
    assert code("north-hamgyong", "iso3166_2") == "KP-09"
    assert code("south-pyongan", "iso3166_2") == "KP-02"


def test_a_place_without_a_code_takes_the_one_above() -> None:
    assert code("hyesan", "iso3166_2") == "KP-10"
    assert code("hyesan", "iso3166_1") == "KP"
    assert code("kp", "iso3166_2") is None


# Spellings that several places share: reading chooses among them and says why, a form asks.
SHARED = {
    "Suncheon", "순천", "Unsan", "江西", "高城", "Goseong", "고성", "大同江", "대동강", "광주", "刚果", "剛果",
}  # fmt: skip


def test_no_spelling_leads_to_two_places_but_the_few_that_do() -> None:
    seen: dict[tuple[str, str], str] = {}
    shared = set()
    for key, place in gazetteer().items():
        for lang, spellings in place.names.items():
            for spelling in spellings:
                if seen.setdefault((lang, spelling), key) != key:
                    shared.add(spelling)
    assert shared == SHARED


def test_the_house_spelling_is_the_first_and_others_are_found() -> None:
    assert label("hoeryong", "ko") == "회령"
    assert label("hoeryong", "en") == "Hoeryong"
    for spelling in ("회령", "会宁", "會寧", "Hoeryeong", "hoeryong"):
        place = find(spelling)
        assert place is not None and place.key == "hoeryong"
    assert find("Nowhere") is None
