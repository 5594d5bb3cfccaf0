"""Lines that are no part of any article, by their words."""

import re

_END = re.compile(r"[.!?…:;。！？」』।][\"”“»'’)\]]*$")


def is_sentence(text: str) -> bool:
    """Say whether a text ends as sentences do."""
    return bool(_END.search(text))


def is_boilerplate(text: str) -> bool:
    """Say whether a block is a call, a notice or a pointer to other pages."""
    return False
