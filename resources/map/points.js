// The points: typed arrays in, raw pixels out (stamps.js). No object per lamp, no call per change.
//
// Word of a point (32 bits): bits 0-3 state, bit 4 too old, bit 5 chosen, bits 8-15 level in per cent.

import { AGED_BIT, CHOSEN_BIT, FEW, LARGE, SMALL, STATE_MASK, Stamps } from "./stamps.js";

export { AGED_BIT, CHOSEN_BIT, LARGE, SMALL, STATE_MASK };

const NOT_TOLD = 15; // no state: a point is drawn from its first frame on, never as a guess
const REDRAWN = 4000; // so many changes are drawn sooner all together

// The size of all lamps of a view: by zoom at most (the look), and by the room between neighbours
// (docs/adr/0005). A disc with its halo is 15 or 23 pixels wide; half as much ground stays free.
export const MEDIUM = 16;
const FROM = [[LARGE, 17, 34], [MEDIUM, 15, 22]]; // size, lowest zoom, least spacing in pixels
const SPACING_SAMPLES = 2000;
export const SYMBOL_ROOM = 22; // a small symbol with its plate, and as much ground beside it
const ONE_PLACE = 2e6; // of the world's side: equipment nearer than some 15 m stands on one mast
const OCCUPIED_CELL = 16;
const SYMBOL_WEIGHT = 3, CORNERS = [[-8, -8], [8, -8], [8, 8], [-8, 8]];

export function lampSize(zoom, spacing, side) {
  for (const [size, lowest, room] of FROM) if (zoom >= lowest && spacing * side >= room) return size;
  return SMALL;
}

// The median distance from a lamp to the nearest other one, in world units; Infinity for fewer
// than two. Asked of a sample; a lamp with nobody near counts as one cell away.
export function medianSpacing(x, y, chosen) {
  const n = chosen.length;
  if (n < 2) return Infinity;
  let [x0, y0, x1, y1] = [1, 1, 0, 0];
  for (const i of chosen) { x0 = Math.min(x0, x[i]); x1 = Math.max(x1, x[i]); y0 = Math.min(y0, y[i]); y1 = Math.max(y1, y[i]); }
  const cell = Math.max(Math.sqrt(((x1 - x0) * (y1 - y0)) / n), Math.max(x1 - x0, y1 - y0) / n, 1e-12) * 2;
  const cells = new Map();
  const key = (u, v) => u * 1048576 + v;
  for (const i of chosen) {
    const k = key(Math.floor((x[i] - x0) / cell), Math.floor((y[i] - y0) / cell));
    const held = cells.get(k);
    if (held) held.push(i); else cells.set(k, [i]);
  }
  const found = [];
  const step = Math.max(1, Math.floor(n / SPACING_SAMPLES));
  for (let c = 0; c < n; c += step) {
    const i = chosen[c];
    const u = Math.floor((x[i] - x0) / cell), v = Math.floor((y[i] - y0) / cell);
    let best = cell;
    for (let du = -1; du <= 1; du++)
      for (let dv = -1; dv <= 1; dv++)
        for (const j of cells.get(key(u + du, v + dv)) || [])
          if (j !== i) best = Math.min(best, Math.hypot(x[j] - x[i], y[j] - y[i]));
    found.push(best);
  }
  found.sort((p, q) => p - q);
  return found[found.length >> 1];
}

export class Points {
  constructor() {
    this.count = 0;
    this.x = this.y = new Float64Array(0);
    this.words = new Uint32Array(0);
    this.layer = new Uint8Array(0);
    this.symbols = []; // positions that are no lamps
    this.raster = []; // per layer: drawn here (lamps) or as a symbol
    this.hidden = []; // per layer
    this.stamps = null;
    this.spacing = Infinity;
    this.inView = 0;
    this.chosen = 0; // lamps and others whose word says so
    this.told = false; // whether a frame has said what there is
    this.quiet = false; // circuits are drawn below: see givesWay
    this._forgetChanges();
  }

  setCatalogue(x, y, layer, layers) {
    this.count = x.length;
    Object.assign(this, { x, y, layer });
    this.told = false;
    this.chosen = 0;
    this.stamps = null;
    this.words = new Uint32Array(x.length).fill(NOT_TOLD);
    this.raster = layers.map((item) => item.symbol === "lamp");
    this.hidden = layers.map(() => false);
    this.symbols = [];
    const lamps = [];
    for (let i = 0; i < this.count; i++) (this.raster[layer[i]] ? lamps : this.symbols).push(i);
    this.spacing = medianSpacing(x, y, lamps);
    this.spacings = this._spacings(layers.length);
    this.aged = false; // F6: what is too old is drawn wherever it stands
    this.vi = new Int32Array(this.count);
    this.vx = new Int32Array(this.count);
    this.vy = new Int32Array(this.count);
    this.placeOf = new Int32Array(this.count); // position → its number among those in view, or -1
    this._forgetChanges();
  }

