"""Taking and leaving the seat: a person at the form, or a wall by itself."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from PySide6.QtCore import QObject

from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.wire import PROTOCOL_MAJOR, PROTOCOL_MINOR
from console.app_kiosk import Kiosk
from console.app_link import LinkBridge
from console.link.settings import SettingsError
from console.state.liveness import LinkWord
from console.state.world import World
from ui.shell.signin import SignInView
from ui.texts import text

MUST_CHANGE = "error.sign_in.must_change"
PROTOCOL = f"{PROTOCOL_MAJOR}.{PROTOCOL_MINOR}"
ABOUT_NEW_PASSWORD = "error.password."  # noqa: S105 - beginning of text keys, not a secret

_log = structlog.get_logger("console.signing")

Spawn = Callable[[Coroutine[Any, Any, None]], None]


class Signing(QObject):
    """Carry the form's words to the bridge and the bridge's to the form.

    Args:
        view: the form.
        link: asks the bridge.
        world: who is signed in, and how the link does.
        spawn: owns the coroutines.
        notify: says something to whoever sits here.
        kiosk: signs a wall in by itself; ``None`` at a desk.
        parent: Qt parent.
    """

    def __init__(
        self,
        view: SignInView,
        link: LinkBridge,
        world: World,
        spawn: Spawn,
        notify: Callable[[str], None],
        *,
        kiosk: Kiosk | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._link = link
        self._world = world
        self._spawn = spawn
        self._notify = notify
        self._version_said = PROTOCOL
        self._sentence = ""
        self._standing = False
        self._kiosk = kiosk
        self._busy = False
        view.submitted.connect(self._on_view_submitted)
        if kiosk is not None:
            view.touched.connect(kiosk.touch)
            view.say(text("ui.kiosk.waiting"))

    def look(self) -> None:
        """Show how the link does, and let a wall sign itself in when it is time.

        Call it when the link or the session changed, and a few times a second.
        """
        if self._world.session is not None:
            self._say_version()
            return
        self._show_link()
        kiosk = self._kiosk
        ready = self._world.liveness.word is LinkWord.SIGNED_OUT and not self._busy
        if kiosk is not None and ready and kiosk.due():
            self._busy = True
            self._spawn(self._sign_in_kiosk(kiosk))

    def session_began(self) -> None:
        """Note that somebody sits here now."""
        if self._kiosk is not None:
            self._kiosk.signed_in()

    async def sign_out(self) -> None:
        """Leave the seat because a person asked for it."""
        session = self._world.session
        if self._kiosk is not None and session is not None:
            self._kiosk.leave(session.user)
            if self._kiosk.left:
                self._view.say(text("ui.kiosk.left"))
        await self._link.sign_out()

    # -- a person -------------------------------------------------------------------------------

    def _on_view_submitted(self, user: str, password: str, seat: str, new_password: str) -> None:
        self._busy = True
        self._standing = False  # what stands there from now on is about this sign-in
        self._spawn(self._sign_in(user, password, seat, new_password))

    async def _sign_in(self, user: str, password: str, seat: str, new_password: str) -> None:
        try:
            await self._link.sign_in(user, password, seat, new_password)
        except RequestError as error:
            words = text(error.text_key, **error.params)
            if error.text_key == MUST_CHANGE:
                self._view.ask_new_password(words)
            else:
                about_new = error.text_key.startswith(ABOUT_NEW_PASSWORD)
                self._view.show_error(words, about_new=about_new)
        else:
            self._view.accepted()
        finally:
            self._view.set_busy(busy=False)
            self._busy = False

    # -- a wall ---------------------------------------------------------------------------------

    async def _sign_in_kiosk(self, kiosk: Kiosk) -> None:
        settings = kiosk.settings
        try:
            password = kiosk.begin()
            await self._link.sign_in(settings.user, password, settings.seat)
        except SettingsError as error:
            _log.warning("kiosk_password_file", problem=str(error))
            self._view.say(text("ui.kiosk.password_file", path=settings.password_file))
        except RequestError as error:
            seconds = kiosk.refused(error)
            _log.warning("kiosk_not_signed_in", why=error.text_key, again_s=seconds)
            if not self._view.busy:  # a person signing in meanwhile reads of his own sign-in
                reason = text(error.text_key, **error.params)
                self._view.say(text("ui.kiosk.refused", reason=reason, seconds=seconds))
        else:
            self._view.accepted()
        finally:
            self._busy = False

    def _show_link(self) -> None:
        """Show one line of how the link does, and below it the whole sentence where one matters."""
        liveness = self._world.liveness
        sentence = ""
        where = " · ".join(part for part in (liveness.bridge, liveness.address) if part)
        if liveness.word in (LinkWord.CONNECTING, LinkWord.LOST):
            sentence = text(liveness.text_key, **liveness.params) if liveness.text_key else ""
            self._view.set_link(
                "unavailable",
                text("ui.signin.link.connecting"),
                text("ui.signin.link.connecting.detail"),
            )
        elif liveness.word is LinkWord.REFUSED:
            sentence = text(liveness.text_key, **liveness.params) if liveness.text_key else ""
            self._view.set_link("bad", text("ui.signin.link.refused"), where)
        elif sentence := _other_version(liveness.protocol):
            self._view.set_link("stale", text("ui.signin.link.other_version"), where)
        else:
            self._view.set_link("good", text("ui.signin.link.ready"), where)
        if sentence != self._sentence and not self._busy:
            if sentence or self._standing:
                self._view.say(sentence)
            self._sentence, self._standing = sentence, bool(sentence)

    def _say_version(self) -> None:
        """Say once to whoever sits here that the bridge is of another minor version."""
        spoken = self._world.liveness.protocol
        if not spoken or spoken == self._version_said:
            return
        self._version_said = spoken
        other = _other_version(spoken)
        if other:
            self._notify(other)


def _other_version(spoken: str) -> str:
    """Return what a bridge of another minor version means and what to do, empty for none."""
    if spoken in ("", PROTOCOL):
        return ""
    newer = int(spoken.partition(".")[2]) > PROTOCOL_MINOR
    key = "link.version.bridge_newer" if newer else "link.version.bridge_older"
    return text(key, bridge=spoken, console=PROTOCOL)
