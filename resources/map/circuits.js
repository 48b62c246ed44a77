// The plough circuits: each street as the look's "treated street" says, readable without colour.
//
// Part of the ground: drawn into pixels that are kept while nothing moves and nobody says anything.
// While the view is panned they move with it, and are drawn anew once it rests.

import { words } from "./marks.js";
import { project } from "./mercator.js";

const CHEVRON_PX = 14, CROSS_PX = 44; // along a street
const LABELS_FROM = 12;
const REST_MS = 120; // without a move after which the picture is drawn anew

// By look: filled lines by age, the others hollow with what stands in them.
const FILLED = { fresh: "inverse", ageing: "data", due_again: "data_dim" };

// `over` on `under` by `alpha` of 255, both as little-endian RGBA.
function mix(under, over, alpha) {
  let mixed = 0xff000000;
  for (const shift of [0, 8, 16]) {
    const [low, high] = [(under >>> shift) & 255, (over >>> shift) & 255];
    mixed |= (low + Math.round(((high - low) * alpha) / 255)) << shift;
  }
  return mixed >>> 0;
}

// The middle of the street that is nearest to the middle of them all.
function centre(arcs) {
  const middles = arcs.map((arc) => [(arc.x0 + arc.x1) / 2, (arc.y0 + arc.y1) / 2]);
  const [x, y] = [0, 1].map((d) => middles.reduce((sum, middle) => sum + middle[d], 0) / arcs.length);
  const away = (middle) => (middle[0] - x) ** 2 + (middle[1] - y) ** 2;
  return middles.reduce((best, middle) => (away(middle) < away(best) ? middle : best));
}

export class Circuits {
  constructor() {
    this.revision = 0;
    this.list = [];
    this.states = { revision: 0, looks: [], chosen: null };
    this.hidden = true;
    this.canvas = null;
    this.kept = null; // the picture as pixels, its names, and what it is of
    this.redraw = () => {}; // asks for a drawing; given by main.js
    this.rest = 0; // timer that runs while the view moves
  }

  setLook(look) { this.look = look; this.kept = null; }

  // `arcs`: direction, then longitudes and latitudes in turn.
  setPlan({ revision, circuits }) {
    this.revision = revision;
    this.list = circuits.map(({ id, arcs }) => ({
      id,
      arcs: arcs.map(([direction, ...flat]) => {
        const arc = { direction, xy: new Float64Array(flat.length), x0: 1, y0: 1, x1: 0, y1: 0 };
        for (let k = 0; k < flat.length; k += 2) {
          const [x, y] = project(flat[k], flat[k + 1]);
          arc.xy[k] = x; arc.xy[k + 1] = y;
          arc.x0 = Math.min(arc.x0, x); arc.x1 = Math.max(arc.x1, x);
          arc.y0 = Math.min(arc.y0, y); arc.y1 = Math.max(arc.y1, y);
        }
        return arc;
      }),
    }));
    this.kept = null;
  }

  // Whether the page lacks the plan these states are of, and whether anything is to be drawn again.
  setStates(states) {
    const changed = JSON.stringify(states) !== JSON.stringify(this.states);
    this.states = states;
    return { lacking: states.revision !== this.revision, changed };
  }

  // Whether streets are drawn.
  get shown() { return !this.hidden && this.list.length > 0 && this.states.revision === this.revision; }

