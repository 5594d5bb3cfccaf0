"""URLs that lead, or try to lead, where strangers may not go: the table of the guard's tests and its benchmark."""

import socket
from collections.abc import Callable, Iterator, Sequence
from ipaddress import IPv4Address, ip_address

# One of each kind of place: loopback, the three private networks, cloud metadata, carrier's NAT, "this host".
_PLACES = ("127.0.0.1", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.100.100.200", "0.0.0.0")  # noqa: S104 - connected to, not bound

_FULL_WIDTH = str.maketrans("0123456789abcdefx", "０１２３４５６７８９ａｂｃｄｅｆｘ")
_MATHEMATICAL = str.maketrans("0123456789", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
_CIRCLED = str.maketrans("123456789", "①②③④⑤⑥⑦⑧⑨")


def _octets(address: IPv4Address) -> tuple[int, int, int, int]:
    first, second, third, fourth = address.packed
    return first, second, third, fourth


def _dotted(pattern: str) -> Callable[[IPv4Address], str]:
    return lambda address: ".".join(pattern.format(octet) for octet in address.packed)


def _short_two(address: IPv4Address) -> str:
    return f"{address.packed[0]}.{int(address) & 0xFFFFFF}"


def _short_three(address: IPv4Address) -> str:
    first, second, _, _ = _octets(address)
    return f"{first}.{second}.{int(address) & 0xFFFF}"


def _mixed(address: IPv4Address) -> str:
    first, second, third, fourth = _octets(address)
    return f"0x{first:x}.{second}.0{third:o}.{fourth}"


def _nibbles(address: IPv4Address) -> str:
    number = f"{int(address):08x}"
    return f"{number[:4]}:{number[4:]}"


def _teredo(address: IPv4Address) -> str:
    inverted = _nibbles(IPv4Address(int(address) ^ 0xFFFFFFFF))
    return f"[2001:0:5db8:d822::{inverted}]"


_NOTATIONS: dict[str, Callable[[IPv4Address], str]] = {
    "plain": str,
    "trailing dot": lambda address: f"{address}.",
    "decimal": lambda address: str(int(address)),
    "decimal, trailing dot": lambda address: f"{int(address)}.",
    "decimal, past 32 bits": lambda address: str(int(address) + 2**32),
    "hexadecimal": lambda address: f"0x{int(address):08x}",
    "hexadecimal, capitals": lambda address: f"0X{int(address):08X}",
    "hexadecimal, long": lambda address: f"0x00000000{int(address):08x}",
    "octal": lambda address: f"0{int(address):o}",
    "dotted hexadecimal": _dotted("0x{:02x}"),
    "dotted octal": _dotted("0{:o}"),
    "dotted, zeros before": _dotted("{:03d}"),
    "dotted octal, many zeros": _dotted("0000{:o}"),
    "two parts": _short_two,
    "three parts": _short_three,
    "mixed": _mixed,
    "full-width digits": lambda address: str(address).translate(_FULL_WIDTH),
    "full-width hexadecimal": lambda address: f"0x{int(address):08x}".translate(_FULL_WIDTH),
    "mathematical digits": lambda address: str(address).translate(_MATHEMATICAL),
    "circled digits": lambda address: str(address).translate(_CIRCLED),
    "ideographic dots": lambda address: str(address).replace(".", "。"),
    "full-width dots": lambda address: str(address).replace(".", "．"),
    "half-width dots": lambda address: str(address).replace(".", "｡"),
    "percent-encoded dots": lambda address: str(address).replace(".", "%2e"),
    "percent-encoded digit": lambda address: f"%3{str(address)[0]}{str(address)[1:]}",
    "soft hyphen": lambda address: str(address).replace(".", ".\u00ad", 1),
    "zero-width space": lambda address: "\u200b" + str(address),
    "user before": lambda address: f"example.com@{address}",
    "user and password before": lambda address: f"example.com:80@{address}",
    "backslash before": lambda address: f"example.com\\@{address}",
    "IPv4-mapped": lambda address: f"[::ffff:{address}]",
    "IPv4-mapped, hexadecimal": lambda address: f"[::ffff:{_nibbles(address)}]",
    "IPv4-mapped, written out": lambda address: f"[0:0:0:0:0:ffff:{_nibbles(address)}]",
    "IPv4-mapped, zone": lambda address: f"[::ffff:{address}%25lo]",
    "IPv4-compatible": lambda address: f"[::{address}]",
    "IPv4-translated (SIIT)": lambda address: f"[::ffff:0:{address}]",
    "NAT64": lambda address: f"[64:ff9b::{address}]",
    "NAT64, hexadecimal": lambda address: f"[64:ff9b::{_nibbles(address)}]",
    "NAT64, local": lambda address: f"[64:ff9b:1::{address}]",
    "NAT64, local, other length": lambda address: f"[64:ff9b:1:{_nibbles(address)}::]",
    "6to4": lambda address: f"[2002:{_nibbles(address)}::1]",
    "Teredo": _teredo,
    "ISATAP": lambda address: f"[fe80::5efe:{address}]",
}

_IPV4 = (
    "0.0.0.1", "0.255.255.255", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.2", "127.255.255.254",
    "168.63.129.16", "169.254.0.1", "169.254.170.2", "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1",
    "192.88.99.1", "192.168.255.255", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1",
    "239.255.255.250", "240.0.0.1", "255.255.255.255",
)  # fmt: skip
_IPV6 = (
    "::", "::1", "0:0:0:0:0:0:0:1", "::0001", "::2", "1::1", "100::1", "100:0:0:1::1", "200::1", "400::1", "2001::1",
    "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1", "2002::1", "3fff::1", "4000::1", "5f00::1", "fc00::1",
    "fd00:ec2::254", "fd12:3456:789a::1", "fe80::1", "febf::1", "fec0::1", "feff::1", "ff01::1", "ff02::1", "ff0e::1",
    "ffff::1", "fe80::1%25eth0", "fe80::1%eth0", "::1%25lo", "2606:4700::1%25eth0",
)  # fmt: skip
_PORTS = (0, 1, 22, 25, 81, 3306, 5432, 6379, 8000, 8080, 8443, 9200, 11211, 27017, 65535, 65536, 99999)
_ODD = (
    "file:///etc/passwd",
    "FILE:///etc/passwd",
    "file://127.0.0.1/etc/passwd",
    "ftp://127.0.0.1/",
    "gopher://127.0.0.1:80/_GET",
    "dict://127.0.0.1:11211/stat",
    "ldap://127.0.0.1/",
    "ws://127.0.0.1/",
    "unix:///run/docker.sock",
    "data:text/html,hi",
    "javascript:alert(1)",
    "jar:http://127.0.0.1!/",
    "http+unix://%2Frun%2Fdocker.sock/",
    "netdoc:///etc/passwd",
    "about:blank",
    "//127.0.0.1/",
    "http:127.0.0.1",
    "http:/127.0.0.1/",
    "http:///127.0.0.1/",
    "http:\\\\127.0.0.1\\",
    "http://",
    "http:///",
    "http://?x",
    "http://#x",
    "http://@/",
    "http://:80/",
    "http://.",
    "http://..",
    "http://127.0.0.1\t/",
    "http://127.0.0.1\r\nHost: x/",
    "http://127.0.\n0.1/",
    "http://127.0.0.1\x00.example.com/",
    "http://127.0.0.1 .example.com/",
    "http://[::1",
    "http://::1]/",
    "http://[::1]:x/",
    "http://[::1].example.com/",
    "http://[127.0.0.1]/",
    "http://[::1]@example.com/",
    "http://example.com@[::1]/",
    "http://[v1.fe80::1]/",
    "http://127.0.0.1:80@example.com:80/",
    "http://user:pass@example.com/",
    "http://1/",
    "http://0/",
    "http://0x/",
    "http://0.0.0.0/",
    "http://0x.0x.0/",
    "http://0x7f.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://017700000001/",
    "http://256.256.256.256/",
    "http://1.2.3.4.5/",
    "http://127.0.0.1.1/",
    "http://-127.0.0.1/",
    "http://+127.0.0.1/",
    "http://127.0.0.1:80:80/",
    "http://127.0.0.1:８０/",
    "http://127.0.0.1:+80/",
    "http://127.0.0.1:-1/",
    "http://127.0.0.1:0x50/",
    "http://[::１]/",
    "http://[0000:0000:0000:0000:0000:0000:0000:0001]/",
    "http://[::127.1]/",
    "http://[::ffff:127.1]/",
    "http://⑯⑨.254.169.254/",
)

# What a hostile or a merely private name server answers.
NAMES: dict[str, tuple[str, ...]] = {
    "localhost": ("::1", "127.0.0.1"),
    "www.localhost": ("127.0.0.1",),
    "127.0.0.1.nip.io": ("127.0.0.1",),
    "metadata.google.internal": ("169.254.169.254",),
    "intranet": ("10.1.2.3",),
    "redis": ("172.18.0.2",),
    "router.lan": ("192.168.0.1",),
    "private-a.example": ("10.0.0.7",),
    "private-aaaa.example": ("fd00::7",),
    "linklocal.example": ("fe80::1%eth0",),
    "mapped.example": ("::ffff:127.0.0.1",),
    "compatible.example": ("::7f00:1",),
    "nat64.example": ("64:ff9b::7f00:1",),
    "nat64-local.example": ("64:ff9b:1::7f00:1",),
    "sixtofour.example": ("2002:7f00:1::1",),
    "teredo.example": ("2001:0:5db8:d822::80ff:fffe",),
    "zero.example": ("0.0.0.0",),  # noqa: S104 - an answer, not bound
    "zero6.example": ("::",),
    "multicast.example": ("224.0.0.251",),
    "broadcast.example": ("255.255.255.255",),
    "cgnat.example": ("100.64.1.1",),
    "public-then-private.example": ("93.184.216.34", "10.0.0.8"),
    "private-then-public.example": ("127.0.0.1", "93.184.216.34"),
    "mixed-families.example": ("2606:2800:220:1::1", "127.0.0.1"),
    "sixteen-publics-and-one.example": (*(f"93.184.216.{number}" for number in range(1, 17)), "169.254.169.254"),
}  # fmt: skip
_NAME_NOTATIONS = (
    "LOCALHOST",
    "localhost.",
    "LocalHost.",
    "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
    "ｌｏｃａｌｈｏｓｔ",
    "loc\u00adalhost",
    "localhost。",
)


def forbidden_urls() -> list[str]:
    """Return every URL of the table, each once."""
    return list(dict.fromkeys(_all_urls()))


def _all_urls() -> Iterator[str]:
    for place in _PLACES:
        for notation in _NOTATIONS.values():
            yield f"http://{notation(IPv4Address(place))}/"
    yield from (f"http://{address}/" for address in _IPV4)
    yield from (f"https://[{address}]/" for address in _IPV6)
    yield from (f"http://93.184.216.34:{port}/" for port in _PORTS)
    yield from (f"http://127.0.0.1:{port}/" for port in _PORTS)
    yield from _ODD
    yield from (f"https://{name}/" for name in (*NAMES, *_NAME_NOTATIONS))


async def resolve(host: str, port: int) -> Sequence[str]:
    """Answer as a lenient system would: every old notation of an address (inet_aton), and the names above."""
    name = host.lower().removesuffix(".")
    if name in NAMES:
        return NAMES[name]
    try:
        return [str(ip_address(name))]
    except ValueError:
        pass
    try:
        return [str(IPv4Address(socket.inet_aton(name)))]
    except OSError:
        raise socket.gaierror(socket.EAI_NONAME, f"no such name, port {port}") from None


PUBLIC: dict[str, str] = {
    "http://93.184.216.34/": "93.184.216.34",
    "https://93.184.216.34:443/": "93.184.216.34",
    "http://9.255.255.255/": "9.255.255.255",
    "http://11.0.0.0/": "11.0.0.0",
    "http://100.63.255.255/": "100.63.255.255",
    "http://100.128.0.0/": "100.128.0.0",
    "http://126.255.255.255/": "126.255.255.255",
    "http://128.0.0.1/": "128.0.0.1",
    "http://169.253.0.1/": "169.253.0.1",
    "http://172.15.0.1/": "172.15.0.1",
    "http://172.32.0.1/": "172.32.0.1",
    "http://192.167.0.1/": "192.167.0.1",
    "http://223.255.255.1/": "223.255.255.1",
    "https://[2606:4700:4700::1111]/": "2606:4700:4700::1111",
    "https://[2A00:1450::1]:443/": "2a00:1450::1",
    "https://[64:ff9b::5db8:d822]/": "64:ff9b::5db8:d822",
}
