"""The chat page: a browser window on the playground's world, served on 127.0.0.1.

The page gets the whole state when it connects and each change after that, over one WebSocket; it sends back what the
person does. Everything is drawn from text and entities as text nodes, so that no message can become markup.
"""

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from aiohttp import WSMsgType, web

from bot.playground.listener import Listener
from bot.playground.news import Item, SampleNews
from bot.playground.news.pictures import picture
from bot.playground.samples import Sample
from bot.playground.server import BotApiServer
from bot.playground.world.chats import Chat, User
from bot.playground.world.messages import StoredMessage

_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_SHOWN_MESSAGES = 300
_SHOWN_NEWS = 12
_CAPTIONED_HUE = 30
_LANGUAGES = frozenset({"en", "uk", "ru"})
# A page that reads slowly gets so many changes kept; then it is dropped, reconnects and sees the whole state again.
_KEPT_CHANGES = 1000
_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class ChatPage:
    """Serves the page and its WebSocket.

    Args:
        server: the Bot API server whose world is shown.
        me: the person whom the browser stands for.
        chats: the chats in the sidebar.
        news: the sample site, for previews and the list of its newest stories; None shows none.
        samples: what to offer for trying.
        host: where it listens.
        port: 0 takes a free one.
    """

    def __init__(
        self,
        server: BotApiServer,
        me: User,
        chats: Iterable[Chat],
        *,
        news: SampleNews | None = None,
        samples: Callable[[], Iterable[Sample]] = tuple,
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        self._server, self._me, self._news, self._samples = server, me, news, samples
        self._chats = {chat.id: chat for chat in chats}
        self._listener = Listener(host, port)
        self._open: set[web.WebSocketResponse] = set()
        self._queues: set[asyncio.Queue[dict[str, Any] | None]] = set()
        self._unwatch: Callable[[], None] | None = None
        if news is not None:
            news.on_publish(lambda item: self._tell({"kind": "news", "item": self._news_json(item)}))

    async def start(self) -> None:
        """Listen; `url` is known from then on."""
        self._unwatch = self._server.world.changes.watch(self._pass_on)
        await self._listener.open(self._application())

    async def stop(self) -> None:
        """Close all windows' connections."""
        if self._unwatch is not None:
            self._unwatch()
            self._unwatch = None
        for socket in tuple(self._open):
            await socket.close()
        await self._listener.close()

    async def __aenter__(self) -> "ChatPage":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """The page's address."""
        return self._listener.url + "/"

    def _application(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/", self._index)
        app.router.add_get(r"/{name:[a-z-]+\.(?:js|css|svg)}", self._static)
        app.router.add_get("/world", self._world)
        app.router.add_get("/photo/{file_id}", self._photo)
        app.router.add_get("/preview", self._preview)
        return app

    # What the browser fetches

    async def _index(self, _request: web.Request) -> web.Response:
        return self._file("index.html")

    async def _static(self, request: web.Request) -> web.Response:
        return self._file(request.match_info["name"])

    def _file(self, name: str) -> web.Response:
        file = files(__package__).joinpath("page", name)
        if not file.is_file():
            raise web.HTTPNotFound
        kind = _TYPES["." + name.rpartition(".")[2]]
        headers = {"Content-Security-Policy": self._policy(), "Cache-Control": "no-store"}
        return web.Response(text=file.read_text(encoding="utf-8"), content_type=kind, charset="utf-8", headers=headers)

    def _policy(self) -> str:
        pictures = f"'self' {self._news.url}" if self._news else "'self'"
        return (
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; "
            f"form-action 'none'; frame-ancestors 'none'; img-src {pictures}"
        )

    async def _photo(self, request: web.Request) -> web.Response:
        stored = self._server.world.files.get(request.match_info["file_id"])
        if stored is None or not stored.content_type.startswith("image/") or "svg" in stored.content_type:
            raise web.HTTPNotFound
        if stored.url:
            raise web.HTTPFound(stored.url)
        return web.Response(body=stored.data, content_type=stored.content_type)

    async def _preview(self, request: web.Request) -> web.Response:
        item = self._item_at(request.query.get("url", ""))
        if item is None or self._news is None:
            return web.json_response(None)
        story = item.story
        picture = f"{self._news.url}/pictures/{story.hue}.png"
        card = {"site": item.edition.name, "title": story.title, "text": story.lead, "picture": picture}
        return web.json_response(card)

    def _item_at(self, url: str) -> Item | None:
        if self._news is None or not url.startswith(self._news.url):
            return None
        return self._news.desk.find(url.removeprefix(self._news.url).partition("?")[0])

    # The WebSocket

    async def _world(self, request: web.Request) -> web.WebSocketResponse:
        # Other sites' pages may open WebSockets to this address; only our own page may speak for the person.
        if request.headers.get("Origin") != self._listener.url:
            raise web.HTTPForbidden
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        self._open.add(socket)
        queue: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue(_KEPT_CHANGES)
        queue.put_nowait(self._state())
        self._queues.add(queue)
        writer = asyncio.create_task(_write(socket, queue))
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._act(json.loads(message.data), queue)
        finally:
            self._queues.discard(queue)
            self._open.discard(socket)
            writer.cancel()
            with suppress(asyncio.CancelledError):
                await writer
        return socket

    def _tell(self, change: dict[str, Any]) -> None:
        for queue in tuple(self._queues):
            if queue.full():
                self._queues.discard(queue)
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait(None)
            else:
                queue.put_nowait(change)

    def _pass_on(self, change: dict[str, Any]) -> None:
        if change["kind"] in {"commands", "profile"}:
            self._tell({"kind": "commands", "commands": self._commands()})
        elif change.get("chat_id") in self._chats:
            self._tell(self._named(change))

    def _named(self, change: dict[str, Any]) -> dict[str, Any]:
        """Add what the Bot API does not say but the page shows: whose message it is, whether it is marked as edited."""
        if "interface" in change:
            return change | {"interface": self._interface(change["interface"])}
        if "message" not in change:
            return change
        return change | {"message": self._shown(change["chat_id"], change["message"])}

    def _shown(self, chat_id: int, json_message: dict[str, Any]) -> dict[str, Any]:
        stored = self._server.world.message(chat_id, json_message["message_id"])
        if stored is None:
            return json_message
        return json_message | {"mine": stored.sender is self._me, "edited": _shows_edit(stored)}

    # What the page shows

    def _state(self) -> dict[str, Any]:
        return {
            "kind": "state",
            "me": self._me.to_json(),
            "bot": self._server.world.bot.to_json(),
            "chats": [self._chat(chat) for chat in self._chats.values()],
            "commands": self._commands(),
            "news": [self._news_json(item) for item in self._news.items()[:_SHOWN_NEWS]] if self._news else [],
            "samples": [asdict(sample) for sample in self._samples()],
        }

    def _chat(self, chat: Chat) -> dict[str, Any]:
        world = self._server.world
        messages = world.messages(chat.id)[-_SHOWN_MESSAGES:]
        return chat.to_json() | {
            "name": world.bot.first_name if chat.private else chat.name,
            "members": sum(status not in {"left", "kicked"} for status in chat.members.values()),
            "messages": [self._shown(chat.id, world.json(message)) for message in messages],
            "interface": self._interface(chat.interface),
        }

    def _interface(self, markup: dict[str, Any] | None) -> dict[str, Any] | None:
        """Return a reply keyboard, each button that asks for a chat with the chats that a client would offer."""
        if markup is None or "keyboard" not in markup:
            return markup
        return markup | {"keyboard": [[self._reply_key(button) for button in row] for row in markup["keyboard"]]}

    def _reply_key(self, button: dict[str, Any]) -> dict[str, Any]:
        if "request_chat" not in button:
            return button
        everywhere = self._server.world.chats.values()
        fitting = [chat for chat in everywhere if self._server.fits(self._me, chat, button["request_chat"])]
        return {"text": button["text"], "chats": [{"id": chat.id, "name": chat.name} for chat in fitting]}

    def _commands(self) -> dict[str, list[dict[str, str]]]:
        world = self._server.world
        return {str(chat.id): world.profile.commands_for(world.viewer(self._me, chat)) for chat in self._chats.values()}

    def _news_json(self, item: Item) -> dict[str, str]:
        url = self._news.address(item) if self._news else ""
        return {"url": url, "title": item.story.title, "language": item.edition.language, "clock": item.clock}

    # What the person does

    def _act(self, said: Mapping[str, Any], queue: asyncio.Queue[dict[str, Any] | None]) -> None:
        try:
            match said:
                case {"do": "send", "chat": int(chat_id), "text": str(text), **rest} if text.strip():
                    self._send(self._chats[chat_id], text.strip(), rest)
                case {"do": "press", "chat": int(chat_id), "message": int(number), "data": str(data)}:
                    self._press(chat_id, number, data, queue)
                case {"do": "share", "button": str(button), "shared": int(shared)}:
                    self._share(button, shared)
                case {"do": "language", "code": str(code)} if code in _LANGUAGES:
                    self._me.language_code = code
                    self._tell({"kind": "commands", "commands": self._commands()})
        except (LookupError, ValueError) as error:
            queue.put_nowait({"kind": "problem", "text": str(error)})

    def _send(self, chat: Chat, text: str, how: Mapping[str, Any]) -> None:
        match how.get("manner"):
            case "caption":
                self._server.send_photo(self._me, chat, text, data=picture(_CAPTIONED_HUE))
            case "forward":
                self._server.send_text(self._me, chat, text, forward_from="Dana")
            case _:
                self._server.send_text(self._me, chat, text, reply_to=how.get("reply_to"))

    def _share(self, button: str, shared: int) -> None:
        chat = self._server.world.chats.get(shared)
        if chat is None:
            raise LookupError("this chat is gone")
        self._server.share_chat(self._me, button, chat)

    def _press(self, chat_id: int, number: int, data: str, queue: asyncio.Queue[dict[str, Any] | None]) -> None:
        message = self._server.world.message(self._chats[chat_id].id, number)
        if message is None:
            raise LookupError("this message is gone")
        press = self._server.press(message, data, self._me)
        queue.put_nowait({"kind": "pressed", "query_id": press.id, "message": number, "chat_id": chat_id, "data": data})


async def _write(socket: web.WebSocketResponse, queue: asyncio.Queue[dict[str, Any] | None]) -> None:
    while (change := await queue.get()) is not None:
        await socket.send_str(_dumps(change))
    await socket.close()


def _shows_edit(message: StoredMessage) -> bool:
    """Return whether people see "edited": a changed keyboard alone leaves no mark."""
    return any(before.body != message.content.body for before in message.history)
