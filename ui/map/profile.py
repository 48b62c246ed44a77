"""The browser profile and page of the map: nothing stored, nothing remote, nothing opened."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)

from ui.map.scheme import HOST, SCHEME, SchemeHandler

_log = logging.getLogger(__name__)

_OFF = (
    QWebEngineSettings.WebAttribute.JavascriptCanOpenWindows,
    QWebEngineSettings.WebAttribute.JavascriptCanAccessClipboard,
    QWebEngineSettings.WebAttribute.LocalStorageEnabled,
    QWebEngineSettings.WebAttribute.LocalContentCanAccessRemoteUrls,
    QWebEngineSettings.WebAttribute.LocalContentCanAccessFileUrls,
    QWebEngineSettings.WebAttribute.PluginsEnabled,
    QWebEngineSettings.WebAttribute.HyperlinkAuditingEnabled,
    QWebEngineSettings.WebAttribute.DnsPrefetchEnabled,
    QWebEngineSettings.WebAttribute.NavigateOnDropEnabled,
    QWebEngineSettings.WebAttribute.FullScreenSupportEnabled,
    QWebEngineSettings.WebAttribute.ScreenCaptureEnabled,
    QWebEngineSettings.WebAttribute.WebGLEnabled,
    QWebEngineSettings.WebAttribute.Accelerated2dCanvasEnabled,
    QWebEngineSettings.WebAttribute.AutoLoadIconsForPage,
    QWebEngineSettings.WebAttribute.ErrorPageEnabled,
    QWebEngineSettings.WebAttribute.PdfViewerEnabled,
    QWebEngineSettings.WebAttribute.ShowScrollBars,
    QWebEngineSettings.WebAttribute.ScrollAnimatorEnabled,
    # The page never takes the focus from somebody who types elsewhere (ROOM, rule 28).
    QWebEngineSettings.WebAttribute.FocusOnNavigationEnabled,
)


class Gate(QWebEngineUrlRequestInterceptor):
    """Block and count every request that is not for our own scheme and host."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.allowed = 0
        self.blocked: list[str] = []
        """Addresses refused, the last 100."""

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        """Judge one request; called by Qt on the interface's thread."""
        url = info.requestUrl()
        if url.scheme().encode() == SCHEME and url.host() == HOST:
            self.allowed += 1
            return
        info.block(True)
        self.blocked.append(url.toString())
        del self.blocked[:-100]
        _log.warning("map page: blocked a request to %s", url.toString())


class MapPage(QWebEnginePage):
    """Load our page and no other; its complaints go to the log."""

    complained = Signal(str)

    def acceptNavigationRequest(
        self, url: QUrl | str, _type: QWebEnginePage.NavigationType, _main: bool
    ) -> bool:
        """Refuse to go anywhere but to our own host; called by Qt."""
        url = QUrl(url)
        return url.scheme().encode() == SCHEME and url.host() == HOST

    def javaScriptConsoleMessage(
        self,
        level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        message: str,
        line: int,
        source: str,
    ) -> None:
        """Log what the page says; called by Qt."""
        if level is QWebEnginePage.JavaScriptConsoleMessageLevel.InfoMessageLevel:
            _log.info("map page: %s (%s:%d)", message, source, line)
            return
        _log.warning("map page: %s (%s:%d)", message, source, line)
        self.complained.emit(message)


def make_profile(handler: SchemeHandler, parent: QObject) -> tuple[QWebEngineProfile, Gate]:
    """Return an off-the-record profile that can reach ``handler`` and nothing else.

    The profile must be deleted after its page.
    """
    profile = QWebEngineProfile(parent)
    profile.setSpellCheckEnabled(False)
    profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.NoCache)
    profile.setPersistentCookiesPolicy(
        QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies
    )
    gate = Gate(profile)
    profile.setUrlRequestInterceptor(gate)
    profile.installUrlSchemeHandler(SCHEME, handler)
    profile.downloadRequested.connect(lambda download: download.cancel())
    settings = profile.settings()
    for attribute in _OFF:
        settings.setAttribute(attribute, False)
    return profile, gate
