// Marks of alarms and incidents; those that would cover each other are one, with a count.
//
// A cluster shows the worst severity that nobody has acknowledged, where there is one. Clusters are
// made in the world of one zoom and kept until marks or zoom change: a drag costs nothing.

export const FIELDS = 5; // of a mark as it comes, see console/panels/map/marks.py
const RADII = [26, 52, 104]; // pixels within which marks are one: wider where there are too many
const SQUARE = 480, CROWDED = 60; // so many clusters in a square of so many pixels are too many
const NO_LAYER = 255, UNIT = 2 ** 32;
const STATES = ["unacknowledged", "acknowledged", "returned", "over"];

function read(fields, at) {
  const word = fields[at + 1];
  const severity = word & 15, state = STATES[(word >> 4) & 3];
  const waiting = (word >> 16) & 15;
  return {
    handle: fields[at], x: fields[at + 2] / UNIT, y: fields[at + 3] / UNIT, children: fields[at + 4],
    severity, state, incident: Boolean(word & 64), layer: (word >> 8) & 255,
    waiting, waitingState: word & (1 << 20) ? "returned" : "unacknowledged",
    // What nobody acknowledged first, then by severity, then what is still going on.
    rank: (waiting ? waiting * 4 + (word & (1 << 20) ? 1 : 0) : 64 + severity * 4) + (state === "returned" ? 2 : state === "over" ? 3 : 0),
  };
}

export class Clusters {
  constructor() { this.clear(); }

  clear() {
    this.marks = new Map(); // handle → mark
    this.ordered = null;
    this.made = null;
  }

  take(fields, everything) {
    if (everything) this.marks.clear();
    for (let at = 0; at < fields.length; at += FIELDS)
      if (fields[at + 1]) this.marks.set(fields[at], read(fields, at));
      else this.marks.delete(fields[at]);
    if (everything || fields.length) this.ordered = this.made = null;
  }

  // Clusters of a zoom: {x, y} of the mark in world pixels, what it shows, and its members.
  // `reach(layer)` says how far above and right of its place a mark of that layer stands; `shown`
  // whether it is drawn; `key` changes whenever either answers differently.
  at(side, key, reach, shown) {
    const known = `${side}/${key}`;
    if (this.made && this.key === known) return this.made;
    this.key = known;
    if (!this.ordered) this._order();
    for (const radius of RADII) {
      this.made = this._gather(side, radius, reach, shown);
      if (radius === RADII.at(-1) || !this._crowded()) break;
    }
    return this.made;
  }

  _order() {
    const ranks = [];
    for (const mark of this.marks.values()) (ranks[mark.rank] ||= []).push(mark);
    this.ordered = ranks.flat();
  }

  _gather(side, radius, reach, shown) {
    const squares = new Map(), made = [];
    for (const mark of this.ordered) {
      if (!shown(mark)) continue;
      const away = mark.layer === NO_LAYER ? 0 : reach(mark.layer);
      const x = mark.x * side + away, y = mark.y * side - away;
      const near = this._near(squares, x, y, radius);
      if (near) {
        near.members.push(mark);
        near.x0 = Math.min(near.x0, mark.x); near.x1 = Math.max(near.x1, mark.x);
        near.y0 = Math.min(near.y0, mark.y); near.y1 = Math.max(near.y1, mark.y);
        continue;
      }
      const cluster = { x, y, mark, members: [mark], x0: mark.x, x1: mark.x, y0: mark.y, y1: mark.y };
      const square = Math.floor(x / radius) * 4194304 + Math.floor(y / radius);
      if (squares.has(square)) squares.get(square).push(cluster); else squares.set(square, [cluster]);
      made.push(cluster);
    }
    for (const cluster of made) this._sumUp(cluster);
    return made;
  }

  _near(squares, x, y, radius) {
    const u = Math.floor(x / radius), v = Math.floor(y / radius);
    for (let du = -1; du <= 1; du++)
      for (let dv = -1; dv <= 1; dv++)
        for (const k of squares.get((u + du) * 4194304 + v + dv) || [])
          if (Math.hypot(k.x - x, k.y - y) < radius) return k;
    return null;
  }

  // The first member is the worst: members came in order.
  _sumUp(cluster) {
    const { mark, members } = cluster;
    const alone = members.length === 1;
    cluster.severity = alone || !mark.waiting ? mark.severity : mark.waiting;
    cluster.state = alone || !mark.waiting ? mark.state : mark.waitingState;
    cluster.said = alone ? (mark.children ? `+${mark.children}` : "") : `×${members.length}`;
  }

  _crowded() {
    const held = new Map();
    for (const { x, y } of this.made) {
      const square = Math.floor(x / SQUARE) * 4194304 + Math.floor(y / SQUARE);
      const count = (held.get(square) || 0) + 1;
      if (count > CROWDED) return true;
      held.set(square, count);
    }
    return false;
  }
}