  // Put the streets over the ground's pixels, below every lamp: none is hidden by a line.
  blend(target, view) {
    if (!this.shown) return;
    const told = JSON.stringify([view.zoom, view.ratio, view.width, view.height, this.states]);
    const place = `${view.zoom}/${view.ox}/${view.oy}`;
    if (!this.kept || this.kept.told !== told || (this.kept.place !== place && this.rest === null)) {
      this.kept = { told, place, view, pixels: this._paint(view), names: view.zoom >= LABELS_FROM ? this._names(view) : [] };
      this.rest = 0;
    }
    if (this.kept.place !== place) this._wait();
    const { pixels, view: of } = this.kept, { width, height } = view;
    const right = Math.round((of.ox - view.ox) * view.ratio), down = Math.round((of.oy - view.oy) * view.ratio);
    const x0 = Math.max(0, -right), x1 = Math.min(width, width - right);
    for (let y = Math.max(0, -down); y < Math.min(height, height - down); y++)
      for (let from = y * width + x0, to = (y + down) * width + x0 + right, end = y * width + x1; from < end; from++, to++) {
        const colour = pixels[from], alpha = colour >>> 24;
        if (alpha === 255) target[to] = colour;
        else if (alpha) target[to] = mix(target[to], colour, alpha);
      }
  }

  // The circuits' numbers, over the symbols.
  drawNames(g, view) {
    if (this.hidden || !this.kept || this.kept.place !== `${view.zoom}/${view.ox}/${view.oy}`) return;
    for (const { id, x, y } of this.kept.names) words(g, this.look, id, x, y, { bold: true });
  }

  // A new picture once nothing has moved for a while.
  _wait() {
    if (this.rest) clearTimeout(this.rest);
    this.rest = setTimeout(() => { this.rest = null; this.redraw(); }, REST_MS);
  }

  _paint(view) {
    if (!this.canvas || this.canvas.width !== view.width || this.canvas.height !== view.height) this.canvas = new OffscreenCanvas(view.width, view.height);
    const g = this.canvas.getContext("2d", { willReadFrequently: true });
    g.setTransform(1, 0, 0, 1, 0, 0);
    g.clearRect(0, 0, view.width, view.height);
    g.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    const wide = Math.max(2.5, Math.min(10, 2.5 * 2 ** ((view.zoom - 12.5) * 0.5)));
    g.lineCap = g.lineJoin = wide > 4 ? "round" : "butt"; // round is slow, and seen when wide
    if (wide <= 4) g.lineJoin = "bevel";
    const byLook = new Map();
    let chosen = null;
    this.list.forEach((circuit, n) => {
      const look = this.states.looks[n], seen = this._seen(circuit, view);
      if (circuit.id === this.states.chosen) chosen = { seen, look };
      else byLook.set(look, [...(byLook.get(look) || []), ...seen]);
    });
    for (const [look, arcs] of byLook) this._arcs(g, view, arcs, look, wide);
    if (chosen) {
      const dotted = chosen.look === "uninspected";
      this._stroke(g, view, chosen.seen, "accent", wide + (dotted ? 6 : 8));
      if (dotted) this._stroke(g, view, chosen.seen, "map_land", wide); // its ground, between two edges
      this._arcs(g, view, chosen.seen, chosen.look, wide, wide > 4); // from afar an edge would hide the accent
    }
    return new Uint32Array(g.getImageData(0, 0, view.width, view.height).data.buffer);
  }

  _seen(circuit, v) {
    const [x0, y0] = [v.ox / v.side, v.oy / v.side];
    const [x1, y1] = [(v.ox + v.cssWidth) / v.side, (v.oy + v.cssHeight) / v.side];
    return circuit.arcs.filter((arc) => arc.x1 >= x0 && arc.x0 <= x1 && arc.y1 >= y0 && arc.y0 <= y1);
  }

  _arcs(g, view, arcs, look, wide, edged = true) {
    if (look === "uninspected") {
      g.setLineDash(wide > 4 ? [0.1, 8] : [1, 4]); // round ends make dots of the first
      this._stroke(g, view, arcs, "text_3", Math.max(1.5, Math.min(3, wide / 2)));
      g.setLineDash([]);
      return;
    }
    if (edged) this._stroke(g, view, arcs, "map_land", wide + 3);
    if (FILLED[look]) { this._stroke(g, view, arcs, FILLED[look], wide); return; }
    this._stroke(g, view, arcs, "text_2", wide);
    this._stroke(g, view, arcs, "map_land", Math.max(1, wide - 1.6));
    if (look === "snowed_over") {
      // square dots with as much between them, however wide the street: never as full as a treated one
      g.lineCap = "butt";
      g.setLineDash([2, 3]);
      this._stroke(g, view, arcs, "text_1", 2);
      g.setLineDash([]);
      g.lineCap = wide > 4 ? "round" : "butt";
    } else if (look === "in_progress") this._along(g, view, arcs, CHEVRON_PX, (angle, arc, n) => this._chevron(g, angle + (this._turned(arc, n) ? Math.PI : 0), wide));
    else if (look === "blocked") this._along(g, view, arcs, CROSS_PX, () => this._cross(g, wide));
  }

