"""What can go wrong while somebody signs in, in words fit to show."""

from collections.abc import Callable
from functools import partial
from typing import Final

from qa.web.errors import WebError

CHALLENGE: Final = {"WWW-Authenticate": 'Cookie realm="Dafu"'}
"""A scheme that no browser asks a password for; a 401 must name one."""
Refusal = Callable[..., WebError]

not_signed_in: Refusal = partial(
    WebError,
    401,
    "not_signed_in",
    "请先登录 / please sign in first",
    CHALLENGE,
)
provider_failed: Refusal = partial(
    WebError,
    502,
    "provider_failed",
    "登录服务暂时不可用，请稍后再试 / "
    "the sign-in service does not answer as it should; please try again later",
)
sign_in_expired: Refusal = partial(
    WebError,
    400,
    "sign_in_expired",
    "这次登录已过期、已用过，或不是在本浏览器中开始的，请重新登录 / this sign-in has expired, "
    "was used already or was not begun in this browser; please sign in again",
)
sign_in_failed: Refusal = partial(
    WebError,
    400,
    "sign_in_failed",
    "登录没有完成，请重新登录 / the sign-in was not completed; please sign in again",
)
wrong_token: Refusal = partial(
    WebError,
    400,
    "wrong_token",
    "登录服务的证明无法核实，请重新登录；再次失败请报告管理员 / what the sign-in service says "
    "cannot be verified; please sign in again, and tell the administrator if it fails again",
)
access_denied: Refusal = partial(
    WebError,
    403,
    "access_denied",
    "登录被取消或拒绝 / the sign-in was cancelled or refused",
)
not_admitted: Refusal = partial(
    WebError,
    403,
    "not_admitted",
    "这个账户无权使用；需要权限请联系管理员 / "
    "this account may not use Dafu; ask the administrator for access",
)
foreign_sign_out: Refusal = partial(
    WebError,
    403,
    "foreign_sign_out",
    "只能在答复自己的页面上退出 / only a page of Dafu's own signs out",
)
