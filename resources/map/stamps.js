// Lamps as raw pixels: one stamp for each state and level, written into an array of device pixels.
//
// From the ground up: what makes many stand out, F6's dotted squares and the corners of chosen lamps,
// so that it hides none; ordinary lamps, each on a border of land; the corners of a few chosen ones;
// lamps that are not ordinary. Within a layer the catalogue's order decides. `draw` writes
// everything, `restamp` only around what changed; both give the same picture to the pixel.

import { lamp } from "./marks.js";

const LEVELS = 10; // a disc's level is drawn in tenths
const NORMAL = new Set(["on", "dimmed", "off"]);
const SHIFT = 3; // neighbours are looked up by squares of 2 ** SHIFT device pixels
export const FEW = 60; // so many chosen lamps wear large corners; more would hide one another

export const STATE_MASK = 15, AGED_BIT = 16, CHOSEN_BIT = 32;
export const SMALL = 7, LARGE = 28;

export function rgba(hex) {
  const n = parseInt(hex.slice(1), 16);
  return (0xff000000 | ((n & 255) << 16) | (n & 0xff00) | (n >> 16)) >>> 0;
}

// A stamp: pixels (u, v) around a centre with their colours, `reach` from it at most. `border` is
// the side of the square of land beneath, from (left, top); 0 for none.
function stamp(pixels, normal = true, border = null) {
  const count = pixels.length;
  const made = {
    normal, border, u: new Int16Array(count), v: new Int16Array(count),
    colour: new Uint32Array(count), at: new Int32Array(count), reach: 0,
  };
  pixels.forEach(([u, v, colour], k) => {
    made.u[k] = u; made.v[k] = v; made.colour[k] = colour;
    made.reach = Math.max(made.reach, Math.abs(u), Math.abs(v));
  });
  if (border) made.reach = Math.max(made.reach, -border.left, -border.top, border.left + border.width - 1, border.top + border.height - 1);
  return made;
}

export class Stamps {
  // For lamps of `size` on a canvas `width` device pixels wide, at `ratio` device pixels a pixel.
  constructor(look, states, size, width, ratio) {
    Object.assign(this, { look, size, width, ratio });
    this.cell = Math.max(1, Math.round(ratio));
    this.clip = { x0: 0, y0: 0, x1: 0, y1: 0 }; // the rectangle drawn again last
    this.around = []; // lamps near it, and the stamp of each
    this.made = [];
    this.land = rgba(look.colours.map_land);
    this.ofState = states.map((state) => (size === SMALL ? this._bitmaps(state) : this._discs(state)));
    const all = this.ofState.flat().filter(Boolean);
    this.reach = all.reduce((most, item) => Math.max(most, item.reach), 0);
    const edge = size === SMALL ? 5 * this.cell : this.reach + 1 + this.cell;
    this.outline = this._dotted(edge);
    const half = Math.round((size === SMALL ? 8 : size === LARGE ? 17 : 13) * ratio);
    this.corners = this._corners(half, Math.max(4, Math.round(half / 2)), 2 * this.cell);
    this.tightCorners = size === SMALL ? this._corners(4 * this.cell, 2 * this.cell, this.cell) : this.corners;
    for (const item of [...all, this.outline, this.corners, this.tightCorners])
      for (let k = 0; k < item.u.length; k++) item.at[k] = item.v[k] * width + item.u[k];
  }

  fits(look, size, width, ratio) {
    return this.look === look && this.size === size && this.width === width && this.ratio === ratio;
  }

  _bitmaps(state) {
    const rows = this.look.lamp_bitmap[state];
    if (!rows) return null;
    const { cell } = this, c = this.look.colours;
    const width = rows[0].length * cell, height = rows.length * cell;
    const left = -Math.floor(width / 2), top = -Math.floor(height / 2);
    const normal = NORMAL.has(state);
    const colour = rgba(state === "off" ? c.map_lamp_off : normal ? c.map_lamp_on : c.text_1);
    const pixels = [];
    for (let v = 0; v < height; v++)
      for (let u = 0; u < width; u++)
        if (rows[Math.floor(v / cell)][Math.floor(u / cell)] === "#") pixels.push([left + u, top + v, colour]);
    return [stamp(pixels, normal, { left: left - cell, top: top - cell, width: width + 2 * cell, height: height + 2 * cell })];
  }

