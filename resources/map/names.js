// Names on the ground: communes, rivers, streets, large first, none over another.

const RANKS = ["path", "minor", "street", "major"];
const BELOW_PX = 900; // a commune smaller than this is named below its outline
const MOST = 90; // names of one sort in a picture: each costs what a street does
const AGAIN_PX = 420; // the same street is named again this far away

export function placeNames(g, area, look, { communes, water, streets, buildings }) {
  const taken = [];
  const free = (x, y, w, h) => {
    if (taken.some((t) => Math.abs(t.x - x) < (t.w + w) / 2 && Math.abs(t.y - y) < (t.h + h) / 2)) return false;
    taken.push({ x, y, w, h });
    return true;
  };
  g.save();
  g.textAlign = "center"; g.textBaseline = "middle"; g.lineJoin = "round";
  g.strokeStyle = look.colours.map_land; g.fillStyle = look.colours.map_label;
  if (area.zoom <= 14.5) communeNames(g, area, look, free, communes); // above, lamps would stand on them
  if (area.zoom >= 12) along(g, area, look, free, water.filter((item) => !item.area), { italic: true, beside: 0 });
  // Beside the street: lamps stand on it, small ones too, and their discs are wider.
  if (area.zoom >= 13.5) along(g, area, look, free, named(streets, area.zoom), { beside: area.zoom < 16 ? -13 : area.zoom < 17 ? -19 : -27 });
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

function communeNames(g, a, look, free, communes) {
  g.font = `13px ${look.fonts}`;
  g.letterSpacing = "3px"; g.lineWidth = 4;
  const seen = new Set();
  for (const item of communes) {
    const name = item.name.toLocaleUpperCase();
    // Where the whole commune is in view its lamps hide its middle: it is named below its outline.
    const [x, centre] = middle(item, a);
    const y = (item.y1 - item.y0) * a.side < BELOW_PX ? item.y1 * a.side - a.oy + 11 : centre;
    if (!name || seen.has(name) || x < 0 || y < 0 || x > a.w || y > a.h) continue;
    if (!free(x, y, g.measureText(name).width + 24, 26)) continue;
    seen.add(name);
    g.strokeText(name, x, y); g.fillText(name, x, y);
  }
  g.letterSpacing = "0px";
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
function along(g, a, look, free, items, { italic = false, beside }) {
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
    if (!free(piece.x, piece.y, width * c + 16 * s + 8, width * s + 16 * c + 6)) continue;
    left--;
    drawn.set(item.name, [...before, [piece.x, piece.y]]);
    g.save();
    g.translate(piece.x, piece.y); g.rotate(piece.angle);
    g.strokeText(item.name, 0, beside); g.fillText(item.name, 0, beside);
    g.restore();
  }
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
