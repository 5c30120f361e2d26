"""The ID token of a provider: whether it is what it says, and meant for us, now."""

import hmac
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import InvalidClaimError, MissingKeyError
from joserfc.jwk import JWKRegistry, Key, KeySet
from joserfc.jws import JWSRegistry
from joserfc.jwt import JWTClaimsRegistry

from qa.web.signin.sealed import MALFORMED

ASYMMETRIC: Final = ("RS", "PS", "ES")
ALGORITHMS: Final = tuple(f"{kind}{bits}" for kind in ASYMMETRIC for bits in (256, 384, 512))
"""No ``none``, and no ``HS256``: what signs could be known to whoever reads the public key."""
LEEWAY: Final = 60
REGISTRY: Final = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)


def read_keys(document: Any) -> KeySet:
    """Return the public keys of a provider's document; one that is not understood is left out.

    Raises ``JoseError`` where none remains.
    """
    listed = document.get("keys") if isinstance(document, dict) else None
    keys = [key for data in listed or () if (key := _key(data)) is not None]
    if not keys:
        raise MissingKeyError("the provider has published no key that can be used")
    return KeySet(keys)


def _key(data: Any) -> Key | None:
    if not isinstance(data, dict) or data.get("kty") not in ("RSA", "EC"):
        return None
    try:
        return JWKRegistry.import_key(data)
    except (*MALFORMED, KeyError):
        return None


def verify(token: str, keys: KeySet, issuer: str, client: str, nonce: str) -> dict[str, Any]:
    """Return the claims of an ID token.

    Raises ``InvalidKeyIdError`` where its key is not among these, and another of ``MALFORMED`` for
    everything else that is wrong with it.
    """
    claims = jwt.decode(token, keys, registry=REGISTRY).claims
    JWTClaimsRegistry(
        leeway=LEEWAY,
        iss={"essential": True, "value": issuer},
        sub={"essential": True},
        aud={"essential": True, "value": client},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True},
    ).validate(claims)
    if not hmac.compare_digest(str(claims["nonce"]).encode(), nonce.encode()):
        raise InvalidClaimError("nonce")
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if several else client) != client:
        raise InvalidClaimError("azp")
    return claims
