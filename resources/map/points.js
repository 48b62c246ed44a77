// The points: typed arrays in, raw pixels out. No object per lamp, no call per change.
//
// Word of a point (32 bits): bits 0-3 state, bit 4 too old, bits 8-15 level in per cent.

import { lamp } from "./marks.js";

const LEVELS = 10; // a disc's level is drawn in tenths
const NORMAL = new Set(["on", "dimmed", "off"]);

export const STATE_MASK = 15;
export const AGED_BIT = 16;
const NOT_TOLD = 15; // no state: a point is drawn from its first frame on, never as a guess

// The size of all lamps of a view: by zoom at most (the look), and by the room between neighbours
// (docs/adr/0005). A disc with its halo is 15 or 23 pixels wide; half as much ground stays free.
export const SMALL = 7, MEDIUM = 16, LARGE = 28;
const FROM = [[LARGE, 17, 34], [MEDIUM, 15, 22]]; // size, lowest zoom, least spacing in pixels
const SPACING_SAMPLES = 2000;
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

function rgba(hex) {
  const n = parseInt(hex.slice(1), 16);
  return (0xff000000 | ((n & 255) << 16) | (n & 0xff00) | (n >> 16)) >>> 0;
}

export class Points {
  constructor() {
    this.count = 0;
    this.x = this.y = new Float64Array(0);
    this.words = new Uint32Array(0);
    this.layer = new Uint8Array(0);
    this.raster = []; // per layer: drawn here (lamps) or as a symbol
    this.hidden = []; // per layer
    this.stamps = null;
    this.sprites = null;
    this.spacing = Infinity;
    this.inView = 0;
    this.told = false; // whether a frame has said what there is
  }

  setCatalogue(x, y, layer, layers) {
    this.count = x.length;
    Object.assign(this, { x, y, layer });
    this.told = false;
    this.words = new Uint32Array(x.length).fill(NOT_TOLD);
    this.raster = layers.map((item) => item.symbol === "lamp");
    this.hidden = layers.map(() => false);
    this.symbols = [];
    const lamps = [];
    for (let i = 0; i < this.count; i++) (this.raster[layer[i]] ? lamps : this.symbols).push(i);
    this.spacing = medianSpacing(x, y, lamps);
    this.vi = new Int32Array(this.count);
    this.vx = new Int32Array(this.count);
    this.vy = new Int32Array(this.count);
  }

  // The size lamps are drawn in: SMALL bitmaps, MEDIUM or LARGE discs.
  size(view) {
    return lampSize(view.zoom, this.spacing, view.side);
  }

  setLook(look, states) {
    this.look = look;
    this.states = states;
    this.stamps = this.sprites = null;
  }

  apply(indexes, words) {
    this.told = true;
    const own = this.words;
    for (let k = 0; k < indexes.length; k++) own[indexes[k]] = words[k];
  }

  // Small bitmaps as runs of offsets, for a canvas `width` device pixels wide.
  _makeStamps(width, ratio) {
    const cell = Math.max(1, Math.round(ratio));
    const c = this.look.colours;
    this.land = rgba(c.map_land);
    this.ink = rgba(c.text_1);
    this.stamps = this.states.map((state) => {
      const rows = this.look.lamp_bitmap[state];
      if (!rows) return null;
      const [w, h] = [rows[0].length * cell, rows.length * cell];
      const [left, top] = [Math.floor(w / 2), Math.floor(h / 2)];
      const body = [];
      for (let v = 0; v < h; v++)
        for (let u = 0; u < w; u++)
          if (rows[Math.floor(v / cell)][Math.floor(u / cell)] === "#")
            body.push((v - top) * width + u - left);
      const colour = state === "off" ? c.map_lamp_off : NORMAL.has(state) ? c.map_lamp_on : c.text_1;
      return {
        body: Int32Array.from(body), colour: rgba(colour), normal: NORMAL.has(state),
        halo: (-top - cell) * width - left - cell, haloWidth: w + 2 * cell, haloHeight: h + 2 * cell,
      };
    });
    this.stampKey = `${width}/${ratio}`;
  }

