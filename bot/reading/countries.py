"""The country that a site's address or language tells, and the time on its clocks."""

from collections.abc import Mapping
from functools import cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel.core import get_global

# Country codes that are sold to anybody for how they look.
_SOLD = frozenset(
    {"io", "ai", "co", "me", "tv", "cc", "ws", "ly", "fm", "to", "gg", "la", "vc", "ag", "sh", "ac", "im"}
)
# Where most of a country lives and its national press is printed, for countries with islands or land on other clocks.
_CAPITALS: Mapping[str, str] = {
    "ES": "Europe/Madrid",
    "PT": "Europe/Lisbon",
    "UA": "Europe/Kyiv",
    "NZ": "Pacific/Auckland",
    "CN": "Asia/Shanghai",
    "KZ": "Asia/Almaty",
    "RU": "Europe/Moscow",
    "DE": "Europe/Berlin",
    "CY": "Asia/Nicosia",
    "MY": "Asia/Kuala_Lumpur",
    "UZ": "Asia/Tashkent",
    "AR": "America/Argentina/Buenos_Aires",
    "CL": "America/Santiago",
    "EC": "America/Guayaquil",
    "MX": "America/Mexico_City",
    "BR": "America/Sao_Paulo",
    "ID": "Asia/Jakarta",
    "MN": "Asia/Ulaanbaatar",
}
# Languages in which the press of one country writes, or of neighbours on one clock.
_BY_LANGUAGE: Mapping[str, str] = {
    "uk": "UA", "pl": "PL", "cs": "CZ", "sk": "SK", "hu": "HU", "sl": "SI", "hr": "HR", "bg": "BG", "mk": "MK",
    "lt": "LT", "lv": "LV", "et": "EE", "fi": "FI", "da": "DK", "no": "NO", "nb": "NO", "nn": "NO", "is": "IS",
    "el": "GR", "ro": "RO", "tr": "TR", "ka": "GE", "hy": "AM", "he": "IL", "ja": "JP", "ko": "KR", "th": "TH",
    "vi": "VN",
}  # fmt: skip


def country_of(url: str, language: str | None = None) -> str | None:
    """Return the ISO 3166 code of the country that a site writes from, or None where nothing tells.

    Args:
        url: an address, whose country-code domain tells.
        language: the page's language or locale; a language of one country, or a locale with a region, tells too.
            English locales do not: "en-US" is what templates come with.
    """
    try:
        domain = (urlsplit(url).hostname or "").rpartition(".")[2].lower()
    except ValueError:
        domain = ""
    code = {"uk": "GB"}.get(domain, domain.upper())
    if domain not in _SOLD and code in _zones():
        return code
    tongue, _, region = (language or "").replace("_", "-").partition("-")
    if tongue.lower() != "en" and region.upper() in _zones():
        return region.upper()
    return _BY_LANGUAGE.get(tongue.lower())


@cache
def clock_of(country: str | None) -> ZoneInfo | None:
    """Return a country's time zone; None for one with several that compare, such as the United States."""
    if country is None:
        return None
    if capital := _CAPITALS.get(country):
        return ZoneInfo(capital)
    zones = _zones().get(country, ())
    return ZoneInfo(zones[0]) if len(zones) == 1 else None


@cache
def _zones() -> Mapping[str, tuple[str, ...]]:
    """Return the IANA zones of each country, as CLDR lists them."""
    found: dict[str, tuple[str, ...]] = {}
    for zone, country in get_global("zone_territories").items():
        found[country] = (*found.get(country, ()), zone)
    return found