  // The size lamps are drawn in: SMALL bitmaps, MEDIUM or LARGE discs.
  size(view) {
    return lampSize(view.zoom, this.spacing, view.side);
  }

  // Of each layer of symbols, the median distance between places.
  _spacings(layers) {
    const { x, y, layer, symbols } = this;
    const places = Array.from({ length: layers }, () => new Map());
    for (const i of symbols) places[layer[i]].set(Math.round(x[i] * ONE_PLACE) * ONE_PLACE + Math.round(y[i] * ONE_PLACE), i);
    return places.map((held) => medianSpacing(x, y, [...held.values()]));
  }

  // Whether symbols of a layer would hide the lamps: then only those that are not well are drawn.
  crowded(layer, view) {
    return !this.raster[layer] && view.zoom < 15 && this.spacings[layer] * view.side < SYMBOL_ROOM;
  }

  // Whether nothing is drawn for a symbol here: it is well, nobody chose it, and its kind is crowded.
  masked(i, view) {
    const word = this.words[i];
    return this.states[word & STATE_MASK] === "good" && !(word & CHOSEN_BIT) &&
      !(this.aged && word & AGED_BIT) && this.crowded(this.layer[i], view);
  }

  setLook(look, states) {
    this.look = look;
    this.states = states;
    this.stamps = null;
  }

  // Take new words. Returns whether anything but lamps changed.
  apply(indexes, words) {
    const { layer, raster, words: own } = this;
    let others = !this.told;
    this.told = true;
    for (let k = 0; k < indexes.length; k++) {
      const i = indexes[k], before = own[i];
      if (before === words[k]) continue;
      own[i] = words[k];
      this.chosen += ((words[k] & CHOSEN_BIT) - (before & CHOSEN_BIT)) / CHOSEN_BIT;
      if (!raster[layer[i]]) others = true;
      else if (this.changed.length < REDRAWN) { this.changed.push(i); this.before.push(before); }
      else this.many = true;
    }
    return others;
  }

  _forgetChanges() {
    this.changed = []; // positions of lamps whose word changed since they were drawn
    this.before = []; // and their words then
    this.many = false; // more than are worth drawing one by one
  }

  // Whether lamps that do as they should give way to the streets of circuits: seen from afar they
  // would hide them. What is not well is always drawn.
  givesWay(view) { return this.quiet && this.size(view) === SMALL; }

  _ordinary(i) {
    const word = this.words[i], state = this.states[word & STATE_MASK];
    return (state === "on" || state === "dimmed" || state === "off") && !(word & CHOSEN_BIT) && !(this.aged && word & AGED_BIT);
  }

  // Gather what lies in view; device pixels rounded exactly as ui/map/projection.py does.
  _gather(view, margin) {
    const { side, ox, oy, ratio, width, height } = view;
    const { x, y, layer, raster, hidden, vi, vx, vy } = this;
    const giving = this.givesWay(view);
    let n = 0;
    for (let i = 0; i < this.count; i++) {
      const px = Math.floor((x[i] * side - ox) * ratio + 0.5);
      if (px < margin || px >= width - margin) continue;
      const py = Math.floor((y[i] * side - oy) * ratio + 0.5);
      if (py < margin || py >= height - margin) continue;
      const l = layer[i];
      if (!raster[l] || hidden[l] || (giving && this._ordinary(i))) continue;
      vi[n] = i; vx[n] = px; vy[n] = py; n++;
    }
    return n;
  }

  // Write every lamp in view into `pixels` (device pixels, RGBA little-endian).
  draw(pixels, view, aged) {
    this.inView = 0;
    this.indexed = false;
    this._forgetChanges();
    if (!this.count || !this.look) return;
    const size = this.size(view);
    if (!this.stamps || !this.stamps.fits(this.look, size, view.width, view.ratio))
      this.stamps = new Stamps(this.look, this.states, size, view.width, view.ratio);
    const { stamps } = this;
    stamps.setEmphasis(aged, this.chosen);
    this.inView = this._gather(view, stamps.reach);
    stamps.draw(pixels, this, this.inView);
  }

