// Names on the ground: communes, rivers, streets, large first, none over another.

const RANKS = ["path", "minor", "street", "major"];
const CELL = 8; // places of equipment are looked up by squares of so many pixels
const MOST = 90; // names of one sort in a picture: each costs what a street does
const FAR_PX = 160; // a name slides this far along its street, to stay in sight
const AGAIN_PX = 420; // the same street is named again this far away

export function placeNames(g, area, look, { communes, water, streets, buildings }, places) {
  const taken = [];
  const free = (x, y, w, h) => {
    if (taken.some((t) => Math.abs(t.x - x) < (t.w + w) / 2 && Math.abs(t.y - y) < (t.h + h) / 2)) return false;
    taken.push({ x, y, w, h });
    return true;
  };
  g.save();
  g.textAlign = "center"; g.textBaseline = "middle"; g.lineJoin = "round";
  g.strokeStyle = look.colours.map_land; g.fillStyle = look.colours.map_label;
  if (area.zoom <= 14.5) communeNames(g, area, look, free, communes, places); // above, lamps would stand on them
  if (area.zoom >= 12) along(g, area, look, free, water.filter((item) => !item.area), { italic: true, beside: 0 });
  // Beside the street: lamps stand on it, small ones too, and their discs are wider. From near there
  // is room to keep clear of the lamps of the streets it crosses as well.
  const stands = area.zoom >= 16 ? occupied(area, places) : null;
  if (area.zoom >= 13.5) along(g, area, look, free, named(streets, area.zoom), { beside: area.zoom < 16 ? -13 : area.zoom < 17 ? -19 : -27, stands });
  if (area.zoom >= 17) buildingNames(g, area, look, free, buildings);
  g.restore();
}

function named(streets, zoom) {
  const from = { major: 13.5, street: 14.5, minor: 16, path: 17 };
  const order = streets.filter((item) => zoom >= from[item.rank]);
  return order.sort((p, q) => RANKS.indexOf(q.rank) - RANKS.indexOf(p.rank));
}

function middle(item, a) {
  return [((item.x0 + item.x1) / 2) * a.side - a.ox, ((item.y0 + item.y1) / 2) * a.side - a.oy];
}

// Whole, where no equipment stands and nothing of it leaves the view: in the commune, else below,
// above or beside what stands there; else not at all.
function communeNames(g, a, look, free, communes, places) {
  g.font = `13px ${look.fonts}`;
  g.letterSpacing = "3px"; g.lineWidth = 4;
  const stands = occupied(a, places);
  const seen = new Set();
  for (const item of largestFirst(communes)) {
    const name = item.name.toLocaleUpperCase();
    if (!name || seen.has(name)) continue;
    const wide = g.measureText(name).width, half = wide / 2 + 6;
    const place = around(item, a, half).find(([x, y]) =>
      whole(x, y, half, a) && !stands(x - half, y - 9, x + half, y + 9) && free(x, y, wide + 24, 26));
    if (!place) continue;
    seen.add(name);
    g.strokeText(name, ...place); g.fillText(name, ...place);
  }
  g.letterSpacing = "0px";
}

const largestFirst = (items) => [...items].sort((p, q) => (q.x1 - q.x0) * (q.y1 - q.y0) - (p.x1 - p.x0) * (p.y1 - p.y0));

// Places a commune's name may stand at, the best first.
function around(item, a, half) {
  const [x, centre] = middle(item, a);
  const [x0, x1] = [item.x0 * a.side - a.ox, item.x1 * a.side - a.ox];
  const [y0, y1] = [item.y0 * a.side - a.oy, item.y1 * a.side - a.oy];
  const found = [[x, y1 + 11], [x, y0 - 11], [x, y1 + 26], [x, y0 - 26]];
  if (x1 - x0 > 2 * half) for (const part of [0.5, 0.85, 0.15, 0.7, 0.3]) found.push([x, y0 + (y1 - y0) * part]);
  return [...found, [x1 + half, centre], [x0 - half, centre], [x1, y1 + 11], [x0, y1 + 11], [x1, y0 - 11], [x0, y0 - 11]];
}

// Inside the view as it stands, or, for a drag, wholly outside it.
function whole(x, y, half, { padX, padY, w, h }) {
  const [left, top, right, bottom] = [padX + 6, padY + 6, w - padX - 6, h - padY - 32];
  if (x + half < left || x - half > right || y + 12 < top || y - 12 > bottom) return x > 0 && y > 0 && x < w && y < h;
  return x - half >= left && x + half <= right && y - 12 >= top && y + 12 <= bottom;
}

