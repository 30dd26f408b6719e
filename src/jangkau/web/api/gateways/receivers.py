"""Tells the receiver of a webhook: one POST over HTTPS to a host that the settings name. The name is looked up once, an
address that is not public is refused, and the connection goes to the address that was checked: a name that changes its
mind meanwhile leads nowhere else. Redirections are not followed."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable, Mapping
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

SECONDS = 10
Lookup = Callable[[str, int], str]
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # IPv4 behind NAT64


class Undeliverable(Exception):
    """Nobody was told; the code says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def place_of(address: str) -> SplitResult:
    """The parts of an address that may be told. Raises Undeliverable for another scheme or host, or a name and
    password in it."""
    try:
        parts = urlsplit(address)
        port = parts.port or 443
    except ValueError:
        raise Undeliverable("address") from None
    if parts.scheme != "https" or parts.username is not None or not parts.hostname:
        raise Undeliverable("address")
    named = {f"{parts.hostname}:{port}"} | ({parts.hostname} if port == 443 else set())
    if not named & set(settings.JANGKAU_WEBHOOK_HOSTS):
        raise Undeliverable("host")
    return parts


def public_address(host: str, port: int) -> str:
    """The first address of a host; raises Undeliverable unless all of them are public."""
    try:
        found = [str(told[4][0]) for told in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except OSError:
        raise Undeliverable("no_such_host") from None
    if not all(is_public(address) for address in found):
        raise Undeliverable("private_address")
    return found[0]


def is_public(address: str) -> bool:
    """Does an IP address lie in the open internet, also by the IPv4 address that it may wrap?"""
    told = ipaddress.ip_address(address)
    if isinstance(told, ipaddress.IPv6Address):
        wrapped = told.ipv4_mapped or told.sixtofour
        if told in _TRANSLATED:
            wrapped = ipaddress.IPv4Address(int(told) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_public(str(wrapped))
    return told.is_global and not told.is_multicast


class _Pinned(http.client.HTTPSConnection):
    """Goes to an address that was looked up before; the certificate is checked for the name."""

    def __init__(self, parts: SplitResult, address: str, context: ssl.SSLContext) -> None:
        super().__init__(str(parts.hostname), parts.port or 443, timeout=SECONDS, context=context)
        self._checked, self._tls = address, context

    def connect(self) -> None:
        plain = socket.create_connection((self._checked, self.port), SECONDS)
        self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)


def post(
    address: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    lookup: Lookup = public_address,
    context: ssl.SSLContext | None = None,
) -> int:
    """Sends the body; returns the status of the answer, whose content is not read. Raises Undeliverable."""
    parts = place_of(address)
    checked = lookup(str(parts.hostname), parts.port or 443)
    connection = _Pinned(parts, checked, context or ssl.create_default_context())
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", path, body, dict(headers))
        return connection.getresponse().status
    except ssl.SSLError:
        raise Undeliverable("certificate") from None
    except (OSError, http.client.HTTPException):
        raise Undeliverable("no_answer") from None
    finally:
        connection.close()
