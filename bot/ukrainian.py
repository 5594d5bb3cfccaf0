"""Sumy's stemmer for Ukrainian without the packages that it lies in.

Importing these imports NLTK and with it SciPy: 90 MB and two seconds in every process, for what a stemmer never uses.
"""

from collections.abc import Callable
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path


def _alone(package: str, place: str) -> Callable[[str], str]:
    """Return `stem_word` of a module that is loaded from its file, with no package around it."""
    found = find_spec(package)
    file = Path(found.origin).parent / place if found and found.origin else Path(place)
    spec = spec_from_file_location(f"{package}_{file.stem}", file)
    if spec is None or spec.loader is None:
        raise ImportError(file)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    stem: Callable[[str], str] = module.stem_word
    return stem


ukrainian_stem = _alone("sumy", "nlp/stemmers/ukrainian.py")
"""Returns the stem of a word in lower case."""
