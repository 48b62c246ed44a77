"""Take the seat by keyboard, as a person does at the beginning of every shift."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt

from console.app import Console
from console.scenarios.hand import Hand
from console.scenarios.stack import OPERATOR, PASSWORD


async def sign_in(hand: Hand, console: Console, login: str = OPERATOR) -> float:
    """Type name and password; return the monotonic second at which the first key went down.

    Raises:
        NotSeenError: no bridge to sign in to, or no workspace afterwards.
    """
    view = console.sign_in_view
    await hand.until(view.user.hasFocus, "the caret in the user field")
    await hand.until(lambda: console.world.liveness.bridge != "", "a bridge", timeout_s=20)
    start_s = time.monotonic()
    await hand.write(login)
    await hand.key(Qt.Key.Key_Return)
    await hand.write(PASSWORD)
    await hand.key(Qt.Key.Key_Return)
    await hand.until(lambda: console.workspace is not None, "the workspace", timeout_s=60)
    return start_s