  _discs(state) {
    const { ratio, size } = this;
    const side = Math.ceil((size === LARGE ? 26 : 17) * ratio), half = side >> 1;
    const canvas = new OffscreenCanvas(side, side);
    const g = canvas.getContext("2d", { willReadFrequently: true });
    const draw = (level) => {
      g.setTransform(1, 0, 0, 1, 0, 0);
      g.clearRect(0, 0, side, side);
      g.setTransform(ratio, 0, 0, ratio, side / 2, side / 2);
      lamp(g, this.look, 0, 0, size, state, level);
      const found = new Uint32Array(g.getImageData(0, 0, side, side).data.buffer);
      const pixels = [];
      found.forEach((colour, k) => {
        if (colour >>> 24 > 127) pixels.push([(k % side) - half, Math.floor(k / side) - half, (colour | 0xff000000) >>> 0]);
      });
      return stamp(pixels, NORMAL.has(state));
    };
    if (state !== "dimmed") return [draw(100)];
    return Array.from({ length: LEVELS }, (_, k) => draw(((k + 0.5) * 100) / LEVELS));
  }

  _dotted(edge) {
    const ink = rgba(this.look.colours.text_1), pixels = [];
    for (let k = -edge; k <= edge; k++)
      if (Math.floor((k + edge) / this.cell) & 2) pixels.push([k, -edge, ink], [k, edge, ink], [-edge, k, ink], [edge, k, ink]);
    return stamp(pixels);
  }

  _corners(half, arm, thick) {
    const accent = rgba(this.look.colours.accent), pixels = [];
    for (const [sx, sy] of [[-1, -1], [1, -1], [1, 1], [-1, 1]])
      for (let a = 0; a <= arm; a++)
        for (let t = 0; t < thick; t++) {
          pixels.push([sx * (half - a), sy * (half - t), accent]);
          if (a >= thick) pixels.push([sx * (half - t), sy * (half - a), accent]);
        }
    return stamp(pixels);
  }

  // The stamp of a word; undefined or null for what is not drawn (not told yet).
  of(word) {
    const levels = this.ofState[word & STATE_MASK];
    if (!levels) return null;
    return levels.length === 1 ? levels[0] : levels[Math.min(levels.length - 1, Math.floor((((word >> 8) & 255) * levels.length) / 100))];
  }

  // Which words of lamps stand out: F6's outlines when `aged`, and the corners of `chosen` lamps.
  setEmphasis(aged, chosen) {
    this.aged = aged;
    this.chosen = chosen;
    this.corner = chosen > FEW ? this.tightCorners : this.corners;
    this.under = (aged ? AGED_BIT : 0) | (chosen > FEW ? CHOSEN_BIT : 0);
    this.over = chosen && chosen <= FEW ? CHOSEN_BIT : 0;
    this.mask = (aged ? AGED_BIT : 0) | (chosen ? CHOSEN_BIT : 0);
    this.near = Math.max(this.reach, aged ? this.outline.reach : 0, chosen ? this.corner.reach : 0);
  }

  // Write `n` lamps: words[vi[k]] at device pixel (vx[k], vy[k]), no nearer to an edge than `reach`.
  draw(pixels, { vi, vx, vy, words }, n) {
    const { width, under, over } = this;
    const all = { x0: 0, y0: 0, x1: width - 1, y1: pixels.length / width - 1 };
    if (under) for (let k = 0; k < n; k++) this._emphasise(pixels, words[vi[k]] & under, vx[k], vy[k], all);
    this._layer(pixels, vi, vx, vy, words, n, true);
    if (over) for (let k = 0; k < n; k++) this._emphasise(pixels, words[vi[k]] & over, vx[k], vy[k], all);
    this._layer(pixels, vi, vx, vy, words, n, false);
  }

  _emphasise(pixels, word, x, y, clip) {
    if (word & AGED_BIT) this._within(pixels, this.outline, x, y, clip);
    if (word & CHOSEN_BIT) this._within(pixels, this.corner, x, y, clip);
  }

  _layer(pixels, vi, vx, vy, words, n, normal) {
    const { width, land } = this;
    if (this.size === SMALL)
      for (let k = 0; k < n; k++) {
        const made = this.of(words[vi[k]]);
        if (!made || made.normal !== normal) continue;
        const { border } = made;
        let at = (vy[k] + border.top) * width + vx[k] + border.left;
        // A loop: calling fill() for four pixels costs more than writing them.
        for (let v = 0; v < border.height; v++, at += width - border.width)
          for (let u = 0; u < border.width; u++, at++) pixels[at] = land;
      }
    for (let k = 0; k < n; k++) {
      const made = this.of(words[vi[k]]);
      if (!made || made.normal !== normal) continue;
      const centre = vy[k] * width + vx[k];
      const { at, colour } = made;
      for (let b = 0; b < at.length; b++) pixels[centre + at[b]] = colour[b];
    }
  }

