"""Countries of the world (CLDR) and well-known bodies, to tell who sent no reply."""

import tomllib
from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path

from babel import Locale

from index.names import Name, NameFinder

_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
_MORE = {
    "CN": ("中华人民共和国", "中方", "prc", "the chinese"),
    "US": ("美利坚合众国", "美方", "usa", "u.s.", "america", "the americans"),
    "GB": ("联合王国", "大不列颠", "英方", "uk", "u.k.", "britain", "the british", "the brits"),
    "RU": ("俄国", "俄联邦", "俄罗斯联邦", "俄方", "russian federation", "the russians"),
    "FR": ("法方", "the french"),
    "DE": ("德方", "the germans"),
    "JP": ("日方", "the japanese"),
    "IN": ("印方", "the indians"),
    "IL": ("以方", "the israelis"),
    "MA": ("摩方", "the moroccans"),
    "KP": ("朝鲜民主主义人民共和国", "北朝鲜", "dprk"),
    "KR": ("大韩民国", "南韩", "republic of korea"),
    "SY": ("阿拉伯叙利亚共和国",),
    "TR": ("turkey",),
    "SA": ("沙特", "the saudis"),
    "AE": ("uae", "the emirates"),
    "ID": ("印尼",),
    "AU": ("澳洲",),
    "BA": ("波黑",),
    "NL": ("the dutch",),
    "CH": ("the swiss",),
    "VN": ("viet nam",),
}


@cache
def body_finder() -> NameFinder:
    """Return a finder of well-known international bodies, each keyed by its first name."""
    text = (Path(__file__).parent / "bodies.toml").read_text(encoding="utf-8")
    bodies: list[list[str]] = tomllib.loads(text)["bodies"]
    return NameFinder({name: names[0] for names in bodies for name in names})


@cache
def country_finder() -> NameFinder:
    """Return a finder of country names whose keys are ISO 3166 codes."""
    spellings = {
        name: code
        for locale in ("zh", "zh_Hant", "en")
        for code, name in Locale.parse(locale).territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES and len(name) > 1
    }
    for code, names in _MORE.items():
        spellings.update(dict.fromkeys(names, code))
    return NameFinder(spellings)


def places_and_bodies(text: str) -> frozenset[str]:
    """Return the keys of the countries and well-known bodies that a normalised text names."""
    return frozenset(one.key for one in (*country_finder().find(text), *body_finder().find(text)))


def strangers_in(text: str, names: Sequence[Name], codes: Collection[str]) -> list[Name]:
    """Return the countries and well-known bodies in a normalised text that sent no reply.

    ``names`` are the report's own names in the text. A country's name inside the name of something
    else, an event say, does not count.
    """
    found = [*country_finder().find(text), *body_finder().find(text)]
    return [
        name
        for name in found
        if not any(
            (one.start <= name.start and name.end <= one.end and one != name)
            and (one.end - one.start > name.end - name.start or one.key in codes)
            for one in names
        )
    ]
