// Everything that is no lamp: drawn from its kind's own drawing (resources/map/kinds/*.toml), by
// scale. S: a few pixels; M: the shape; L: the shape, a pattern for its quality, and its words.
//
// Each picture is drawn once and copied: there may be hundreds in view. A word is written where no
// other word and no symbol stands, the chosen and the troubled first.

import { BORDER, glyph, pattern, words } from "./marks.js";
import { AGED_BIT, STATE_MASK } from "./stamps.js";

export const S = 7, M = 16, L = 28;
const MANY = 3000; // small symbols in view
const SMALL_HALF = 5; // a small symbol with its plate reaches so far
const NO_VALUE = -32768;
const BOX = 16; // side of the box kinds are drawn in
const TURN = 10; // degrees: a camera is drawn in so many directions
const LABELS_KEPT = 600;
const CROWD = 5; // ordinary small symbols nearer than this are one
const TROUBLED = new Set(["stale", "bad", "unavailable", "disabled", "maintenance"]);

export const sizeAt = (zoom) => (zoom < 15 ? S : zoom < 17 ? M : L);

// A path of the box at a scale, around (0, 0).
function scaled(data, k) {
  const path = new Path2D();
  path.addPath(new Path2D(data), new DOMMatrix([k, 0, 0, k, (-BOX / 2) * k, (-BOX / 2) * k]));
  return path;
}

export class Symbols {
  constructor(points) {
    this.points = points;
    this.kinds = []; // per layer, from symbol_facts.py
    this.sights = new Map();
    this.numbers = new Map();
    this.labels = [];
    this.boxes = []; // [x0, y0, x1, y1] of words drawn last
    this.masked = new Set(); // layers of which the ordinary ones had no room
  }

  setLook(look) { this.look = look; this.pictures = new Map(); this.stamps = new Map(); this.said = new Map(); }

  setFacts({ layers, sights, numbers }) {
    this.kinds = layers;
    this.sights = new Map(sights.map(([i, ...sight]) => [i, sight]));
    this.numbers = new Map(numbers);
    this.pictures = new Map();
    this.stamps = new Map();
  }

  // The value in the upper half of a word, null for none.
  value(i) {
    const kind = this.kinds[this.points.layer[i]];
    if (!kind || !kind.value) return null;
    const raw = this.points.words[i] >> 16;
    return raw === NO_VALUE ? null : raw / 10 ** kind.value.decimals;
  }

  // What is written beside a symbol: its value, or the number or name it goes by.
  text(i) {
    const name = this.numbers.has(i) ? String(this.numbers.get(i)) : this.labels[i] || "";
    const value = this.value(i);
    if (value === null) return { name, said: "" };
    const { decimals, words: form } = this.kinds[this.points.layer[i]].value;
    const digits = Math.abs(value).toFixed(decimals).replace(".", this.look.texts.decimal);
    return { name, said: form.replace("{value}", value < 0 ? `\u2212${digits}` : digits) };
  }

  draw(g, view, { selected, alarmed, aged }) {
    const { points } = this;
    this.boxes = [];
    if (!points.count || !this.kinds.length) return;
    const size = sizeAt(view.zoom);
    const items = this._inView(view, size, selected, alarmed);
    if (size === L) for (const item of items) this._cone(g, view, item);
    const small = items.filter((item) => item.size === S);
    if (small.length > MANY) this._stampAll(g, view, small); // clears what is beneath: first
    else for (const item of small) this._drawSmall(g, view.ratio, item);
    for (const item of items) if (item.size !== S) this._copy(g, view.ratio, item);
    if (aged) for (const item of items) if (points.words[item.i] & AGED_BIT) this._agedFrame(g, item);
    this._words(g, view, items);
  }

