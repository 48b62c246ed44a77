// The most pressing incidents in words: boxes that cover neither each other nor a mark, where they
// hide the fewest lamps, with a line to the place. A box stays where it is while the zoom does.

const SHOWN = 6; // more would cover the map
const TRIED = 12; // of those in view; past them no box is about the worst any more
const HIGH = 44, MARGIN = 4;
const AWAY = [34, 80, 150, 260]; // pixels from the place to its box
const AROUND = [[1, -1], [-1, -1], [1, 1], [-1, 1], [0, -1], [0, 1], [1, 0], [-1, 0]];
const CROSSING = 400; // lamps a box would rather hide than have its line cross another

export class Callouts {
  constructor() {
    this.boxes = []; // {id, x0, y0, x1, y1} as drawn last
    this.slots = new Map(); // incident → where its box stands, so that a drag does not move it
    this.zoom = null;
  }

  // `taken`: rectangles to keep clear of; `under()` makes a counter of what a rectangle hides.
  draw(g, look, view, { incidents, chosen, taken, under }) {
    this.boxes = [];
    this.taken = [...taken];
    this.lines = [];
    this.hides = null;
    this.under = under;
    if (this.zoom !== view.zoom) { this.slots.clear(); this.zoom = view.zoom; }
    let tried = 0;
    for (const incident of incidents) {
      if (this.boxes.length >= SHOWN || tried >= TRIED) break;
      const x = incident.x * view.side - view.ox, y = incident.y * view.side - view.oy;
      if (x < 8 || y < 8 || x > view.cssWidth - 8 || y > view.cssHeight - 8) continue;
      tried++;
      const head = `${incident.id} ${incident.title}`;
      g.font = `bold 13px ${look.fonts}`;
      const headWidth = g.measureText(head).width;
      g.font = `13px ${look.fonts}`;
      const wide = Math.round(Math.max(headWidth, g.measureText(incident.line).width) + 24);
      const place = this._room(view, x, y, wide, incident.id);
      if (place) this._paint(g, look, { x, y, wide, place, head, incident, chosen: incident.id === chosen });
    }
  }

  _paint(g, look, { x, y, wide, place: [bx, by], head, incident, chosen }) {
    const c = look.colours;
    this.taken.push([bx - MARGIN, by - MARGIN, bx + wide + MARGIN, by + HIGH + MARGIN]);
    const line = this._line(x, y, bx, by, wide);
    this.lines.push(line);
    g.save();
    g.strokeStyle = c.text_2; g.lineWidth = 1;
    g.beginPath(); g.moveTo(line[0], line[1]); g.lineTo(line[2], line[3]); g.stroke();
    g.fillStyle = c.panel; g.fillRect(bx, by, wide, HIGH);
    g.strokeStyle = chosen ? c.accent : c.control_border; g.lineWidth = chosen ? 2 : 1;
    g.strokeRect(bx + 0.5, by + 0.5, wide - 1, HIGH - 1);
    g.textAlign = "left"; g.textBaseline = "middle";
    g.font = `bold 13px ${look.fonts}`; g.fillStyle = c.text_1; g.fillText(head, bx + 12, by + 14);
    g.font = `13px ${look.fonts}`; g.fillStyle = c.text_2; g.fillText(incident.line, bx + 12, by + 32);
    g.restore();
    this.boxes.push({ id: incident.id, x0: bx, y0: by, x1: bx + wide, y1: by + HIGH });
  }

  // From the box's nearest edge to just before the place.
  _line(x, y, bx, by, wide) {
    const ex = Math.max(bx, Math.min(bx + wide, x)), ey = Math.max(by, Math.min(by + HIGH, y));
    const stop = Math.min(1, 15 / (Math.hypot(x - ex, y - ey) || 1));
    return [ex, ey, x + (ex - x) * stop, y + (ey - y) * stop];
  }

  // Eight places around, near and far: the one that hides least for its distance.
  _room(view, x, y, wide, id) {
    const at = ([sx, sy, away]) => [
      Math.round(sx < 0 ? x - wide - away : sx > 0 ? x + away : Math.max(8, Math.min(Math.floor(view.cssWidth - 49 - wide), x - wide / 2))),
      Math.round(y + (sy < 0 ? -HIGH - away : sy > 0 ? away : -HIGH / 2)),
    ];
    const fits = ([bx, by]) => bx >= 8 && by >= 8 && bx + wide <= view.cssWidth - 48 && by + HIGH <= view.cssHeight - 40 &&
      !this.taken.some(([x0, y0, x1, y1]) => bx < x1 && bx + wide > x0 && by < y1 && by + HIGH > y0);
    const kept = this.slots.get(id);
    if (kept && fits(at(kept))) return at(kept);
    let best = null, least = Infinity;
    for (const away of AWAY)
      for (const [sx, sy] of AROUND) {
        const slot = [sx, sy, away], [bx, by] = at(slot);
        if (!fits([bx, by])) continue;
        this.hides ||= this.under();
        const line = this._line(x, y, bx, by, wide);
        const crossings = this.lines.filter((other) => cross(line, other)).length;
        const cost = this.hides(bx, by, bx + wide, by + HIGH) + away / 4 + crossings * CROSSING;
        if (cost < least) { least = cost; best = slot; }
      }
    if (!best) return null;
    this.slots.set(id, best);
    return at(best);
  }
}

function cross([ax, ay, bx, by], [cx, cy, dx, dy]) {
  const side = (px, py, qx, qy, rx, ry) => Math.sign((qx - px) * (ry - py) - (qy - py) * (rx - px));
  return side(ax, ay, bx, by, cx, cy) !== side(ax, ay, bx, by, dx, dy) && side(cx, cy, dx, dy, ax, ay) !== side(cx, cy, dx, dy, bx, by);
}
