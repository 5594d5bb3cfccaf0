"""Pictures and files of a request: uploaded, known by an identifier, or fetched from an address."""

from urllib.parse import urlsplit

import aiohttp

from bot.playground.api_errors import ApiError, bad_request
from bot.playground.parameters import Upload
from bot.playground.world.files import picture_size
from bot.playground.world.messages import Media
from bot.playground.world.state import World

_PHOTO_BY_URL = 5 * 1024 * 1024  # bytes; Bot API, "Sending files"
_PHOTO_UPLOADED = 10 * 1024 * 1024  # the same
_PHOTO_SIDES = 10_000  # width and height together; Bot API, sendPhoto
_PHOTO_RATIO = 20  # the same
_SECONDS = 5.0
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")


async def media_of(world: World, name: str, given: Upload | str) -> Media:
    """Return what a request sends.

    An address on this machine is fetched and looked at; others are taken for what they say they are, since nothing here
    leaves the machine.

    Args:
        world: keeps the files.
        name: "photo" or "document".
        given: an upload, an identifier of a file, or an address.

    Raises:
        ApiError: 400, in Telegram's words.
    """
    files = world.files
    if isinstance(given, Upload):
        return _uploaded(world, name, given)
    if given.startswith(("http://", "https://")):
        data = await _fetched(given) if name == "photo" and _is_local(given) else b""
        return files.photo(data, url=given) if name == "photo" else files.document(data, name="document", url=given)
    stored = files.get(given)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return files.photo_media(stored) if name == "photo" else files.document_media(stored, "document")


def _uploaded(world: World, name: str, given: Upload) -> Media:
    if not given.data:
        raise bad_request("file must be non-empty")
    if name != "photo":
        return world.files.document(given.data, name=given.name, content_type=given.content_type)
    if len(given.data) > _PHOTO_UPLOADED:
        raise bad_request("file is too big")
    _check_sides(given.data)
    return world.files.photo(given.data)


def _is_local(url: str) -> bool:
    return urlsplit(url).hostname in {"127.0.0.1", "localhost"}


async def _fetched(url: str) -> bytes:
    try:
        timeout = aiohttp.ClientTimeout(total=_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url) as response:
            if response.status != 200:  # noqa: PLR2004  HTTP's
                raise _unfetched()
            if not response.content_type.startswith("image/"):
                raise bad_request("wrong type of the web page content")
            data = await response.read()
    except (aiohttp.ClientError, TimeoutError):
        raise _unfetched() from None
    if len(data) > _PHOTO_BY_URL:
        raise _unfetched()
    if not data.startswith(_PICTURES):
        raise bad_request("IMAGE_PROCESS_FAILED")
    _check_sides(data)
    return data


def _unfetched() -> ApiError:
    return bad_request("failed to get HTTP URL content")


def _check_sides(data: bytes) -> None:
    width, height = picture_size(data)
    if not width or not height:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if width + height > _PHOTO_SIDES or max(width, height) > _PHOTO_RATIO * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
