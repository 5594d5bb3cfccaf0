"""What Telegram said about pictures: those that it has are sent by its own name, those that it refused not again."""

from collections import OrderedDict

MOST_KNOWN = 1_000
"""Pictures remembered. Ours: a day's stories of many sources; what is forgotten is only asked for once more."""

_FAULTS = (
    "http url",
    "web page content",
    "webpage_",
    "image_process",
    "photo_",
    "file is too big",
    "wrong file identifier",
    "wrong remote file",
    "wrong type of",
)
"""Signs of a refusal that is about the picture, in Telegram's words in lower case (Bot API, tdlib)."""


class Pictures:
    """Remembers pictures by their address, the ones used last."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, str | None] = OrderedDict()

    def is_refused(self, url: str) -> bool:
        """Say whether Telegram did not take a picture."""
        return self._known.get(url, "") is None

    def name_of(self, url: str) -> str:
        """Return what a request calls a picture: Telegram's name where it has it, else its address."""
        return self._known.get(url) or url

    def taken(self, url: str, file_id: str) -> None:
        """Note that Telegram has a picture."""
        self._keep(url, file_id)

    def refused(self, url: str, reason: str) -> None:
        """Note a refusal, where it is about the picture and not about the message or the chat."""
        if any(fault in reason.lower() for fault in _FAULTS):
            self._keep(url, None)

    def _keep(self, url: str, name: str | None) -> None:
        self._known[url] = name
        self._known.move_to_end(url)
        if len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
