"""The interface's words in each language: gettext catalogues (.po) read by Babel, one file for a language."""

import gettext
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE_LANGUAGE = "en"
"""The language that the sentences in the code are written in; it needs no catalogue."""


def sentence(text: str) -> str:
    """Mark an English sentence for translation where it is written, to be said later with `Words.say`."""
    return text


@dataclass(frozen=True)
class Words:
    """The interface in one language.

    Attributes:
        language: ISO 639-1 code of the language really used.
    """

    language: str
    _translations: gettext.NullTranslations

    def say(self, sentence: str, /, **values: object) -> str:
        """Translate a sentence and put the values into its {braces}.

        Args:
            sentence: the English sentence, as written in the code.
            values: what the braces stand for; strings are inserted as they are, so escape for HTML first.
        """
        translated = self._translations.gettext(sentence)
        return translated.format(**values) if values else translated

    def plural(self, one: str, many: str, number: int, /, **values: object) -> str:
        """Translate a sentence that counts; {number} stands for the count.

        Args:
            one: the English sentence for one.
            many: the English sentence for any other number.
            number: the count, which chooses among the language's plural forms.
            values: what further braces stand for.
        """
        return self._translations.ngettext(one, many, number).format(number=number, **values)

    @property
    def locale(self) -> Locale:
        """Babel's locale, for dates and numbers."""
        return Locale.parse(self.language)


@cache
def interface_languages() -> tuple[str, ...]:
    """Return the codes of the languages that the interface speaks, English first."""
    names = (file.name for file in files(__package__).joinpath("locale").iterdir())
    return (SOURCE_LANGUAGE, *sorted(name.removesuffix(".po") for name in names if name.endswith(".po")))


@cache
def words_in(language: str) -> Words:
    """Return the interface in a language.

    Args:
        language: a code as clients give it ("uk", "en-GB"); an unknown one gives English.
    """
    code = language.lower().replace("_", "-").partition("-")[0]
    if code == SOURCE_LANGUAGE or code not in interface_languages():
        return Words(SOURCE_LANGUAGE, gettext.NullTranslations())
    return Words(code, _read(code))


def language_name(code: str) -> str:
    """Return a language's own name for itself, with a capital: "Українська"."""
    try:
        return (Locale.parse(code).get_display_name(code) or code).capitalize()
    except (UnknownLocaleError, ValueError):
        return code


def language_names() -> Mapping[str, str]:
    """Return each interface language's code and its own name."""
    return {code: language_name(code) for code in interface_languages()}


def _read(code: str) -> gettext.GNUTranslations:
    source = files(__package__).joinpath("locale", f"{code}.po").read_text(encoding="utf-8")
    catalogue: Any = read_po(io.StringIO(source), locale=code)
    # gettext reads only compiled catalogues; compiling in memory spares a build step and a second copy on disk.
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
