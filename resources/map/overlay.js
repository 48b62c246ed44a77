// What is few and must be seen: cabinets, alarms, incidents, the selection, scale and words.

import { project } from "./base.js";
import { AGED_BIT, LARGE, MEDIUM, SMALL, STATE_MASK } from "./points.js";
import { alarmMark, box, corners, words } from "./marks.js";

const CALLOUTS = 6; // the most pressing incidents; more would cover the map
const CLUSTER_PX = 26;
const AWAY = [34, 80, 150]; // pixels from what a callout is about to its box
const AROUND = [[1, -1], [-1, -1], [1, 1], [-1, 1], [0, -1], [0, 1], [1, 0], [-1, 0]];

export class Overlay {
  constructor(points) {
    this.points = points;
    this.data = { alarms: [], incidents: [], selection: [], incident: null };
    this.labels = [];
    this.callouts = []; // [incident, x0, y0, x1, y1] of the boxes drawn last, for the report
    this.hits = []; // incident marks and boxes drawn last, for clicks
    this.blinking = false;
    this.withoutIncidents = false; // the person ticked their layer off
    this._slots = new Map(); // incident → where its box stands, so that a drag does not move it
    this._slotsZoom = null;
  }

  setLook(look) { this.look = look; this.pictures = new Map(); }
  setData(data) {
    for (const incident of data.incidents) [incident.x, incident.y] = project(incident.lon, incident.lat);
    this.data = data;
  }
  setLabels(labels) { this.labels = labels; }

  draw(g, view, { lit, aged, texts, base, title, attribution }) {
    const { look } = this;
    this.hits = [];
    this.callouts = [];
    this.blinking = false;
    this._size = view.zoom < 15 ? SMALL : view.zoom < 17 ? MEDIUM : LARGE; // of symbols
    this._lamp = this.points.size(view); // of lamps, which stand closer
    const selected = new Set(this.data.selection);
    const alarmed = new Map(this.data.alarms.map((a) => [a[0], a]));
    this._symbols(g, view, selected, alarmed, aged);
    if (this._lamp === LARGE) this._lampLabels(g, view);
    this._corners(g, view);
    const marks = this._clusters(view);
    this._incidents(g, view, lit, marks);
    this._paintAlarms(g, marks, lit); // over the lines that lead to boxes
    this._foot(g, view, texts, base, attribution);
    // Nothing to show is said once the process has said so; until then the page is waiting.
    const said = !this.points.told ? texts.waiting : this.points.count ? "" : texts.empty;
    if (said) this._say(g, view, said);
  }