  // What is to be drawn, the ordinary first; of ordinary ones that stand on each other, one.
  _inView(view, size, selected, alarmed) {
    const { points } = this;
    const quiet = [], loud = [], crowd = new Set(), masked = this.masked = new Set();
    const crowded = points.hidden.map((_, layer) => points.crowded(layer, view));
    for (const i of points.symbols) {
      const layer = points.layer[i];
      if (points.hidden[layer]) continue;
      const x = points.x[i] * view.side - view.ox, y = points.y[i] * view.side - view.oy;
      if (x < -40 || y < -40 || x > view.cssWidth + 40 || y > view.cssHeight + 40) continue;
      const state = points.states[points.words[i] & STATE_MASK];
      if (!state) continue; // not told yet
      if (crowded[layer] && points.masked(i, view) && !alarmed.has(i)) { masked.add(layer); continue; }
      const chosen = Boolean(selected.has(i) || alarmed.has(i));
      const item = { i, x: Math.round(x), y: Math.round(y), layer, state, chosen, size: chosen ? Math.max(M, size) : size };
      if (chosen || TROUBLED.has(state)) { loud.push(item); continue; }
      if (size === S) {
        const key = ((layer * 16 + (points.words[i] & STATE_MASK)) * 4096 + Math.floor(x / CROWD) + 64) * 4096 + Math.floor(y / CROWD) + 64;
        if (crowd.has(key)) continue;
        crowd.add(key);
      }
      quiet.push(item);
    }
    loud.sort((p, q) => p.chosen - q.chosen);
    return [...quiet, ...loud];
  }

  _drawSmall(g, ratio, { i, x, y, layer, state }) {
    const { picture } = this._stamp(layer, state, this._flat(i, this.kinds[layer]), ratio);
    g.drawImage(picture, x - SMALL_HALF, y - SMALL_HALF, picture.width / ratio, picture.height / ratio);
  }

  // Small symbols as pixels of one image over the whole view: as many as a city ten times as large
  // has, 10,000, take a sixth of the time that copying each takes; 1,000 take longer.
  _stampAll(g, view, items) {
    const { width, height, ratio } = view;
    if (!this.image || this.image.width !== width || this.image.height !== height) {
      this.image = new ImageData(width, height);
      this.pixels = new Uint32Array(this.image.data.buffer);
    }
    const { pixels } = this;
    pixels.fill(0);
    for (const { i, x, y, layer, state } of items) {
      const stamp = this._stamp(layer, state, this._flat(i, this.kinds[layer]), ratio);
      const left = Math.round((x - SMALL_HALF) * ratio), top = Math.round((y - SMALL_HALF) * ratio);
      const { u, v, colour } = stamp;
      for (let k = 0; k < colour.length; k++) {
        const px = left + u[k], py = top + v[k];
        if (px >= 0 && py >= 0 && px < width && py < height) pixels[py * width + px] = colour[k];
      }
    }
    g.putImageData(this.image, 0, 0);
  }

  _stamp(layer, state, flat, ratio) {
    const key = `${layer}/${state}/${flat}/${ratio}`;
    let stamp = this.stamps.get(key);
    if (stamp) return stamp;
    const side = Math.ceil((2 * SMALL_HALF + 1) * ratio);
    const picture = new OffscreenCanvas(side, side);
    const own = picture.getContext("2d", { willReadFrequently: true });
    own.setTransform(ratio, 0, 0, ratio, SMALL_HALF * ratio, SMALL_HALF * ratio);
    this._small(own, this.kinds[layer], state, flat);
    const drawn = new Uint32Array(own.getImageData(0, 0, side, side).data.buffer);
    const at = [...drawn.keys()].filter((k) => drawn[k] >>> 24);
    stamp = { picture, u: at.map((k) => k % side), v: at.map((k) => Math.floor(k / side)), colour: at.map((k) => drawn[k]) };
    this.stamps.set(key, stamp);
    return stamp;
  }

  _flat(i, kind) {
    if (kind.flat === undefined) return false;
    const value = this.value(i);
    return value !== null && value < kind.flat_below;
  }

  _copy(g, ratio, { i, x, y, layer, state, size }) {
    const kind = this.kinds[layer];
    const value = this.value(i);
    const flat = this._flat(i, kind);
    const bearing = kind.turned && this.sights.has(i) ? this.sights.get(i)[0] : null;
    const turn = bearing === null ? 0 : Math.round(bearing / TURN) * TURN;
    const level = kind.scale && value !== null ? Math.round(20 * Math.max(0, Math.min(1, (value - kind.scale[0]) / (kind.scale[1] - kind.scale[0])))) : -1;
    const key = `${layer}/${state}/${size}/${flat}/${turn}/${level}/${ratio}`;
    let picture = this.pictures.get(key);
    const side = size + 8, half = Math.floor(side / 2);
    if (!picture) {
      picture = new OffscreenCanvas(Math.ceil(side * ratio), Math.ceil(side * ratio));
      const own = picture.getContext("2d", { willReadFrequently: true });
      own.setTransform(ratio, 0, 0, ratio, half * ratio, half * ratio);
      this._shape(own, (flat && kind.flat) || kind.shape, size, state, turn, level / 20);
      this.pictures.set(key, picture);
    }
    g.drawImage(picture, x - half, y - half, picture.width / ratio, picture.height / ratio);
  }

