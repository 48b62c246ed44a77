// What a person does to the map: keys, clicks, boxes and polygons, and what is chosen said in words.

import { Region, box } from "./region.js";
import * as wire from "./wire.js";

const HIT_PX = 12;
const DRAG_PX = 8;
const STEP = 96, STRIDE = 320; // pixels an arrow key moves the map, with Shift
const CLUSTER_ZOOM = 18; // a cluster that does not come apart by then is opened as a list
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Hands {
  // `view()` is the present one, `redraw()` draws what stands above the lamps, `fit(places)` shows
  // world places, everything without.
  constructor(map, { points, overlay, view, redraw, fit }) {
    Object.assign(this, { map, points, overlay, view, redraw, fit });
    this.region = overlay.region = new Region();
    this.boxed = false; // the click that ends a box is none
    this.corner = null; // where a box began
    this.held = null; // a symbol under a pressed mouse: pulled away it is dragged out of the map
    this.rubber = document.createElement("div");
    this.rubber.className = "leaflet-zoom-box";
    this._makeNotice();
    window.addEventListener("keydown", (event) => this._onKey(event));
    map.on("click", (event) => this._onClick(event));
    map.on("dblclick", (event) => { if (this.region.open) this._close(event.originalEvent.ctrlKey); });
    map.getContainer().addEventListener("mousedown", (event) => this._onPress(event), true);
    window.addEventListener("mousemove", (event) => this._onMove(event));
    window.addEventListener("mouseup", (event) => this._onRelease(event));
  }

  setLook(look) {
    this.texts = look.texts;
    this.clear.title = this.texts.clear;
    this.clear.setAttribute("aria-label", this.texts.clear);
    this.say();
  }

  // -- choosing -----------------------------------------------------------------------------------

  _select(found, add) {
    const told = found.length > 400 ? { bits: wire.bits(found, this.points.count) } : { points: found };
    wire.tell("select", { ...told, add });
  }

  _pick(x, y, add) {
    const hit = this.overlay.hits.findLast((h) => x >= h.x0 && x <= h.x1 && y >= h.y0 && y <= h.y1);
    if (hit && hit.incident) wire.tell("select", { incident: hit.incident });
    else if (hit && hit.cluster) this._openCluster(hit.cluster);
    else {
      const index = this.points.nearest(this.view(), x, y, HIT_PX);
      this._select(index < 0 ? [] : [index], add);
    }
  }

  // Zoom in until a cluster comes apart; what never does is chosen as a whole, for the lists.
  _openCluster({ members, x0, y0, x1, y1 }) {
    const apart = Math.max(x1 - x0, y1 - y0) * 256 * 2 ** CLUSTER_ZOOM > 40;
    if (members.length > 1 && apart && this.map.getZoom() < CLUSTER_ZOOM) this.fit([[x0, y0], [x1, y1]]);
    else wire.tell("select", { marks: members.slice(0, 400).map((mark) => mark.handle) });
  }

  _begin(kind) {
    if (this.region.kind === kind) return;
    this.region.begin(kind);
    this.map.doubleClickZoom.disable();
    this._show();
  }

  _cancel() {
    this.region.cancel();
    this.map.doubleClickZoom.enable();
    this._show();
  }

  _close(add) {
    const polygon = this.region.polygon();
    if (!polygon) return; // too few corners yet: the hint stays
    this._cancel();
    this._select(this.points.inside(polygon), add);
  }

  _corner(x, y, add) {
    if (this.region.add(x, y, this.view())) this._close(add);
    this._show();
  }

  _show() { this.say(); this.redraw(); }

  // -- keys ---------------------------------------------------------------------------------------

  _onKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if ((event.key === " " || event.key === "Enter") && event.target.closest("a, button")) return; // theirs
    const [x, y] = this._middle();
    const { region } = this;
    if (KEYS[event.key]) this._pan(KEYS[event.key], event.shiftKey ? STRIDE : STEP);
    else if (event.key === "+" || event.key === "=") this.map.zoomIn(1, { animate: false });
    else if (event.key === "-") this.map.zoomOut(1, { animate: false });
    else if (event.key === "Home") this.fit();
    else if (event.key === "p" || event.key === "P") this._begin("polygon");
    else if (event.key === "b" || event.key === "B") this._begin("box");
    else if (event.key === "Delete") this._select([], false);
    else if (event.key === "Escape" && this.corner) this._dropBox();
    else if (event.key === " ") {
      this._aim(true);
      if (region.open) this._corner(x, y, event.shiftKey); else this._pick(x, y, event.shiftKey);
    } else if (!region.open) return;
    else if (event.key === "Enter") this._close(event.shiftKey);
    else if (event.key === "Backspace") { region.back(); this._show(); }
    else if (event.key === "Escape") this._cancel();
    else return;
    event.preventDefault();
  }

  _middle() { const { cssWidth, cssHeight } = this.view(); return [cssWidth / 2, cssHeight / 2]; }

  _pan(way, step) {
    this._aim(true);
    this.map.panBy(way.map((k) => k * step), { animate: false });
  }

  // The cross in the middle, where keys point; it goes when the mouse is taken.
  _aim(on) {
    if (on) { const [x, y] = this._middle(); this.region.pointer = { x, y }; }
    if (this.overlay.aim === on) return;
    this.overlay.aim = on;
    this.redraw();
  }

  // -- mouse --------------------------------------------------------------------------------------

  _onClick(event) {
    if (this.boxed) return;
    const { x, y } = event.containerPoint;
    if (this.region.open) this._corner(x, y, event.originalEvent.ctrlKey);
    else this._pick(x, y, event.originalEvent.ctrlKey);
  }

  // What a drag would take away: an incident's mark, or a symbol. Lamps are ground to pan by.
  _takeable(at) {
    const hit = this.overlay.hits.findLast((h) => at.x >= h.x0 && at.x <= h.x1 && at.y >= h.y0 && at.y <= h.y1);
    if (hit) return hit.incident ? { incident: hit.incident } : null;
    const index = this.points.nearest(this.view(), at.x, at.y, HIT_PX);
    return index >= 0 && !this.points.raster[this.points.layer[index]] ? { points: [index] } : null;
  }

  _onPress(event) {
    this.boxed = false;
    if (event.button === 0 && !event.shiftKey && !event.ctrlKey && !this.region.open) {
      const at = this.map.mouseEventToContainerPoint(event), what = this._takeable(at);
      if (what) { this.held = { at, what }; this.map.dragging.disable(); }
    }
    if (!event.shiftKey || event.button !== 0 || this.region.open) return;
    this.corner = this.map.mouseEventToContainerPoint(event);
    this.map.dragging.disable();
    event.stopPropagation(); event.preventDefault();
  }

  _onMove(event) {
    const at = this.map.mouseEventToContainerPoint(event);
    this._aim(false);
    if (this.held && Math.hypot(at.x - this.held.at.x, at.y - this.held.at.y) >= DRAG_PX) {
      wire.tell("drag", this.held.what); // Qt takes the mouse from here: no release comes
      this._letGo();
      this.boxed = true;
    }
    if (this.region.open) { this.region.pointer = at; this.redraw(); }
    if (!this.corner) return;
    if (!this.rubber.parentNode) this.map.getContainer().append(this.rubber);
    Object.assign(this.rubber.style, {
      position: "absolute", zIndex: 500,
      left: `${Math.min(at.x, this.corner.x)}px`, top: `${Math.min(at.y, this.corner.y)}px`,
      width: `${Math.abs(at.x - this.corner.x)}px`, height: `${Math.abs(at.y - this.corner.y)}px`,
    });
  }

  _letGo() {
    if (this.held) { this.held = null; this.map.dragging.enable(); }
  }

  _onRelease(event) {
    this._letGo();
    if (!this.corner) return;
    const at = this.map.mouseEventToContainerPoint(event), from = this.corner, { side, ox, oy } = this.view();
    this._dropBox();
    const world = (p) => [(p.x + ox) / side, (p.y + oy) / side];
    this._select(this.points.inside(box(world(from), world(at))), event.ctrlKey);
  }

  _dropBox() {
    this.corner = null;
    this.boxed = true;
    this.rubber.remove();
    this.map.dragging.enable();
  }

  // -- what is chosen, in words -------------------------------------------------------------------

  _makeNotice() {
    this.notice = document.createElement("div");
    this.notice.className = "beffroi-notice";
    this.notice.setAttribute("role", "status");
    this.hint = document.createElement("span");
    this.count = document.createElement("span");
    this.clear = document.createElement("button");
    this.clear.textContent = "×";
    this.clear.addEventListener("click", () => this._select([], false));
    const chosen = document.createElement("div");
    chosen.append(this.count, this.clear);
    const hint = document.createElement("div");
    hint.append(this.hint);
    this.notice.append(hint, chosen);
    L.DomEvent.disableClickPropagation(this.notice);
    this.map.getContainer().append(this.notice);
  }

  say() {
    if (!this.texts) return;
    const { chosen } = this.overlay.data;
    const digits = String(chosen).replace(/\B(?=(\d{3})+$)/g, this.texts.decimal === "," ? "\u00a0" : ",");
    this.hint.textContent = this.region.open ? this.texts[`${this.region.kind}_hint`] : "";
    this.count.textContent = (chosen === 1 ? this.texts.chosen_one : this.texts.chosen_other).replace("{count}", digits);
    this.hint.parentNode.hidden = !this.region.open;
    this.clear.parentNode.hidden = !chosen;
    // Callouts keep clear of it.
    const { left, top, right, bottom } = this.notice.getBoundingClientRect();
    this.overlay.kept = this.region.open || chosen ? [[left - 4, top - 4, right + 4, bottom + 4]] : [];
  }
}
