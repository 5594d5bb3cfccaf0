"""A real Chromium without a window, driven over its DevTools protocol with aiohttp alone."""

import asyncio
import base64
import json
import re
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path
from threading import Thread
from typing import IO, Any

import aiohttp

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
)
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_WAIT = """new Promise((resolve, reject) => {
  const found = () => { try { return CONDITION; } catch (error) { return false; } };
  const done = (value) => { observer.disconnect(); clearTimeout(timer); resolve(value); };
  const observer = new MutationObserver(() => { const value = found(); if (value) done(value); });
  const timer = setTimeout(() => { observer.disconnect(); reject(new Error("never: " + LABEL)); }, 60000);
  observer.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
  const value = found();
  if (value) done(value);
})"""
# Where an element's middle is; from then on it is known whether a click has come to it.
_AIM = """(() => {
  const node = document.querySelector(SELECTOR);
  node.scrollIntoView({block: "center"});
  window.clicked = false;
  const come = (event) => { window.clicked ||= event.target.closest(SELECTOR) !== null; };
  document.addEventListener("click", come, {capture: true, once: true});
  const {x, y, width, height} = node.getBoundingClientRect();
  return {x: x + width / 2, y: y + height / 2};
})()"""
_PATIENCE = 60


def installed() -> str | None:
    """Return the path of an installed Chromium, None where there is none."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


class Tab:
    """One page; every method speaks to the real browser."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._next = 0
        self.problems: list[str] = []
        self._reader = asyncio.create_task(self._read())

    async def close(self) -> None:
        """Let the connection go."""
        await self._socket.close()
        await self._reader

    async def command(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a DevTools command and return its result."""
        self._next += 1
        answer = self._waiting[self._next] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": self._next, "method": method, "params": parameters})
        body = await answer
        assert "error" not in body, body
        result: dict[str, Any] = body["result"]
        return result

    async def open(self, url: str, *, width: int = 1200, height: int = 800, dark: bool = False) -> None:
        """Show a page in a window of this size."""
        for domain in ("Page", "Runtime", "Log"):
            await self.command(f"{domain}.enable")
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        await self.command("Emulation.setDeviceMetricsOverride", **size)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        await self.command("Emulation.setEmulatedMedia", features=[scheme])
        await self.command("Page.navigate", url=url)

    async def run(self, expression: str) -> Any:
        """Return the value of a JavaScript expression; a promise is awaited."""
        result = await self.command("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")

    async def wait(self, condition: str) -> Any:
        """Wait until a JavaScript condition holds, looking at each change of the document."""
        return await self.run(_promise(condition))

    @asynccontextmanager
    async def soon(self, condition: str) -> AsyncIterator[None]:
        """Wait at the block's end until a condition has held since its beginning, be it for a moment, as a toast's."""
        await self.run(f"(window.awaited = {_promise(condition)}, 0)")
        yield
        await self.run("window.awaited")

    async def click(self, selector: str) -> None:
        """Click into the middle of an element with the mouse; again, as a person would, while no click comes to it.

        Chromium drops what is clicked before its first paint, and a click on what has just moved goes beside it.
        """
        await self.wait(f"document.querySelector({json.dumps(selector)})")
        async with asyncio.timeout(_PATIENCE):
            while True:
                where = await self.run(_AIM.replace("SELECTOR", json.dumps(selector)))
                for kind in ("mousePressed", "mouseReleased"):
                    await self.command("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **where)
                if await self.run("window.clicked"):
                    return

    async def type(self, text: str) -> None:
        """Type into what has the focus."""
        await self.command("Input.insertText", text=text)

    async def key(self, name: str) -> None:
        """Press one key, such as Enter, Tab or Escape."""
        codes = {"Enter": 13, "Tab": 9, "Escape": 27, "ArrowDown": 40, "ArrowUp": 38, " ": 32}
        text = {"text": "\r"} if name == "Enter" else {"text": " "} if name == " " else {}
        common = {"key": name, "windowsVirtualKeyCode": codes[name]}
        await self.command("Input.dispatchKeyEvent", type="keyDown", **common, **text)
        await self.command("Input.dispatchKeyEvent", type="keyUp", **common)

    async def screenshot(self, path: Path) -> None:
        """Write what is seen to a PNG file."""
        shot = await self.command("Page.captureScreenshot", format="png")
        await asyncio.to_thread(path.write_bytes, base64.b64decode(shot["data"]))

    async def _read(self) -> None:
        async for message in self._socket:
            body = json.loads(message.data)
            if "id" in body:
                self._waiting.pop(body["id"]).set_result(body)
            elif body["method"] == "Runtime.exceptionThrown":
                self.problems.append(body["params"]["exceptionDetails"]["text"])
            elif body["method"] == "Log.entryAdded" and body["params"]["entry"]["level"] == "error":
                self.problems.append(body["params"]["entry"]["text"])


def _promise(condition: str) -> str:
    return _WAIT.replace("CONDITION", condition).replace("LABEL", json.dumps(condition))


class Browser:
    """A running Chromium with its own empty profile, for as long as the context is open; tabs may come from any loop.

    Args:
        executable: Chromium's path.
        profile: an empty folder for its files.
    """

    def __init__(self, executable: str, profile: Path) -> None:
        self._command = [executable, *_FLAGS, f"--user-data-dir={profile}", "about:blank"]

    def __enter__(self) -> "Browser":
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # noqa: S603 - the installed browser
        assert self._process.stderr is not None
        self._address = _address(self._process.stderr)
        # Whatever else it says must not fill the pipe.
        self._drain = Thread(target=self._process.stderr.read, daemon=True)
        self._drain.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()
        self._drain.join()
        assert self._process.stderr is not None
        self._process.stderr.close()

    @asynccontextmanager
    async def tab(self) -> AsyncIterator[Tab]:
        """Open a new tab, and close it in the end."""
        async with aiohttp.ClientSession() as session:
            async with session.put(f"http://{self._address}/json/new?about:blank") as answer:
                place = await answer.json(content_type=None)
            tab = Tab(await session.ws_connect(place["webSocketDebuggerUrl"], max_msg_size=0))
            try:
                yield tab
            finally:
                await tab.close()
                async with session.get(f"http://{self._address}/json/close/{place['id']}") as answer:
                    assert answer.status == HTTPStatus.OK


def _address(stderr: IO[bytes]) -> str:
    for line in stderr:
        if found := re.search(rb"DevTools listening on ws://([\d.:]+)/", line):
            return found[1].decode()
    raise RuntimeError("Chromium ended before it listened")