  _makeSprites(size, ratio) {
    const side = Math.ceil((size >= 28 ? 26 : 17) * ratio);
    const canvas = new OffscreenCanvas(side, side);
    const g = canvas.getContext("2d", { willReadFrequently: true });
    const draw = (state, level) => {
      g.setTransform(1, 0, 0, 1, 0, 0);
      g.clearRect(0, 0, side, side);
      g.setTransform(ratio, 0, 0, ratio, side / 2, side / 2);
      lamp(g, this.look, 0, 0, size, state, level);
      return new Uint32Array(g.getImageData(0, 0, side, side).data.buffer.slice(0));
    };
    this.sprites = this.states.map((state) => {
      if (state !== "dimmed") return [draw(state, 100)];
      return Array.from({ length: LEVELS }, (_, k) => draw(state, ((k + 0.5) * 100) / LEVELS));
    });
    this.spriteSide = side;
    this.spriteKey = `${size}/${ratio}`;
  }

  // Gather what lies in view; device pixels rounded exactly as ui/map/projection.py does.
  _gather(view, margin) {
    const { side, ox, oy, ratio, width, height } = view;
    const { x, y, layer, raster, hidden, vi, vx, vy } = this;
    let n = 0;
    for (let i = 0; i < this.count; i++) {
      const px = Math.floor((x[i] * side - ox) * ratio + 0.5);
      if (px < margin || px >= width - margin) continue;
      const py = Math.floor((y[i] * side - oy) * ratio + 0.5);
      if (py < margin || py >= height - margin) continue;
      const l = layer[i];
      if (!raster[l] || hidden[l]) continue;
      vi[n] = i; vx[n] = px; vy[n] = py; n++;
    }
    return n;
  }

  // Write every lamp in view into `pixels` (device pixels, RGBA little-endian).
  draw(pixels, view, aged) {
    this.inView = 0;
    if (!this.count || !this.look) return 0;
    const wanted = this.size(view);
    const small = wanted === SMALL;
    const cell = Math.max(1, Math.round(view.ratio));
    let n;
    if (small) {
      if (!this.stamps || this.stampKey !== `${view.width}/${view.ratio}`) this._makeStamps(view.width, view.ratio);
      n = this._gather(view, 6 * cell);
      this._drawSmall(pixels, view.width, n);
    } else {
      if (!this.sprites || this.spriteKey !== `${wanted}/${view.ratio}`) this._makeSprites(wanted, view.ratio);
      if (!this.stamps || this.stampKey !== `${view.width}/${view.ratio}`) this._makeStamps(view.width, view.ratio);
      n = this._gather(view, Math.ceil(this.spriteSide / 2));
      this._drawSprites(pixels, view.width, n);
    }
    this.inView = n;
    if (aged) this._outline(pixels, view.width, view.height, n, small ? 5 * cell : (this.spriteSide >> 1) + cell, cell);
    return n;
  }

  // Ordinary lamps first, then what is not ordinary over them; each with its halo of ground.
  _drawSmall(pixels, width, n) {
    const { vi, vx, vy, words, stamps, land } = this;
    for (const normal of [true, false]) {
      for (let k = 0; k < n; k++) {
        const stamp = stamps[words[vi[k]] & STATE_MASK];
        if (!stamp || stamp.normal !== normal) continue;
        const { haloWidth, haloHeight } = stamp;
        let at = vy[k] * width + vx[k] + stamp.halo;
        // A loop: calling fill() for four pixels costs more than writing them.
        for (let v = 0; v < haloHeight; v++, at += width - haloWidth)
          for (let u = 0; u < haloWidth; u++, at++) pixels[at] = land;
      }
      for (let k = 0; k < n; k++) {
        const stamp = stamps[words[vi[k]] & STATE_MASK];
        if (!stamp || stamp.normal !== normal) continue;
        const at = vy[k] * width + vx[k];
        const { body, colour } = stamp;
        for (let b = 0; b < body.length; b++) pixels[at + body[b]] = colour;
      }
    }
  }

