"""Why a link ends: for the link's own loop, never for a panel."""

from __future__ import annotations

from collections.abc import Mapping


class LinkError(Exception):
    """End this connection; the text says why to the operator.

    Args:
        text_key: key of the operator's text.
        params: values the text names.
        refused: the bridge answered and will not have this console, so trying again soon is vain.
    """

    def __init__(
        self,
        text_key: str,
        params: Mapping[str, str | int | float] | None = None,
        *,
        refused: bool = False,
    ) -> None:
        self.text_key = text_key
        self.params = dict(params or {})
        self.refused = refused
        super().__init__(f"{text_key} {self.params}")


class SessionEndedError(Exception):
    """End this session, or the try for one; the connection may stay.

    Args:
        text_key: why, for the operator.
        final: signing in again by ourselves would be wrong: revoked, refused.
    """

    def __init__(
        self,
        text_key: str,
        params: Mapping[str, str | int | float] | None = None,
        *,
        final: bool,
    ) -> None:
        self.text_key = text_key
        self.params = dict(params or {})
        self.final = final
        super().__init__(text_key)
