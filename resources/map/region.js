// A part of the map that is being pointed out, corner by corner: a polygon, or a box by two corners.
//
// Corners are places of the world, so that the map may be moved meanwhile.

const NEAR = 3; // pixels: a second click of a double click is no new corner
const HANDLE = 7;

export class Region {
  constructor() { this.cancel(); }

  get open() { return this.kind !== ""; }

  begin(kind) { this.kind = kind; this.corners = []; this.pointer = null; }
  cancel() { this.begin(""); }

  // Place a corner at (x, y), CSS pixels of a view; returns whether the box is complete.
  add(x, y, view) {
    const last = this.corners.at(-1);
    const at = [(x + view.ox) / view.side, (y + view.oy) / view.side];
    if (!last || Math.hypot(at[0] - last[0], at[1] - last[1]) * view.side > NEAR) this.corners.push(at);
    return this.kind === "box" && this.corners.length === 2;
  }

  back() { this.corners.pop(); }

  // The polygon as it stands, null while it has no area.
  polygon() {
    if (this.kind === "box") return this.corners.length === 2 ? box(...this.corners) : null;
    return this.corners.length > 2 ? this.corners : null;
  }

  draw(g, look, view) {
    if (!this.open) return;
    const place = ([x, y]) => [Math.round(x * view.side - view.ox) + 0.5, Math.round(y * view.side - view.oy) + 0.5];
    const pointed = this.pointer ? [[(this.pointer.x + view.ox) / view.side, (this.pointer.y + view.oy) / view.side]] : [];
    const ends = [...this.corners, ...pointed];
    const outline = (this.kind === "box" && ends.length > 1 ? box(ends[0], ends.at(-1)) : ends).map(place);
    g.save();
    for (const [colour, width, dash] of [[look.colours.map_land, 4, []], [look.colours.accent, 2, [6, 4]]]) {
      g.strokeStyle = colour; g.lineWidth = width; g.setLineDash(dash);
      g.beginPath();
      for (const [x, y] of outline) g.lineTo(x, y);
      if (outline.length > 2) g.closePath();
      g.stroke();
    }
    g.setLineDash([]);
    for (const corner of this.corners) {
      const [x, y] = place(corner);
      g.fillStyle = look.colours.map_land; g.fillRect(x - HANDLE / 2 - 1, y - HANDLE / 2 - 1, HANDLE + 2, HANDLE + 2);
      g.fillStyle = look.colours.accent; g.fillRect(x - HANDLE / 2, y - HANDLE / 2, HANDLE, HANDLE);
    }
    g.restore();
  }
}

export function box([x0, y0], [x1, y1]) {
  return [[x0, y0], [x1, y0], [x1, y1], [x0, y1]];
}