  _drawSprites(pixels, width, n) {
    const { vi, vx, vy, words, sprites, spriteSide: side } = this;
    const half = side >> 1;
    for (const normal of [true, false]) {
      for (let k = 0; k < n; k++) {
        const word = words[vi[k]];
        const state = word & STATE_MASK;
        if (NORMAL.has(this.states[state]) !== normal) continue;
        const choice = sprites[state];
        if (!choice) continue;
        const level = Math.min(choice.length - 1, Math.floor((((word >> 8) & 255) * choice.length) / 100));
        const sprite = choice[level];
        let at = (vy[k] - half) * width + vx[k] - half;
        for (let v = 0, s = 0; v < side; v++, at += width - side)
          for (let u = 0; u < side; u++, s++, at++) {
            const pixel = sprite[s];
            if (pixel >>> 24 > 127) pixels[at] = pixel | 0xff000000;
          }
      }
    }
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
      if (!this.hidden[this.layer[i]])
        for (const [u, v] of CORNERS) put((this.x[i] * view.side - view.ox + u) * view.ratio, (this.y[i] * view.side - view.oy + v) * view.ratio, SYMBOL_WEIGHT);
    return (x0, y0, x1, y1) => {
      let found = 0;
      const right = Math.min(columns - 1, Math.floor(x1 / OCCUPIED_CELL)), bottom = Math.min(rows - 1, Math.floor(y1 / OCCUPIED_CELL));
      for (let v = Math.max(0, Math.floor(y0 / OCCUPIED_CELL)); v <= bottom; v++)
        for (let u = Math.max(0, Math.floor(x0 / OCCUPIED_CELL)); u <= right; u++) found += held[v * columns + u];
      return found;
    };
  }

  // F6: a dotted square around every value that is older than it may be.
  _outline(pixels, width, height, n, reach, cell) {
    const { vi, vx, vy, words, ink } = this;
    for (let k = 0; k < n; k++) {
      if (!(words[vi[k]] & AGED_BIT)) continue;
      const [x0, x1] = [Math.max(0, vx[k] - reach), Math.min(width - 1, vx[k] + reach)];
      const [y0, y1] = [Math.max(0, vy[k] - reach), Math.min(height - 1, vy[k] + reach)];
      for (let x = x0; x <= x1; x++)
        if (((x - x0) / cell) & 2) pixels[y0 * width + x] = pixels[y1 * width + x] = ink;
      for (let y = y0; y <= y1; y++)
        if (((y - y0) / cell) & 2) pixels[y * width + x0] = pixels[y * width + x1] = ink;
    }
  }

  // The point nearest to a place within `reach` CSS pixels; symbols (cabinets) before lamps.
  nearest(view, cx, cy, reach) {
    const { x, y, layer, raster, hidden } = this;
    let best = -1, bestRank = Infinity;
    for (let i = 0; i < this.count; i++) {
      if (hidden[layer[i]]) continue;
      const d = Math.hypot(x[i] * view.side - view.ox - cx, y[i] * view.side - view.oy - cy);
      if (d > reach) continue;
      const rank = d + (raster[layer[i]] ? reach : 0);
      if (rank < bestRank) { best = i; bestRank = rank; }
    }
    return best;
  }

  inside(view, x0, y0, x1, y1) {
    const found = [];
    for (let i = 0; i < this.count && found.length < 2000; i++) {
      if (this.hidden[this.layer[i]]) continue;
      const px = this.x[i] * view.side - view.ox, py = this.y[i] * view.side - view.oy;
      if (px >= x0 && px <= x1 && py >= y0 && py <= y1) found.push(i);
    }
    return found;
  }
}
