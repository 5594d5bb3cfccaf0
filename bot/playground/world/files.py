"""Files that were sent, with the bytes behind them."""

import struct
from dataclasses import dataclass
from typing import Any

from bot.playground.world.messages import Media

_PNG = b"\x89PNG\r\n\x1a\n"
_TYPES = {_PNG: "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp", b"GIF8": "image/gif"}
_PNG_HEAD = 24  # bytes, with width and height at their end
_UNKNOWN_SIZE = (320, 200)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as getFile and the download see it."""

    file_id: str
    path: str
    data: bytes
    content_type: str
    url: str | None = None

    @property
    def unique_id(self) -> str:
        """The identifier that is the same for all bots."""
        return f"U{self.file_id[-8:]}"

    def to_json(self) -> dict[str, Any]:
        """Return the File object."""
        size = {"file_size": len(self.data)} if self.data else {}
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_path": self.path} | size


class FileStore:
    """Files by identifier and by path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def get(self, file_id: str) -> StoredFile | None:
        """The file with this identifier."""
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """The file with this file_path."""
        return self._by_path.get(path)

    def photo(self, data: bytes, *, url: str | None = None) -> Media:
        """Keep a picture; `url` is where it is fetched from if there are no bytes."""
        stored = self._add("photos", "jpg", data, _type_of(data), url)
        return self.photo_media(stored)

    def photo_media(self, stored: StoredFile) -> Media:
        """Return the photo field for a picture that is kept."""
        width, height = picture_size(stored.data)
        size = {"file_id": stored.file_id, "file_unique_id": stored.unique_id, "width": width, "height": height}
        return Media("photo", [size], stored.file_id, stored.url)

    def document(
        self, data: bytes, *, name: str, content_type: str = "application/octet-stream", url: str | None = None
    ) -> Media:
        """Keep a document."""
        stored = self._add("documents", name.rpartition(".")[2] or "bin", data, content_type, url)
        return self.document_media(stored, name)

    def document_media(self, stored: StoredFile, name: str) -> Media:
        """Return the document field for a file that is kept."""
        value = {
            "file_id": stored.file_id,
            "file_unique_id": stored.unique_id,
            "file_name": name,
            "mime_type": stored.content_type,
            "file_size": len(stored.data),
        }
        return Media("document", value, stored.file_id, stored.url)

    def _add(self, folder: str, suffix: str, data: bytes, content_type: str, url: str | None) -> StoredFile:
        number = len(self._by_id)
        stored = StoredFile(f"AgACPLAY{number:012d}", f"{folder}/file_{number}.{suffix}", data, content_type, url)
        self._by_id[stored.file_id] = stored
        self._by_path[stored.path] = stored
        return stored


def _type_of(picture: bytes) -> str:
    """Return a picture's type by its first bytes, as Telegram does; clients send bytes without a name as any file."""
    return next((kind for start, kind in _TYPES.items() if picture.startswith(start)), "image/png")


def picture_size(data: bytes) -> tuple[int, int]:
    """Return width and height in pixels: a PNG's own, for others a common one."""
    if data.startswith(_PNG) and len(data) >= _PNG_HEAD:
        width, height = struct.unpack(">II", data[16:24])
        return int(width), int(height)
    return _UNKNOWN_SIZE
