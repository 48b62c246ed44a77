// Draw the territory's ground: water, buildings, streets by class, lines, communes and names.
//
// Runs in the worker. Whatever arrives is projected once; what is drawn depends on the zoom, so
// that a whole city is its large streets and a street corner has its houses.

import { project } from "./mercator.js";
import { placeNames } from "./names.js";

const PAD = 0.3; // of the view, on each side
const AT_ONCE = 200; // shapes in one path: a longer one is slower to fill than several
const STEP_PX = 0.7; // points of a line that are nearer than this are one

const MAJOR = /^(boulevard|bd|avenue|av|cours|quai|route|rocade|autoroute|pont)\b/i;
const MINOR = /^(impasse|allée|allee|passage|chemin|square|ruelle|sentier|cour|villa|clos)\b/i;

// What a street is drawn as, by the territory's class (territory/records.py).
const RANK = {
  motorway: "major", trunk: "major", primary: "major", secondary: "street", tertiary: "street",
  residential: "minor", living_street: "minor", pedestrian: "minor",
  service: "path", cycleway: "path", footway: "path", track: "path",
};
const STREETS = [ // rank, colour, width at zoom 14, least width, drawn from zoom
  ["path", "map_street_minor", 0.7, 0.6, 15.5],
  ["minor", "map_street_minor", 1.3, 0.8, 12.5],
  ["street", "map_street", 1.8, 1, 0],
  ["major", "map_street_major", 3, 1.4, 0],
];
const WATER_PX = { river: 9, canal: 6, stream: 2 }; // width at zoom 14
const BUILDINGS_FROM = 13.5;
const LINES_FROM = 12;

function rankOf(properties) {
  const name = properties.name || "";
  // Open data often calls every street residential: its name then says more.
  if (properties.class === "residential" && MAJOR.test(name)) return "street";
  if (RANK[properties.class]) return RANK[properties.class];
  return MAJOR.test(name) ? "major" : MINOR.test(name) ? "minor" : "street";
}

function parts(geometry) {
  switch (geometry && geometry.type) {
    case "LineString": return [[geometry.coordinates]];
    case "MultiLineString": return geometry.coordinates.map((line) => [line]);
    case "Polygon": return [geometry.coordinates];
    case "MultiPolygon": return geometry.coordinates;
    default: return [];
  }
}

// One item a line or polygon: its rings as flat world coordinates, and what it spans.
function prepare(collection, tell) {
  const found = [];
  for (const feature of collection.features || []) {
    const { properties: said, geometry } = feature || {};
    const properties = said || {};
    const area = /Polygon/.test((geometry || {}).type);
    for (const rings of parts(geometry)) {
      const item = { name: properties.name || "", area, rings: [], x0: 1, y0: 1, x1: 0, y1: 0, ...tell(properties) };
      for (const ring of rings) {
        const xy = new Float64Array(ring.length * 2);
        ring.forEach(([lon, lat], k) => {
          const [x, y] = project(lon, lat);
          xy[2 * k] = x; xy[2 * k + 1] = y;
          item.x0 = Math.min(item.x0, x); item.x1 = Math.max(item.x1, x);
          item.y0 = Math.min(item.y0, y); item.y1 = Math.max(item.y1, y);
        });
        item.rings.push(xy);
      }
      found.push(item);
    }
  }
  return found;
}

const TELL = {
  streets: (properties) => ({ rank: rankOf(properties) }),
  water: (properties) => ({ rank: properties.class || "river" }),
  lines: (properties) => ({ rank: properties.mode || "bus" }),
  buildings: () => ({}),
  communes: () => ({}),
};

