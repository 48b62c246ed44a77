// The ground: streets, communes and their names, drawn into a picture larger than the view.
//
// Panning copies rows of that picture. A worker (ground.js) draws the next one before the view
// leaves it, so that a drag never waits; after a zoom it is drawn at once, here. Whatever arrives
// is projected once.

const MAJOR = /^(boulevard|bd|avenue|av|cours|quai|route|rocade|autoroute|pont)\b/i;
const MINOR = /^(impasse|allée|allee|passage|chemin|square|ruelle|sentier|cour|villa|clos)\b/i;
const CLASSES = ["minor", "street", "major"];
const PAD = 0.3; // of the view, on each side

export function project(lon, lat) {
  const sine = Math.sin((Math.max(-85.0511, Math.min(85.0511, lat)) * Math.PI) / 180);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

function classOf(properties) {
  if (CLASSES.includes(properties.class)) return properties.class;
  const name = properties.name || "";
  return MAJOR.test(name) ? "major" : MINOR.test(name) ? "minor" : "street";
}

function lines(geometry) {
  switch (geometry && geometry.type) {
    case "LineString": return [geometry.coordinates];
    case "MultiLineString": case "Polygon": return geometry.coordinates;
    case "MultiPolygon": return geometry.coordinates.flat();
    default: return [];
  }
}

function prepare(collection) {
  const found = [];
  for (const feature of collection.features || []) {
    const properties = feature.properties || {};
    for (const coordinates of lines(feature.geometry)) {
      const xy = new Float64Array(coordinates.length * 2);
      let [x0, y0, x1, y1] = [1, 1, 0, 0];
      coordinates.forEach(([lon, lat], k) => {
        const [x, y] = project(lon, lat);
        xy[2 * k] = x; xy[2 * k + 1] = y;
        x0 = Math.min(x0, x); x1 = Math.max(x1, x); y0 = Math.min(y0, y); y1 = Math.max(y1, y);
      });
      found.push({ name: properties.name || "", kind: classOf(properties), xy, x0, y0, x1, y1 });
    }
  }
  return found;
}

export class Base {
  constructor() {
    this.streets = [];
    this.communes = [];
    this.present = false;
    this.picture = null;
  }

  setStreets(collection) { this.streets = prepare(collection); this.present = true; this.picture = null; }
  setCommunes(collection) { this.communes = prepare(collection); this.present = true; this.picture = null; }

  setLook(look) {
    this.look = look;
    this.picture = null;
    const n = parseInt(look.colours.map_land.slice(1), 16);
    this.land = (0xff000000 | ((n & 255) << 16) | (n & 0xff00) | (n >> 16)) >>> 0;
  }

  // Copy the ground of a view into `pixels` (device pixels); plain land where none is drawn yet.
  copy(pixels, view) {
    if (!this._same(view)) this.picture = this.render(view);
    const { picture } = this;
    const { width, height } = view;
    const left = Math.round((view.ox - picture.ox) * view.ratio);
    const top = Math.round((view.oy - picture.oy) * view.ratio);
    const x0 = Math.min(width, Math.max(0, -left)), x1 = Math.max(x0, Math.min(width, picture.width - left));
    for (let row = 0, at = 0; row < height; row++, at += width) {
      const y = row + top;
      if (y < 0 || y >= picture.height) { pixels.fill(this.land, at, at + width); continue; }
      const from = y * picture.width + left;
      if (x0 > 0) pixels.fill(this.land, at, at + x0);
      if (x1 > x0) pixels.set(picture.pixels.subarray(from + x0, from + x1), at + x0);
      if (x1 < width) pixels.fill(this.land, at + x1, at + width);
    }
  }

  // Take a picture drawn by the worker, unless the zoom changed meanwhile.
  take(picture, view) {
    if (picture.zoom !== view.zoom || picture.ratio !== view.ratio) return false;
    this.picture = picture;
    return true;
  }

  // Whether the view has gone so far from the picture's middle that the next one should be begun.
  leaving(view) {
    const p = this.picture;
    if (!p || !this._same(view)) return false;
    return Math.abs(view.ox - p.ox - p.padX) > p.padX / 4 || Math.abs(view.oy - p.oy - p.padY) > p.padY / 4;
  }

  _same(view) {
    const p = this.picture;
    return p && p.zoom === view.zoom && p.ratio === view.ratio && p.viewWidth === view.width && p.viewHeight === view.height;
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
    const area = { ox, oy, side, w: width / ratio, h: height / ratio, zoom };
    this._strokeStreets(g, area);
    this._strokeCommunes(g, area);
    this._names(g, area);
    const pixels = new Uint32Array(g.getImageData(0, 0, width, height).data.buffer);
    return { pixels, width, height, ox, oy, padX, padY, zoom, ratio, viewWidth: view.width, viewHeight: view.height };
  }

  _visible(item, a) {
    return item.x1 * a.side >= a.ox && item.x0 * a.side <= a.ox + a.w &&
      item.y1 * a.side >= a.oy && item.y0 * a.side <= a.oy + a.h;
  }

  _trace(g, item, a) {
    const { xy } = item;
    g.moveTo(xy[0] * a.side - a.ox, xy[1] * a.side - a.oy);
    for (let k = 2; k < xy.length; k += 2) g.lineTo(xy[k] * a.side - a.ox, xy[k + 1] * a.side - a.oy);
  }

  _strokeStreets(g, a) {
    const grow = Math.max(0.5, 2 ** ((a.zoom - 14) * 0.75));
    const style = {
      minor: ["map_street_minor", Math.max(0.8, 1.2 * grow)],
      street: ["map_street", Math.max(1, 1.8 * grow)],
      major: ["map_street_major", Math.max(1.4, 3 * grow)],
    };
    g.lineJoin = g.lineCap = "round";
    for (const kind of CLASSES) {
      if (kind === "minor" && a.zoom < 12) continue;
      g.beginPath();
      for (const item of this.streets) if (item.kind === kind && this._visible(item, a)) this._trace(g, item, a);
      g.strokeStyle = this.look.colours[style[kind][0]];
      g.lineWidth = style[kind][1];
      g.stroke();
    }
  }

  _strokeCommunes(g, a) {
    g.beginPath();
    for (const item of this.communes) if (this._visible(item, a)) this._trace(g, item, a);
    g.strokeStyle = this.look.colours.map_commune_border;
    g.lineWidth = 1;
    g.setLineDash([8, 3, 2, 3]);
    g.stroke();
    g.setLineDash([]);
  }

  _names(g, a) {
    const taken = [];
    const free = (x, y, w, h) => {
      if (taken.some((t) => Math.abs(t.x - x) < (t.w + w) / 2 && Math.abs(t.y - y) < (t.h + h) / 2)) return false;
      taken.push({ x, y, w, h });
      return true;
    };
    g.textAlign = "center"; g.textBaseline = "middle"; g.lineJoin = "round";
    g.strokeStyle = this.look.colours.map_land; g.fillStyle = this.look.colours.map_label;
    this._communeNames(g, a, free);
    if (a.zoom >= 13.5) this._streetNames(g, a, free);
  }

  _communeNames(g, a, free) {
    if (a.zoom > 14.5) return; // streets are named from here on, and lamps would stand on it
    g.font = `13px ${this.look.fonts}`;
    g.letterSpacing = "3px"; g.lineWidth = 4;
    const seen = new Set();
    for (const item of this.communes) {
      const name = item.name.toLocaleUpperCase();
      if (!name || seen.has(name) || !this._visible(item, a)) continue;
      const x = ((item.x0 + item.x1) / 2) * a.side - a.ox, y = ((item.y0 + item.y1) / 2) * a.side - a.oy;
      if (x < 0 || y < 0 || x > a.w || y > a.h || !free(x, y, g.measureText(name).width + 24, 26)) continue;
      seen.add(name);
      g.strokeText(name, x, y); g.fillText(name, x, y);
    }
    g.letterSpacing = "0px";
  }

  // One name along the longest straight piece of each street, large streets first, far apart.
  _streetNames(g, a, free) {
    const order = this.streets.filter((item) => item.name && this._visible(item, a) && (item.kind !== "minor" || a.zoom >= 16) && (item.kind === "major" || a.zoom >= 14.5));
    order.sort((p, q) => CLASSES.indexOf(q.kind) - CLASSES.indexOf(p.kind));
    const drawn = new Map();
    for (const item of order) {
      g.font = `${a.zoom >= 17 ? 13 : 12}px ${this.look.fonts}`; g.lineWidth = 3;
      const piece = this._longest(item, a);
      if (!piece) continue;
      const width = g.measureText(item.name).width;
      if (piece.length < width * 1.05) continue;
      const before = drawn.get(item.name) || [];
      if (before.some(([x, y]) => Math.hypot(x - piece.x, y - piece.y) < 420)) continue;
      const [c, s] = [Math.abs(Math.cos(piece.angle)), Math.abs(Math.sin(piece.angle))];
      if (!free(piece.x, piece.y, width * c + 16 * s + 8, width * s + 16 * c + 6)) continue;
      drawn.set(item.name, [...before, [piece.x, piece.y]]);
      g.save();
      g.translate(piece.x, piece.y); g.rotate(piece.angle);
      // Beside the street: lamps stand on it, small ones too, and their discs are wider.
      const beside = a.zoom < 16 ? -13 : -19;
      g.strokeText(item.name, 0, beside); g.fillText(item.name, 0, beside);
      g.restore();
    }
  }

  // The longest run of a polyline that hardly bends, inside the area: its middle, length, angle.
  _longest(item, a) {
    const { xy } = item;
    let best = null;
    for (let k = 0; k + 3 < xy.length; ) {
      const x0 = xy[k] * a.side - a.ox, y0 = xy[k + 1] * a.side - a.oy;
      let end = k + 2;
      let x1 = xy[end] * a.side - a.ox, y1 = xy[end + 1] * a.side - a.oy;
      const first = Math.atan2(y1 - y0, x1 - x0);
      while (end + 3 < xy.length) {
        const x2 = xy[end + 2] * a.side - a.ox, y2 = xy[end + 3] * a.side - a.oy;
        const turn = Math.atan2(y2 - y1, x2 - x1) - first;
        if (Math.abs(Math.atan2(Math.sin(turn), Math.cos(turn))) > 0.2) break;
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
}