  _stroke(g, view, arcs, colour, width) {
    g.strokeStyle = this.look.colours[colour];
    g.lineWidth = width;
    for (let from = 0; from < arcs.length; from += 200) { // a longer path is slower than several
      g.beginPath();
      for (const { xy } of arcs.slice(from, from + 200))
        for (let k = 0; k < xy.length; k += 2) g[k ? "lineTo" : "moveTo"](xy[k] * view.side - view.ox, xy[k + 1] * view.side - view.oy);
      g.stroke();
    }
  }

  // Draw something every `step` pixels of each street, at least once, turned along it.
  _along(g, view, arcs, step, draw) {
    for (const arc of arcs) {
      let left = step / 2, n = 0;
      for (let k = 2; k < arc.xy.length; k += 2) {
        const [ax, ay, bx, by] = [0, 1, 2, 3].map((d) => arc.xy[k - 2 + d] * view.side - (d % 2 ? view.oy : view.ox));
        const length = Math.hypot(bx - ax, by - ay), angle = Math.atan2(by - ay, bx - ax);
        for (; left <= length; left += step, n++) {
          const x = ax + ((bx - ax) * left) / length, y = ay + ((by - ay) * left) / length;
          if (x < -20 || y < -20 || x > view.cssWidth + 20 || y > view.cssHeight + 20) continue;
          g.save();
          g.translate(x, y);
          draw(angle, arc, n);
          g.restore();
        }
        left -= length;
      }
    }
  }

  // Chevrons point the way a one-way street is driven, and both ways in turn where it is driven both ways.
  _turned(arc, n) { return arc.direction === "backward" || (arc.direction !== "forward" && n % 2 === 1); }

  _chevron(g, angle, wide) {
    const half = Math.max(2.5, wide / 2 + 0.5);
    g.rotate(angle);
    g.strokeStyle = this.look.colours.text_1; g.lineWidth = 1.6;
    g.beginPath(); g.moveTo(-half / 2, -half); g.lineTo(half / 2, 0); g.lineTo(-half / 2, half); g.stroke();
  }

  _cross(g, wide) {
    const half = Math.max(4, wide * 0.7);
    for (const [colour, width] of [["map_land", 5], ["text_1", 2]]) {
      g.strokeStyle = this.look.colours[colour]; g.lineWidth = width;
      g.beginPath(); g.moveTo(-half, -half); g.lineTo(half, half); g.moveTo(half, -half); g.lineTo(-half, half); g.stroke();
    }
  }

  // A circuit's number, below the street nearest to the middle of what is seen of it; the chosen
  // one's first, none over another.
  _names(view) {
    const names = [];
    const order = [...this.list].sort((a, b) => (b.id === this.states.chosen) - (a.id === this.states.chosen));
    for (const circuit of order) {
      const seen = this._seen(circuit, view);
      if (!seen.length) continue;
      const [u, v] = centre(seen);
      const x = Math.round(u * view.side - view.ox), y = Math.round(v * view.side - view.oy) + 16;
      const half = circuit.id.length * 4 + 6;
      if (names.some((other) => Math.abs(x - other.x) < half + other.half && Math.abs(y - other.y) < 22)) continue;
      names.push({ id: circuit.id, x, y, half });
    }
    return names;
  }
}