// Arcs that follow each other under one name, as one line: an arc alone is too short for its name,
// and many short lines are slower to draw than few long ones.
function chains(arcs) {
  const ends = new Map(); // name and place → arcs that end there
  const key = ({ name, rank }, xy, at) => `${name}/${rank}/${Math.round(xy[at] * 2e8)}/${Math.round(xy[at + 1] * 2e8)}`;
  const keys = arcs.map((arc) => [key(arc, arc.rings[0], 0), key(arc, arc.rings[0], arc.rings[0].length - 2)]);
  arcs.forEach((arc, k) => { for (const end of keys[k]) (ends.get(end) || ends.set(end, []).get(end)).push(k); });
  const used = new Set();
  // The places after `k`, from its end `side` on, as long as one arc follows.
  const follow = (k, side) => {
    const found = [];
    for (let end = keys[k][side]; ;) {
      const next = ends.get(end).filter((other) => !used.has(other));
      if (next.length !== 1) return found;
      const xy = arcs[next[0]].rings[0], forward = keys[next[0]][0] === end;
      used.add(next[0]);
      for (let p = 2; p < xy.length; p += 2) { const at = forward ? p : xy.length - 2 - p; found.push(xy[at], xy[at + 1]); }
      end = keys[next[0]][forward ? 1 : 0];
    }
  };
  const found = [];
  arcs.forEach((arc, k) => {
    if (used.has(k)) return;
    used.add(k);
    const after = follow(k, 1), before = follow(k, 0), line = [];
    for (let p = before.length - 2; p >= 0; p -= 2) line.push(before[p], before[p + 1]);
    const xy = Float64Array.from([...line, ...arc.rings[0], ...after]);
    const item = { ...arc, rings: [xy], x0: 1, y0: 1, x1: 0, y1: 0 };
    for (let p = 0; p < xy.length; p += 2) {
      item.x0 = Math.min(item.x0, xy[p]); item.x1 = Math.max(item.x1, xy[p]);
      item.y0 = Math.min(item.y0, xy[p + 1]); item.y1 = Math.max(item.y1, xy[p + 1]);
    }
    found.push(item);
  });
  return found;
}

export class Painter {
  constructor(tiles) {
    this.tiles = tiles;
    this.layers = { streets: [], communes: [], buildings: [], water: [], lines: [] };
    this.places = { x: [], y: [] }; // of equipment
    this.look = null;
    this.canvas = null;
  }

  setLook(look) { this.look = look; }

  setLayer(name, collection) {
    const items = prepare(collection, TELL[name]);
    this.layers[name] = name === "streets" ? chains(items) : items;
  }

  // Draw the ground around a view; nothing but the result is kept.
  render(view) {
    const padX = Math.round(view.cssWidth * PAD), padY = Math.round(view.cssHeight * PAD);
    const width = Math.ceil((view.cssWidth + 2 * padX) * view.ratio);
    const height = Math.ceil((view.cssHeight + 2 * padY) * view.ratio);
    const { ratio, side, zoom } = view;
    const [ox, oy] = [view.ox - padX, view.oy - padY];
    if (!this.canvas || this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas = new OffscreenCanvas(width, height);
      this.g = this.canvas.getContext("2d", { alpha: false, willReadFrequently: true });
    }
    const { g } = this;
    g.setTransform(1, 0, 0, 1, 0, 0);
    g.fillStyle = this.look.colours.map_land;
    g.fillRect(0, 0, width, height);
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    const area = { ox, oy, side, w: width / ratio, h: height / ratio, zoom, padX, padY };
    // Tiles that are all there hide the territory's own ground; else it shows where they are not.
    if (!this.tiles.draw(g, area, ratio)) {
      this._territory(g, area);
      this.tiles.draw(g, area, ratio);
    }
    const pixels = new Uint32Array(g.getImageData(0, 0, width, height).data.buffer);
    return { pixels, width, height, ox, oy, padX, padY, zoom, ratio, viewWidth: view.width, viewHeight: view.height };
  }