  // Pixels: the kind's own while good; a dotted mark while nobody knows; else the framed bitmap.
  _small(g, kind, state, flat) {
    const c = this.look.colours;
    const put = (rows, colour) => {
      g.fillStyle = colour;
      const left = -Math.floor(rows[0].length / 2), top = -Math.floor(rows.length / 2);
      rows.forEach((row, v) => [...row].forEach((mark, u) => { if (mark === "#") g.fillRect(left + u, top + v, 1, 1); }));
    };
    const own = (flat && kind.pixels_flat) || kind.pixels;
    g.fillStyle = c.map_land;
    if (state === "good") {
      g.fillRect(-Math.floor(own[0].length / 2) - 1, -Math.floor(own.length / 2) - 1, own[0].length + 2, own.length + 2);
      put(own, c.text_2);
    } else if (state === "unknown") {
      // No plate beneath: hundreds that nobody hears of must not hide the lamps.
      put(["#.#.#.#", ".......", "#.....#", ".......", "#.....#", ".......", "#.#.#.#"], c.text_2);
    } else {
      g.fillRect(-5, -5, 11, 11);
      g.strokeStyle = c.text_1; g.lineWidth = 1; g.strokeRect(-3.5, -3.5, 8, 8);
      put(this.look.lamp_bitmap[state], c.text_1);
    }
  }

  _shape(g, shape, size, state, turn, level) {
    const c = this.look.colours;
    const k = size === L ? 1.55 : 1;
    const outline = new Path2D();
    outline.addPath(scaled(shape.outline, k), new DOMMatrix().rotate(turn));
    const good = state === "good";
    g.lineJoin = "round";
    g.strokeStyle = g.fillStyle = c.map_land; g.lineWidth = 4.4;
    g.stroke(outline); g.fill(outline);
    if (!good) { this._troubled(g, outline, size, state); return; }
    g.strokeStyle = g.fillStyle = c.text_2; g.lineWidth = 1.4;
    if (shape.solid) g.fill(outline);
    g.stroke(outline);
    g.rotate((turn * Math.PI) / 180);
    if (shape.line) g.stroke(scaled(shape.line, k));
    if (shape.ink) g.fill(scaled(shape.ink, k));
    if (shape.level && level >= 0) {
      const [x, y, w, h] = shape.level.map((part, at) => (at < 2 ? part - BOX / 2 : part) * k);
      g.fillStyle = c.data;
      g.fillRect(x, y + h * (1 - level), w, h * level);
    }
    if (shape.cut) { g.fillStyle = c.map_land; g.fill(scaled(shape.cut, k)); }
  }

  // The silhouette with its quality's border and glyph; at L also its pattern.
  _troubled(g, outline, size, state) {
    const c = this.look.colours;
    const half = size === L ? 13 : 8;
    if (size === L) pattern(g, this.look, state, outline, { x: -half, y: -half, s: 2 * half });
    g.strokeStyle = state === "unknown" ? c.text_2 : c.text_1;
    g.lineWidth = 1.3;
    g.setLineDash(BORDER[state] || []);
    g.stroke(outline);
    g.setLineDash([]);
    if (state === "bad") { g.save(); g.scale(0.7, 0.7); g.lineWidth = 1; g.stroke(outline); g.restore(); }
    if (state === "unknown" && size !== L) return; // dotted says it; a page of "?" says nothing
    const s = size === L ? 10 : 7;
    g.fillStyle = c.map_land;
    g.fillRect(-s / 2 - 1.5, -s / 2 - 1.5, s + 3, s + 3);
    glyph(g, this.look, state, 0, 0, s, c.text_1);
  }

  // What a camera sees, as far as it shows a person. One that turns, or of which nobody knows where
  // it looks, has a circle, and only while it is chosen: a street of circles says nothing.
  _cone(g, view, { i, x, y, layer, chosen }) {
    if (!this.kinds[layer].turned || !this.sights.has(i)) return;
    const [bearing, width, range] = this.sights.get(i);
    if (bearing === null && !chosen) return;
    const lat = Math.atan(Math.sinh(Math.PI * (1 - 2 * this.points.y[i])));
    const r = (range * view.side) / (40075016.686 * Math.cos(lat));
    const c = this.look.colours;
    g.save();
    g.beginPath();
    if (bearing === null || width >= 360) g.arc(x, y, r, 0, 2 * Math.PI);
    else {
      const middle = ((bearing - 90) * Math.PI) / 180, half = (width * Math.PI) / 360;
      g.moveTo(x, y); g.arc(x, y, r, middle - half, middle + half); g.closePath();
    }
    g.strokeStyle = c.text_3; g.lineWidth = 1; g.setLineDash([4, 3]);
    g.stroke();
    g.restore();
  }