  // -- only what changed --------------------------------------------------------------------------

  // Remember where the `n` lamps drawn last stand, so that neighbours are found.
  index({ vx, vy }, n, height) {
    const columns = (this.width >> SHIFT) + 1, rows = (height >> SHIFT) + 1;
    const first = new Int32Array(columns * rows).fill(-1), next = new Int32Array(n);
    for (let k = n - 1; k >= 0; k--) { // backwards, so that each square lists them forwards
      const square = (vy[k] >> SHIFT) * columns + (vx[k] >> SHIFT);
      next[k] = first[square];
      first[square] = k;
    }
    this.squares = { columns, rows, first, next, height };
  }

  // Draw again around lamp `k`, whose word was `before`, over the ground, which `restore`s itself
  // in a rectangle. Returns whether anything may have changed, then within `clip`.
  restamp(pixels, ground, lamps, k, before) {
    const { vi, vx, vy, words } = lamps, { clip, width } = this;
    const after = words[vi[k]];
    const old = this.of(before), now = this.of(after);
    const stands = (before | after) & this.mask;
    if (old === now && !((before ^ after) & this.mask)) return false;
    const reach = Math.max(old ? old.reach : 0, now ? now.reach : 0,
      stands & AGED_BIT ? this.outline.reach : 0, stands & CHOSEN_BIT ? this.corner.reach : 0);
    clip.x0 = Math.max(0, vx[k] - reach); clip.x1 = Math.min(width - 1, vx[k] + reach);
    clip.y0 = Math.max(0, vy[k] - reach); clip.y1 = Math.min(this.squares.height - 1, vy[k] + reach);
    ground.restore(pixels, clip);
    const count = this._around(lamps, clip);
    const { around, made } = this;
    for (let a = 0; a < count; a++) made[a] = this.of(words[vi[around[a]]]);
    const emphasise = (bits) => {
      for (let a = 0; bits && a < count; a++) this._emphasise(pixels, words[vi[around[a]]] & bits, vx[around[a]], vy[around[a]], clip);
    };
    emphasise(this.under);
    this._clippedLayer(pixels, vx, vy, count, true);
    emphasise(this.over);
    this._clippedLayer(pixels, vx, vy, count, false);
    return true;
  }

  // Put the lamps that may reach into a rectangle into `around`, in the catalogue's order; returns
  // how many. Sorted while they come: they are few, and each square lists its own in order.
  _around({ vx, vy }, { x0, y0, x1, y1 }) {
    const { near, around, squares: { columns, rows, first, next } } = this;
    const [left, top, right, bottom] = [x0 - near, y0 - near, x1 + near, y1 + near];
    let count = 0;
    for (let row = Math.max(0, top >> SHIFT); row <= Math.min(rows - 1, bottom >> SHIFT); row++)
      for (let column = Math.max(0, left >> SHIFT); column <= Math.min(columns - 1, right >> SHIFT); column++)
        for (let j = first[row * columns + column]; j >= 0; j = next[j]) {
          if (vx[j] < left || vx[j] > right || vy[j] < top || vy[j] > bottom) continue;
          let a = count++;
          for (; a > 0 && around[a - 1] > j; a--) around[a] = around[a - 1];
          around[a] = j;
        }
    return count;
  }

  _clippedLayer(pixels, vx, vy, count, normal) {
    const { width, land, around, made, clip } = this;
    if (this.size === SMALL)
      for (let a = 0; a < count; a++) {
        if (!made[a] || made[a].normal !== normal) continue;
        const { border } = made[a], j = around[a];
        const left = vx[j] + border.left, top = vy[j] + border.top;
        const x0 = Math.max(clip.x0, left), x1 = Math.min(clip.x1, left + border.width - 1);
        const y1 = Math.min(clip.y1, top + border.height - 1);
        for (let y = Math.max(clip.y0, top); y <= y1; y++)
          for (let at = y * width + x0, end = y * width + x1; at <= end; at++) pixels[at] = land;
      }
    for (let a = 0; a < count; a++)
      if (made[a] && made[a].normal === normal) this._within(pixels, made[a], vx[around[a]], vy[around[a]], clip);
  }

  _within(pixels, made, x, y, { x0, y0, x1, y1 }) {
    const { u, v, colour, at } = made;
    const centre = y * this.width + x;
    for (let b = 0; b < u.length; b++) {
      const px = x + u[b], py = y + v[b];
      if (px >= x0 && px <= x1 && py >= y0 && py <= y1) pixels[centre + at[b]] = colour[b];
    }
  }
}
