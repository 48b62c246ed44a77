"""What folium writes of the map page: its HTML, what it writes inline turned into served files.

Importing folium takes longer than anything else at a start, so ``ui.map.page`` imports this module
only when the page has to be written anew.
"""

from __future__ import annotations

import html
from html.parser import HTMLParser

import folium

from ui.map.scheme import ORIGIN, Reply

SCRIPT = "text/javascript"
STYLE = "text/css"


class FoliumError(RuntimeError):
    """Say that folium's page has a form this program does not know."""


class _Map(folium.Map):
    """A map with its own lists: ``Map.add_js_link`` would change one shared by all maps."""

    default_js = [("leaflet-js", f"{ORIGIN}/vendor/leaflet.js")]  # noqa: RUF012 - as folium declares it
    default_css = [  # noqa: RUF012 - as folium declares it
        ("leaflet", f"{ORIGIN}/vendor/leaflet.css"),
        ("beffroi", f"{ORIGIN}/map.css"),
    ]


def write() -> dict[str, Reply]:
    """Return the page and the files that hold what folium writes inline, by URL path.

    Raises:
        FoliumError: folium's page has an unexpected form.
    """
    page = _Map(
        location=(0, 0),
        zoom_start=3,
        tiles=None,
        zoom_control=False,
        attribution_control=False,
        # Nothing glides: the picture is either here or there (LOOK: nothing moves).
        zoom_animation=False,
        fade_animation=False,
        marker_zoom_animation=False,
        inertia=False,
        keyboard=False,
        box_zoom=False,
        double_click_zoom=False,
        zoom_snap=0.25,
        wheel_px_per_zoom_level=120,
        minZoom=8,
        maxZoom=20,
    )
    page._id = "beffroi"
    splitter = _Splitter()
    splitter.feed(page.get_root().render())
    splitter.close()
    found = {path: Reply(mime, body.encode()) for path, (mime, body) in splitter.taken.items()}
    found["/index.html"] = Reply("text/html", splitter.page().encode())
    return found


class _Splitter(HTMLParser):
    """Pass HTML through, turning inline scripts and styles into files named after their order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.taken: dict[str, tuple[str, str]] = {}
        self._out: list[str] = []
        self._inline: list[str] | None = None

    def page(self) -> str:
        """Return the page, our own script last, once Leaflet's map exists."""
        text = "".join(self._out)
        end = "</html>"
        if end not in text or not self.taken:
            raise FoliumError(
                "folium's page has no end or no script: this version is not known here"
            )
        own = f'<script type="module" src="{ORIGIN}/main.js"></script>\n'
        return text.replace(end, own + end)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Pass a tag on, or start taking what an inline one holds."""
        names = {name for name, _ in attrs}
        if "style" in names or any(name.startswith("on") for name in names):
            raise FoliumError(f"folium wrote an inline attribute in <{tag}>: the policy forbids it")
        if (tag == "script" and "src" not in names) or tag == "style":
            self._inline = []
            return
        self._out.append(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Pass a closed tag on."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Pass an end on, or put a link where an inline script or style was."""
        if self._inline is None:
            self._out.append(f"</{tag}>")
            return
        body = "".join(self._inline)
        self._inline = None
        script = tag == "script"
        path = f"/folium/{len(self.taken) + 1}.{'js' if script else 'css'}"
        self.taken[path] = (SCRIPT if script else STYLE, body)
        address = html.escape(ORIGIN + path)
        self._out.append(
            f'<script src="{address}"></script>'
            if script
            else f'<link rel="stylesheet" href="{address}"/>'
        )

    def handle_data(self, data: str) -> None:
        """Keep text where it belongs."""
        (self._out if self._inline is None else self._inline).append(data)

    def handle_entityref(self, name: str) -> None:
        """Keep an entity as written."""
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Keep a character reference as written."""
        self.handle_data(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        """Keep the document type."""
        self._out.append(f"<!{decl}>")