  _agedFrame(g, { x, y, size }) {
    const half = size === L ? 16 : size === M ? 11 : 6;
    g.save();
    g.strokeStyle = this.look.colours.text_1; g.lineWidth = 1; g.setLineDash([2, 2]);
    g.strokeRect(x - half - 0.5, y - half - 0.5, 2 * half + 1, 2 * half + 1);
    g.restore();
  }

  // S: the chosen. M: also the troubled, numbers and values. L: everything. None over another.
  _words(g, view, items) {
    const taken = new Map(); // squares of 48 pixels → rectangles
    const around = ([x0, y0, x1, y1]) => {
      const found = [];
      for (let u = Math.floor(x0 / 48); u <= Math.floor(x1 / 48); u++)
        for (let v = Math.floor(y0 / 48); v <= Math.floor(y1 / 48); v++) found.push(u * 4096 + v);
      return found;
    };
    const put = (rect) => { for (const key of around(rect)) (taken.get(key) || taken.set(key, []).get(key)).push(rect); };
    const free = ([x0, y0, x1, y1]) => around([x0, y0, x1, y1]).every((key) =>
      (taken.get(key) || []).every((t) => x0 >= t[2] || x1 <= t[0] || y0 >= t[3] || y1 <= t[1]));
    const half = (size) => (size === L ? 13 : size === M ? 9 : 4);
    for (const { x, y, size } of items) put([x - half(size), y - half(size), x + half(size), y + half(size)]);
    for (const item of items.toReversed()) {
      const { i, x, y, size, state, chosen } = item;
      if (size === S || (size === M && !chosen && !this._speaks(item))) continue;
      const { name, said } = this.text(i);
      const text = size === L && said ? `${name} ${said}` : size === M && !chosen && said ? said : name;
      if (!text) continue;
      const picture = this._label(text, chosen || state !== "unknown", state === "stale", view.ratio);
      const w = Math.ceil(picture.width / view.ratio), h = Math.ceil(picture.height / view.ratio), gap = half(size) + 2;
      const place = [[x - w / 2, y + gap], [x + gap, y - h / 2], [x - w / 2, y - gap - h], [x - gap - w, y - h / 2]]
        .find(([left, top]) => free([left + 3, top + 2, left + w - 3, top + h - 2]));
      if (!place) continue;
      const [left, top] = place.map(Math.round);
      put([left, top, left + w, top + h]);
      this.boxes.push([left, top, left + w, top + h]);
      g.drawImage(picture, left, top, w, h);
    }
  }

  _speaks({ i, layer, state }) {
    const kind = this.kinds[layer];
    return (TROUBLED.has(state) && state !== "disabled") || (state === "good" && (this.numbers.has(i) || (kind.value !== undefined && kind.value.medium)));
  }

  // Words with their halo, drawn once: stroking letters is what costs.
  _label(text, strong, stale, ratio) {
    const key = `${text}/${strong}/${stale}/${ratio}`;
    let picture = this.said.get(key);
    if (picture) return picture;
    if (this.said.size >= LABELS_KEPT) this.said.clear();
    const font = { size: 12, bold: strong, colour: stale ? this.look.colours.text_3 : strong ? this.look.colours.text_1 : this.look.colours.text_2, align: "left" };
    const measure = new OffscreenCanvas(1, 1).getContext("2d");
    measure.font = `${strong ? "bold " : ""}12px ${this.look.fonts}`;
    const w = Math.ceil(measure.measureText(text).width);
    picture = new OffscreenCanvas(Math.ceil((w + 6) * ratio), Math.ceil(18 * ratio));
    const g = picture.getContext("2d", { willReadFrequently: true });
    g.scale(ratio, ratio);
    words(g, this.look, text, 3, 9, font);
    if (stale) {
      g.strokeStyle = this.look.colours.text_3; g.lineWidth = 1; g.setLineDash([3, 2]);
      g.beginPath(); g.moveTo(3, 15.5); g.lineTo(w + 3, 15.5); g.stroke();
    }
    this.said.set(key, picture);
    return picture;
  }
}
