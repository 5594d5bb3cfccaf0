"""The far side of benchmarks.feed_scale: many hosts with many feeds, in a process of its own.

Each host is an address of its own in 127.0.0.0/8, and takes a twentieth of a second to answer. Feeds behave as real ones
do: three in five have validators and answer 304 while nothing has changed, the others send the same bytes again.
`/round` makes the next share of them change; `/report` tells what was seen.
"""  # noqa: E501

import asyncio
import json
import sys
import time
from collections import Counter
from email.utils import formatdate

SHOWN = 15  # items in a document
CHANGING = 20  # one feed in so many changes each round
THINKING_SECONDS = 0.05
WITH_VALIDATORS = 5, 3  # of five feeds, three
WORDS = "The council of the region has said on Tuesday that works on the bridge will be finished before winter. " * 3


class Hosts:
    """All feeds of all hosts.

    Args:
        began: when they were made, in seconds since 1970.
    """

    def __init__(self, began: float) -> None:
        self._began = began
        self._round = 0
        self._open: Counter[str] = Counter()
        self.most_at_once = 0
        self.asked: dict[str, float] = {}
        self.statuses: Counter[int] = Counter()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer requests on one connection until it is closed."""
        host = writer.get_extra_info("sockname")[0]
        try:
            while head := (await reader.readuntil(b"\r\n\r\n")).decode("latin-1"):
                self._open[host] += 1
                self.most_at_once = max(self.most_at_once, self._open[host])
                await asyncio.sleep(THINKING_SECONDS)
                writer.write(self._answer(head))
                await writer.drain()
                self._open[host] -= 1
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def _answer(self, head: str) -> bytes:
        path = head.split(" ", 2)[1]
        if path == "/round":
            self._round += 1
            self.asked, self.statuses = {}, Counter()
            return _response(200, b"")
        if path == "/report":
            report = {"asked": self.asked, "statuses": self.statuses, "most_at_once": self.most_at_once}
            return _response(200, json.dumps(report).encode())
        self.asked.setdefault(path, time.time())
        return self._feed(int(path.rpartition("/")[2]), head)

    def _feed(self, number: int, head: str) -> bytes:
        version = (self._round + number % CHANGING) // CHANGING
        etag = f'"{number}-{version}"'
        validators = f"ETag: {etag}\r\nLast-Modified: {formatdate(self._began, usegmt=True)}\r\n"
        if number % WITH_VALIDATORS[0] >= WITH_VALIDATORS[1]:
            validators = ""
        elif etag in head:
            self.statuses[304] += 1
            return _response(304, b"", validators)
        self.statuses[200] += 1
        return _response(200, self._document(number, version), validators)

    def _document(self, number: int, version: int) -> bytes:
        items = "".join(self._item(number, item) for item in range(version + SHOWN, version, -1))
        return (
            f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Feed {number}</title>'
            f"<link>https://feed{number}.example/</link><language>en</language><ttl>10</ttl>{items}</channel></rss>"
        ).encode()

    def _item(self, number: int, item: int) -> str:
        # What is shown at first is hours old, what comes later is of now.
        moment = self._began - (SHOWN - item) * 3_600 if item <= SHOWN else time.time() - 30
        url = f"https://feed{number}.example/news/{item}/"
        return (
            f"<item><title>Story {item} of feed {number}: works on the bridge go on</title><link>{url}</link>"
            f"<guid>{url}</guid><pubDate>{formatdate(moment, usegmt=True)}</pubDate>"
            f"<description>&lt;p&gt;{WORDS}&lt;/p&gt;</description></item>"
        )


def _response(status: int, body: bytes, headers: str = "") -> bytes:
    head = (
        f"HTTP/1.1 {status} X\r\nDate: {formatdate(usegmt=True)}\r\nServer: nginx\r\n{headers}"
        f"Content-Type: application/rss+xml; charset=utf-8\r\nCache-Control: max-age=300\r\n"
        f"Content-Length: {len(body)}\r\nVary: Accept-Encoding\r\nX-Cache: HIT\r\n\r\n"
    )
    return head.encode() + body


def address_of(host: int) -> str:
    """Return a host's address."""
    return f"127.1.{host // 250}.{host % 250 + 1}"


async def main(hosts: int) -> None:
    """Serve until killed; prints the port once all hosts listen."""
    served = Hosts(time.time())
    first = await asyncio.start_server(served.serve, address_of(0), 0, backlog=512)
    port = first.sockets[0].getsockname()[1]
    for host in range(1, hosts):
        await asyncio.start_server(served.serve, address_of(host), port, backlog=512)
    print(port, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
