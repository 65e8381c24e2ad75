"""Which peers are the proxy in front of the portal; everybody else is a visitor.

Pure, and knows no settings: they are read with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.core.exceptions import ImproperlyConfigured

UNIX = "unix"
"""Whoever comes through a unix socket, who has no address on the network."""

CLAIMS = (
    "HTTP_X_REQUEST_START",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
)
"""What only a proxy may say of a visitor, as WSGI names it."""


@dataclass(frozen=True)
class Proxies:
    """True when there is any; `address in proxies` when that peer is one of them."""

    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    by_socket: bool = False

    def __bool__(self) -> bool:
        return bool(self.networks or self.by_socket)

    def __contains__(self, address: str) -> bool:
        """`address` as WSGI's REMOTE_ADDR has it: empty for a unix socket."""
        if not address:
            return self.by_socket
        try:
            found = ip_address(address)
        except ValueError:
            return False
        if isinstance(found, IPv6Address) and found.ipv4_mapped:
            found = found.ipv4_mapped
        return any(found in network for network in self.networks)


def proxies(texts: Iterable[str]) -> Proxies:
    """Read the setting TRUSTED_PROXIES. Raises ImproperlyConfigured with a sentence."""
    given = [text.strip() for text in texts if text.strip()]
    networks = tuple(_network(text) for text in given if text != UNIX)
    return Proxies(networks, UNIX in given)


def _network(text: str) -> IPv4Network | IPv6Network:
    try:
        network = ip_network(text)
    except ValueError:
        raise ImproperlyConfigured(
            f"TRUSTED_PROXIES has “{text}”, which is no address and no network; give addresses of "
            "the proxy with commas between: 127.0.0.1,172.30.93.0/24, and “unix” for a socket."
        ) from None
    if network.prefixlen == 0:
        raise ImproperlyConfigured(
            f"TRUSTED_PROXIES has “{text}”, which is everybody; then any visitor could choose when "
            "an application arrived. Give the addresses of the proxy alone."
        )
    return network