  _say(g, view, said) {
    const room = view.cssWidth - 48;
    g.font = `15px ${this.look.fonts}`;
    const lines = [];
    for (const word of said.split(" ")) {
      const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
      if (lines.length && g.measureText(longer).width <= room) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    lines.forEach((line, k) => words(g, this.look, line, view.cssWidth / 2, view.cssHeight / 2 + k * 22, { size: 15 }));
  }

  _at(i, view) {
    const { points } = this;
    return [points.x[i] * view.side - view.ox, points.y[i] * view.side - view.oy];
  }

  _inside(x, y, view, margin = 40) {
    return x > -margin && y > -margin && x < view.cssWidth + margin && y < view.cssHeight + margin;
  }

  // Cabinets and whatever else is no lamp; what is not ordinary is drawn larger, last and named.
  _symbols(g, view, selected, alarmed, aged) {
    const { points, look } = this;
    if (!points.count) return;
    const loud = [];
    for (const i of points.symbols) {
      if (points.hidden[points.layer[i]]) continue;
      const [x, y] = this._at(i, view);
      if (!this._inside(x, y, view)) continue;
      const state = points.states[points.words[i] & STATE_MASK];
      if (!state) continue; // not told yet
      if (state !== "good" || selected.has(i) || alarmed.has(i)) { loud.push([i, x, y, state]); continue; }
      this._stamp(g, x, y, view.ratio, points.symbolOf[points.layer[i]]);
      if (this._size === 28) words(g, look, this.labels[i] || "", x, y + 22, { bold: true });
      if (aged && points.words[i] & AGED_BIT) this._agedFrame(g, x, y);
    }
    for (const [i, x, y, state] of loud) {
      const size = Math.max(16, this._size);
      box(g, look, x, y, size, state, points.symbolOf[points.layer[i]]);
      words(g, look, this.labels[i] || "", x, y + (size === 28 ? 26 : 22), { bold: true });
      if (aged && points.words[i] & AGED_BIT) this._agedFrame(g, x, y);
    }
  }

  // An ordinary symbol, drawn once and copied: there may be hundreds in view.
  _stamp(g, x, y, ratio, symbol) {
    const key = `${symbol}/${this._size}/${ratio}`;
    let picture = this.pictures.get(key);
    const side = this._size + 6;
    if (!picture) {
      picture = new OffscreenCanvas(Math.ceil(side * ratio), Math.ceil(side * ratio));
      const own = picture.getContext("2d", { willReadFrequently: true });
      own.scale(ratio, ratio);
      box(own, this.look, Math.floor(side / 2), Math.floor(side / 2), this._size, "good", symbol);
      this.pictures.set(key, picture);
    }
    const half = Math.floor(side / 2);
    g.drawImage(picture, Math.round(x) - half, Math.round(y) - half, picture.width / ratio, picture.height / ratio);
  }

  _agedFrame(g, x, y) {
    const half = this._size === 28 ? 16 : 12;
    g.save();
    g.strokeStyle = this.look.colours.text_1; g.lineWidth = 1; g.setLineDash([2, 2]);
    g.strokeRect(Math.round(x) - half - 0.5, Math.round(y) - half - 0.5, 2 * half + 1, 2 * half + 1);
    g.restore();
  }

  // Names of lamps where there is room: none over another, none over a disc.
  _lampLabels(g, view) {
    const { points } = this;
    const shown = [];
    const taken = new Map(); // 40-pixel squares → rectangles in them
    const squares = (x0, y0, x1, y1) => {
      const found = [];
      for (let u = Math.floor(x0 / 40); u <= Math.floor(x1 / 40); u++)
        for (let v = Math.floor(y0 / 40); v <= Math.floor(y1 / 40); v++) found.push(u * 4096 + v);
      return found;
    };
    const put = (rect) => {
      for (const key of squares(...rect)) {
        if (!taken.has(key)) taken.set(key, []);
        taken.get(key).push(rect);
      }
    };
    const free = ([x0, y0, x1, y1]) => squares(x0, y0, x1, y1).every((key) =>
      (taken.get(key) || []).every((t) => x0 >= t[2] || x1 <= t[0] || y0 >= t[3] || y1 <= t[1]));
    for (let i = 0; i < points.count; i++) {
      if (points.hidden[points.layer[i]]) continue;
      const [x, y] = this._at(i, view);
      if (!this._inside(x, y, view, 0)) continue;
      if (points.raster[points.layer[i]]) { shown.push([i, x, y]); put([x - 11, y - 11, x + 11, y + 11]); }
      else put([x - 30, y - 14, x + 30, y + 30]);
    }
    g.font = `12px ${this.look.fonts}`;
    for (const [i, x, y] of shown) {
      const label = this.labels[i] || "";
      const half = g.measureText(label).width / 2 + 2;
      const rect = [x - half, y + 12, x + half, y + 26];
      if (!label || rect[3] > view.cssHeight - 34 || !free(rect)) continue;
      put(rect);
      words(g, this.look, label, x, y + 19, { size: 12, colour: this.look.colours.text_2 });
    }
  }

  _corners(g, view) {
    const { points } = this;
    for (const i of this.data.selection) {
      if (i >= points.count) continue;
      const [x, y] = this._at(i, view);
      if (!this._inside(x, y, view)) continue;
      const size = points.raster[points.layer[i]] ? this._lamp : Math.max(MEDIUM, this._size);
      const half = size === SMALL ? 8 : size === LARGE ? 17 : 13;
      corners(g, this.look, x, y, half);
    }
  }

  // Alarm marks, the most pressing last; those that would cover each other are one with a count.
  _clusters(view) {
    const { points } = this;
    const clusters = [];
    for (const [i, severity, state, children] of this.data.alarms) {
      if (i >= points.count || points.hidden[points.layer[i]]) continue;
      const [x, y] = this._at(i, view);
      if (!this._inside(x, y, view)) continue;
      const size = points.raster[points.layer[i]] ? this._lamp : Math.max(MEDIUM, this._size);
      const reach = size === SMALL ? 14 : size === LARGE ? 27 : 23;
      const [mx, my] = [x + reach, y - reach];
      const near = clusters.find((k) => Math.hypot(k.x - mx, k.y - my) < CLUSTER_PX);
      if (near) near.count++;
      else clusters.push({ x: mx, y: my, severity, state, children, count: 1, index: i });
    }
    return clusters;
  }

  _paintAlarms(g, clusters, lit) {
    const { look } = this;
    for (const k of [...clusters].reverse()) {
      alarmMark(g, look, k.x, k.y, k.severity, k.state, lit, 20);
      if (k.state === "unacknowledged") this.blinking = true;
      const said = k.count > 1 ? `×${k.count}` : k.children ? `+${k.children}` : "";
      if (said) words(g, look, said, k.x + 16, k.y, { bold: true, size: 12, align: "left" });
      this.hits.push({ x0: k.x - 13, y0: k.y - 13, x1: k.x + 13, y1: k.y + 13, index: k.index });
    }
  }

  _incidents(g, view, lit, marks) {
    if (this.withoutIncidents) return;
    const { look } = this;
    const c = look.colours;
    const taken = marks.map((k) => [k.x - 16, k.y - 16, k.x + 16, k.y + 16]);
    let drawn = 0;
    const under = this.data.incidents.length ? this.points.counter(view) : null;
    if (this._slotsZoom !== view.zoom) { this._slots.clear(); this._slotsZoom = view.zoom; }
    for (const incident of this.data.incidents) {
      if (drawn >= CALLOUTS) break;
      const x = incident.x * view.side - view.ox, y = incident.y * view.side - view.oy;
      if (!this._inside(x, y, view, -8)) continue;
      g.font = `bold 13px ${look.fonts}`;
      const head = `${incident.id} ${incident.title}`;
      const wide = Math.max(g.measureText(head).width, this._width(g, incident.line)) + 24;
      const place = this._room(view, x, y, wide, 44, taken, under, incident.id);
      if (!place) continue;
      drawn++;
      const [bx, by] = place;
      taken.push([bx - 4, by - 4, bx + wide + 4, by + 48]);
      g.save();
      g.strokeStyle = c.text_2; g.lineWidth = 1;
      const ex = Math.max(bx, Math.min(bx + wide, x)), ey = Math.max(by, Math.min(by + 44, y));
      const length = Math.hypot(x - ex, y - ey) || 1, stop = Math.min(1, 15 / length);
      g.beginPath(); g.moveTo(ex, ey); g.lineTo(x + (ex - x) * stop, y + (ey - y) * stop); g.stroke();
      const chosen = incident.id === this.data.incident;
      g.fillStyle = c.panel; g.fillRect(bx, by, wide, 44);
      g.strokeStyle = chosen ? c.accent : c.control_border; g.lineWidth = chosen ? 2 : 1;
      g.strokeRect(Math.round(bx) + 0.5, Math.round(by) + 0.5, Math.round(wide) - 1, 43);
      g.textAlign = "left"; g.textBaseline = "middle";
      g.font = `bold 13px ${look.fonts}`; g.fillStyle = c.text_1; g.fillText(head, bx + 12, by + 14);
      g.font = `13px ${look.fonts}`; g.fillStyle = c.text_2; g.fillText(incident.line, bx + 12, by + 32);
      g.restore();
      this.hits.push({ x0: bx, y0: by, x1: bx + wide, y1: by + 44, incident: incident.id });
      this.callouts.push([incident.id, bx, by, Math.round(bx + wide), by + 44]);
    }
  }

  _width(g, text, size = 13, bold = false) {
    g.font = `${bold ? "bold " : ""}${size}px ${this.look.fonts}`;
    return g.measureText(text).width;
  }

  _plate(g, x0, y0, x1, y1) {
    g.fillStyle = this.look.colours.map_land;
    g.fillRect(x0, y0, x1 - x0, y1 - y0);
  }

  // Eight places around, near and far: the one with the fewest lamps under it, the nearest of equals.
  _room(view, x, y, w, h, taken, under, id) {
    const fits = ([bx, by]) => bx >= 8 && by >= 8 && bx + w <= view.cssWidth - 48 && by + h <= view.cssHeight - 40 &&
      !taken.some(([x0, y0, x1, y1]) => bx < x1 && bx + w > x0 && by < y1 && by + h > y0);
    const at = ([sx, sy, away]) => [
      Math.round(sx < 0 ? x - w - away : sx > 0 ? x + away : Math.max(8, Math.min(Math.floor(view.cssWidth - 49 - w), x - w / 2))),
      Math.round(y + (sy < 0 ? -h - away : sy > 0 ? away : -h / 2)),
    ];
    const kept = this._slots.get(id);
    if (kept && fits(at(kept))) return at(kept);
    let best = null, least = Infinity;
    for (const away of AWAY)
      for (const [sx, sy] of AROUND) {
        const slot = [sx, sy, away], place = at(slot);
        if (!fits(place)) continue;
        const cost = under(place[0], place[1], place[0] + w, place[1] + h) + away / 40;
        if (cost < least) { least = cost; best = slot; }
      }
    if (!best) return null;
    this._slots.set(id, best);
    return at(best);
  }

  // Scale, place in the world, where the ground comes from; an absent ground is said in words.
  _foot(g, view, texts, base, attribution) {
    const c = this.look.colours;
    const y = view.cssHeight - 14;
    const lat = 90 - (360 * Math.atan(Math.exp(((view.oy + view.cssHeight / 2) / view.side - 0.5) * 2 * Math.PI))) / Math.PI;
    const lon = ((view.ox + view.cssWidth / 2) / view.side - 0.5) * 360;
    const metre = view.side / (40075016.686 * Math.cos((lat * Math.PI) / 180));
    let length = 1;
    for (const step of [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000])
      if (step * metre <= 110) length = step;
    const right = view.cssWidth - 14, left = Math.round(right - length * metre);
    const degrees = (value) => Math.abs(value).toFixed(4).replace(".", texts.decimal);
    const centre = `${degrees(lat)} ${lat >= 0 ? texts.north : texts.south} · ${degrees(lon)} ${lon >= 0 ? texts.east : texts.west}`;
    const said = base === "loading" ? "" : attribution;
    const wide = left - 30 - this._width(g, centre, 12);
    const room = wide > 24 + this._width(g, said, 12, base === "absent"); // else the place gives way, whole
    this._plate(g, room ? wide : left - 40, y - 18, view.cssWidth, view.cssHeight);
    words(g, this.look, length >= 1000 ? `${length / 1000} km` : `${length} m`, (left + right) / 2, y - 9, { size: 12 });
    g.save();
    for (const [colour, width] of [[c.map_land, 4], [c.text_1, 1.5]]) {
      g.strokeStyle = colour; g.lineWidth = width;
      g.beginPath(); g.moveTo(left, y - 4); g.lineTo(left, y + 2); g.lineTo(right, y + 2); g.lineTo(right, y - 4); g.stroke();
    }
    g.restore();
    if (room) words(g, this.look, centre, left - 18, y - 2, { size: 12, colour: c.text_2, align: "right" });
    const colour = base === "absent" ? c.text_1 : c.text_3;
    if (!said) return;
    this._plate(g, 0, y - 13, 24 + this._width(g, said, 12, base === "absent"), view.cssHeight);
    words(g, this.look, said, 12, y - 2, { size: 12, colour, align: "left", bold: base === "absent" });
  }
}
