"""What a question may mean that leans on a conversation."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Readings:
    """What a question may mean that leans on a conversation, each as it would be asked without it.

    ``first`` is what it says by rule. ``rival`` is taken where the report supports it far better,
    ``instead`` where the report does not answer the first, and ``afresh`` where the answer to the
    first would only say again what was said.
    """

    first: str
    rival: str = ""
    instead: str = ""
    afresh: str = ""