  // Whether what changed can be drawn over the picture drawn last: the view is the same, and
  // neither the size of the corners nor most of the lamps are to change.
  canRestamp() {
    const { stamps } = this;
    if (!stamps || this.many || this.quiet) return false; // a lamp that gave way has no place to be drawn at
    return Boolean(stamps.chosen) === Boolean(this.chosen) && (stamps.chosen > FEW) === (this.chosen > FEW);
  }

  // Draw only what changed since, over the ground (`Base.under`); `put` takes each rectangle touched.
  restamp(pixels, ground, view, put) {
    const { stamps, changed, before, placeOf, vi, inView } = this;
    if (!this.indexed) {
      this.indexed = true;
      stamps.index(this, inView, view.height);
      placeOf.fill(-1);
      for (let k = 0; k < inView; k++) placeOf[vi[k]] = k;
    }
    const { clip } = stamps;
    for (let c = 0; c < changed.length; c++) {
      const k = placeOf[changed[c]];
      if (k >= 0 && stamps.restamp(pixels, ground, this, k, before[c]))
        put(clip.x0, clip.y0, clip.x1 - clip.x0 + 1, clip.y1 - clip.y0 + 1);
    }
    this._forgetChanges();
  }

  // How many lamps of the view drawn last lie under each of these rectangles (CSS pixels), counted
  // by squares of 16 pixels: enough to choose the emptier place, at the price of one pass.
  counter(view) {
    const { vi, vx, vy, words, inView } = this;
    const cell = OCCUPIED_CELL * view.ratio;
    const columns = Math.ceil(view.width / cell) + 1, rows = Math.ceil(view.height / cell) + 1;
    const held = new Uint16Array(columns * rows);
    for (let k = 0; k < inView; k++)
      if ((words[vi[k]] & STATE_MASK) !== NOT_TOLD) held[Math.floor(vy[k] / cell) * columns + Math.floor(vx[k] / cell)]++;
    const put = (px, py, weight) => {
      if (px >= 0 && py >= 0 && px < view.width && py < view.height) held[Math.floor(py / cell) * columns + Math.floor(px / cell)] += weight;
    };
    for (const i of this.symbols || []) // few, and each stands for many lamps
      if (!this.hidden[this.layer[i]] && !this.masked(i, view))
        for (const [u, v] of CORNERS) put((this.x[i] * view.side - view.ox + u) * view.ratio, (this.y[i] * view.side - view.oy + v) * view.ratio, SYMBOL_WEIGHT);
    return (x0, y0, x1, y1) => {
      let found = 0;
      const right = Math.min(columns - 1, Math.floor(x1 / OCCUPIED_CELL)), bottom = Math.min(rows - 1, Math.floor(y1 / OCCUPIED_CELL));
      for (let v = Math.max(0, Math.floor(y0 / OCCUPIED_CELL)); v <= bottom; v++)
        for (let u = Math.max(0, Math.floor(x0 / OCCUPIED_CELL)); u <= right; u++) found += held[v * columns + u];
      return found;
    };
  }

  // The point nearest to a place within `reach` CSS pixels; symbols (cabinets) before lamps.
  nearest(view, cx, cy, reach) {
    const { x, y, layer, raster, hidden } = this;
    const crowded = raster.map((_, at) => this.crowded(at, view));
    let best = -1, bestRank = Infinity;
    for (let i = 0; i < this.count; i++) {
      if (hidden[layer[i]] || (crowded[layer[i]] && this.masked(i, view))) continue;
      const d = Math.hypot(x[i] * view.side - view.ox - cx, y[i] * view.side - view.oy - cy);
      if (d > reach) continue;
      const rank = d + (raster[layer[i]] ? reach : 0);
      if (rank < bestRank) { best = i; bestRank = rank; }
    }
    return best;
  }

  // Positions inside a polygon of world places [[x, y], …]; what is hidden is left out.
  inside(polygon) {
    const { x, y, layer, hidden } = this;
    const [us, vs] = [polygon.map((p) => p[0]), polygon.map((p) => p[1])];
    const [x0, x1, y0, y1] = [Math.min(...us), Math.max(...us), Math.min(...vs), Math.max(...vs)];
    const found = [];
    for (let i = 0; i < this.count; i++) {
      if (x[i] < x0 || x[i] > x1 || y[i] < y0 || y[i] > y1 || hidden[layer[i]]) continue;
      let inside = false;
      for (let k = 0, j = us.length - 1; k < us.length; j = k++)
        if (vs[k] > y[i] !== vs[j] > y[i] && x[i] < us[k] + ((y[i] - vs[k]) * (us[j] - us[k])) / (vs[j] - vs[k])) inside = !inside;
      if (inside) found.push(i);
    }
    return found;
  }
}