  _territory(g, area) {
    const seen = {};
    for (const [name, items] of Object.entries(this.layers)) seen[name] = items.filter((item) => this._visible(item, area));
    g.lineJoin = g.lineCap = "round";
    this._water(g, area, seen.water);
    if (area.zoom >= BUILDINGS_FROM) this._fill(g, area, seen.buildings.filter((item) => item.area), "map_building");
    this._streets(g, area, seen.streets);
    if (area.zoom >= LINES_FROM) this._lines(g, area, seen.lines);
    g.setLineDash([8, 3, 2, 3]);
    this._stroke(g, area, seen.communes, "map_commune_border", 1);
    g.setLineDash([]);
    placeNames(g, area, this.look, seen, this.places);
  }

  _visible(item, a) {
    return item.x1 * a.side >= a.ox && item.x0 * a.side <= a.ox + a.w && item.y1 * a.side >= a.oy && item.y0 * a.side <= a.oy + a.h;
  }

  _water(g, area, water) {
    this._fill(g, area, water.filter((item) => item.area), "map_water");
    const grow = Math.max(0.35, 2 ** ((area.zoom - 14) * 0.8));
    for (const rank of new Set(water.map((item) => item.rank))) {
      const courses = water.filter((item) => !item.area && item.rank === rank);
      if (rank !== "stream" || area.zoom >= 12.5) this._stroke(g, area, courses, "map_water", Math.max(1, (WATER_PX[rank] || 2) * grow));
    }
  }

  _streets(g, area, streets) {
    const grow = Math.max(0.5, 2 ** ((area.zoom - 14) * 0.75));
    for (const [rank, colour, width, least, from] of STREETS)
      if (area.zoom >= from) {
        g.lineCap = width * grow > 6 ? "round" : "square"; // round ends are slow, and seen when wide
        this._stroke(g, area, streets.filter((item) => item.rank === rank), colour, Math.max(least, width * grow));
      }
    g.lineCap = "butt";
  }

  // Rails are a pair of thin lines over the street, other lines a dotted one.
  _lines(g, area, lines) {
    const rails = lines.filter((item) => item.rank === "tram" || item.rank === "rail");
    const apart = Math.max(2, 3 * 2 ** ((area.zoom - 14) * 0.5));
    this._stroke(g, area, rails, "map_commune_border", apart + 1.4);
    this._stroke(g, area, rails, "map_street", Math.max(0.6, apart - 0.6));
    if (area.zoom < 14) return;
    g.setLineDash([1, 5]);
    this._stroke(g, area, lines.filter((item) => item.rank === "bus"), "map_commune_border", 1.2);
    g.setLineDash([]);
  }

  // Pieces of a line near the area; a whole one runs far beyond it, and dashes cost by length.
  _trace(g, item, a) {
    const margin = 40;
    const side = (x, y) => (x < -margin ? 1 : x > a.w + margin ? 2 : 0) | (y < -margin ? 4 : y > a.h + margin ? 8 : 0);
    for (const xy of item.rings) {
      let px = xy[0] * a.side - a.ox, py = xy[1] * a.side - a.oy, before = side(px, py), lifted = false;
      g.moveTo(px, py);
      const last = xy.length - 2;
      for (let k = 2; k <= last; k += 2) {
        const x = xy[k] * a.side - a.ox, y = xy[k + 1] * a.side - a.oy;
        if (k < last && Math.abs(x - px) < STEP_PX && Math.abs(y - py) < STEP_PX) continue;
        const now = side(x, y);
        if (!item.area && before & now) lifted = true;
        else {
          if (lifted) { g.moveTo(px, py); lifted = false; }
          g.lineTo(x, y);
        }
        px = x; py = y; before = now;
      }
    }
  }

  _batches(g, area, items, finish) {
    for (let k = 0; k < items.length; k += AT_ONCE) {
      g.beginPath();
      for (const item of items.slice(k, k + AT_ONCE)) this._trace(g, item, area);
      finish();
    }
  }

  _stroke(g, area, items, colour, width) {
    g.strokeStyle = this.look.colours[colour];
    g.lineWidth = width;
    this._batches(g, area, items, () => g.stroke());
  }

  _fill(g, area, items, colour) {
    g.fillStyle = this.look.colours[colour];
    this._batches(g, area, items, () => g.fill("evenodd"));
  }
}