// A test whether equipment stands in a rectangle of the area, by squares.
function occupied(a, { x, y }) {
  const columns = Math.ceil(a.w / CELL), rows = Math.ceil(a.h / CELL);
  const held = new Uint8Array(columns * rows);
  for (let i = 0; i < x.length; i++) {
    const u = Math.floor((x[i] * a.side - a.ox) / CELL), v = Math.floor((y[i] * a.side - a.oy) / CELL);
    if (u >= 0 && v >= 0 && u < columns && v < rows) held[v * columns + u] = 1;
  }
  return (x0, y0, x1, y1) => {
    const right = Math.min(columns - 1, Math.floor(x1 / CELL)), bottom = Math.min(rows - 1, Math.floor(y1 / CELL));
    for (let v = Math.max(0, Math.floor(y0 / CELL)); v <= bottom; v++)
      for (let u = Math.max(0, Math.floor(x0 / CELL)); u <= right; u++) if (held[v * columns + u]) return true;
    return false;
  };
}

function buildingNames(g, a, look, free, buildings) {
  g.font = `12px ${look.fonts}`; g.lineWidth = 3;
  const seen = new Set(); // a house of several parts is named once
  for (const item of buildings) {
    if (!item.name || seen.has(item.name)) continue;
    const [x, y] = middle(item, a), width = g.measureText(item.name).width;
    if (width > (item.x1 - item.x0) * a.side * 1.6 || !free(x, y + 24, width + 8, 18)) continue;
    seen.add(item.name);
    g.strokeText(item.name, x, y + 24); g.fillText(item.name, x, y + 24);
  }
}

// One name along the longest straight piece of each line, far from the same name elsewhere.
function along(g, a, look, free, items, { italic = false, beside, stands = null }) {
  const drawn = new Map();
  g.font = `${italic ? "italic " : ""}${a.zoom >= 17 ? 13 : 12}px ${look.fonts}`; g.lineWidth = 3;
  let left = MOST;
  for (const item of items) {
    if (!left) break;
    if (!item.name) continue;
    const piece = longest(item.rings[0], a, italic ? 0.5 : 0.2); // rivers wind
    if (!piece) continue;
    const width = g.measureText(item.name).width;
    if (piece.length < width * 1.05) continue;
    const before = drawn.get(item.name) || [];
    if (before.some(([x, y]) => Math.hypot(x - piece.x, y - piece.y) < AGAIN_PX)) continue;
    const [c, s] = [Math.abs(Math.cos(piece.angle)), Math.abs(Math.sin(piece.angle))];
    const [x, y, side] = stands ? clearest(piece, width, beside, stands) : [piece.x, piece.y, beside];
    if (!free(x, y, width * c + 16 * s + 8, width * s + 16 * c + 6)) continue;
    left--;
    drawn.set(item.name, [...before, [x, y]]);
    g.save();
    g.translate(x, y); g.rotate(piece.angle);
    g.strokeText(item.name, 0, side); g.fillText(item.name, 0, side);
    g.restore();
  }
}

// Where along a straight piece, and on which side of it, a name lies over the least equipment.
function clearest(piece, width, beside, stands) {
  const c = Math.cos(piece.angle), s = Math.sin(piece.angle), slack = Math.min((piece.length - width) / 2, FAR_PX);
  let best = null;
  for (const side of [beside, -beside]) for (const part of [0, 0.3, -0.3, 0.6, -0.6, 0.9, -0.9]) {
    const x = piece.x + c * slack * part, y = piece.y + s * slack * part;
    let hidden = 0;
    for (let u = -width / 2; u <= width / 2; u += CELL) {
      const px = x + c * u - s * side, py = y + s * u + c * side;
      if (stands(px - 7, py - 7, px + 7, py + 7)) hidden++;
    }
    if (!best || hidden < best.hidden) best = { hidden, place: [x, y, side] };
    if (!hidden) return best.place;
  }
  return best.place;
}

// The longest run of a polyline that bends less than `bend`, inside the area: middle, length, angle.
function longest(xy, a, bend) {
  let best = null;
  for (let k = 0; k + 3 < xy.length; ) {
    const x0 = xy[k] * a.side - a.ox, y0 = xy[k + 1] * a.side - a.oy;
    let end = k + 2;
    let x1 = xy[end] * a.side - a.ox, y1 = xy[end + 1] * a.side - a.oy;
    const first = Math.atan2(y1 - y0, x1 - x0);
    while (end + 3 < xy.length) {
      const x2 = xy[end + 2] * a.side - a.ox, y2 = xy[end + 3] * a.side - a.oy;
      const turn = Math.atan2(y2 - y1, x2 - x1) - first;
      if (Math.abs(Math.atan2(Math.sin(turn), Math.cos(turn))) > bend) break;
      end += 2; x1 = x2; y1 = y2;
    }
    const length = Math.hypot(x1 - x0, y1 - y0), x = (x0 + x1) / 2, y = (y0 + y1) / 2;
    if (x > 0 && y > 0 && x < a.w && y < a.h && (!best || length > best.length)) {
      let angle = Math.atan2(y1 - y0, x1 - x0);
      if (angle > Math.PI / 2) angle -= Math.PI; else if (angle <= -Math.PI / 2) angle += Math.PI;
      best = { x, y, length, angle };
    }
    k = end;
  }
  return best;
}
