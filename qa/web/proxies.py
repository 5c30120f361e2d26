"""Which proxies are believed when they say who is asking."""

import re
from collections.abc import Callable
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network
HEADER = re.compile(r"[A-Za-z0-9-]{1,64}")
TAKEN = frozenset(("authorization", "cookie", "host", "origin", "referer", "content-length"))
PEERS = 1_024


def check_sign_on(header: str, proxies: str) -> None:
    """Raise ``ValueError`` for a sign-on that would let nobody in, or anybody."""
    if bool(header) != bool(proxies):
        missing = "DAFU_TRUSTED_PROXIES" if header else "DAFU_SIGN_ON_HEADER"
        raise ValueError(
            f"DAFU_SIGN_ON_HEADER={header!r} and DAFU_TRUSTED_PROXIES={proxies!r} go together; "
            f"{missing} is missing: the header names the user, and counts only from those proxies"
        )
    if header and (not HEADER.fullmatch(header) or header.lower() in TAKEN):
        raise ValueError(
            f"DAFU_SIGN_ON_HEADER={header!r}; allowed: the name of a header that nothing else "
            "uses, letters, digits and hyphens, such as X-Forwarded-User"
        )
    if header and not parse_proxies(proxies):
        raise ValueError(f"DAFU_TRUSTED_PROXIES={proxies!r} names no address")


def parse_proxies(value: str) -> tuple[Network, ...]:
    """Return the networks of a list separated by commas; ``ValueError`` says what is wrong."""
    return tuple(_network(part.strip()) for part in value.split(",") if part.strip())


def _network(part: str) -> Network:
    try:
        network = ip_network(part)
    except ValueError as error:
        raise ValueError(
            f"DAFU_TRUSTED_PROXIES: {error}; allowed: addresses and networks separated by commas, "
            "such as 127.0.0.1, 10.1.2.0/24, fd00::1"
        ) from None
    if network.prefixlen == 0:
        raise ValueError(f"DAFU_TRUSTED_PROXIES: {part} is every address; name the proxy's own")
    return network


def trusting(networks: tuple[Network, ...]) -> Callable[[str], bool]:
    """Return a function that tells whether an address is in one of the networks."""

    @lru_cache(PEERS)
    def trusts(peer: str) -> bool:
        try:
            address = ip_address(peer)
        except ValueError:
            return False
        address = getattr(address, "ipv4_mapped", None) or address
        return any(address in network for network in networks)

    return trusts
