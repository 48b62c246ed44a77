// What is few and must be seen: cabinets, alarms, incidents, the selection, scale and words.

import { project } from "./mercator.js";
import { Callouts } from "./callouts.js";
import { Circuits } from "./circuits.js";
import { Clusters } from "./clusters.js";
import { alarmMark, corners, words } from "./marks.js";
import { CHOSEN_BIT, LARGE, MEDIUM, SMALL } from "./points.js";
import { Symbols, sizeAt } from "./symbols.js";

const PICTURES = 400; // of marks and counts kept

export class Overlay {
  constructor(points) {
    this.points = points;
    this.symbols = new Symbols(points);
    this.clusters = new Clusters();
    this.circuits = new Circuits();
    this.data = { incidents: [], incident: null, chosen: 0 };
    this.labels = [];
    this.sought = null;
    this.callouts = new Callouts();
    this.hits = []; // incident marks and boxes drawn last, for clicks
    this.marked = []; // [x0, y0, x1, y1] of the marks drawn last, for the report
    this.aim = false; // keys point at the middle
    this.region = null; // what is being pointed out, given by hands.js
    this.kept = []; // rectangles callouts keep clear of: what else stands on the map
    this.blinking = false;
    this.withoutIncidents = false; // the person ticked their layer off
  }

  setLook(look) { this.look = look; this.pictures = new Map(); this.symbols.setLook(look); this.circuits.setLook(look); }
  setData(data) {
    for (const incident of data.incidents) [incident.x, incident.y] = project(incident.lon, incident.lat);
    this.data = data;
  }
  // A place somebody looked for, marked until the next; no title marks nothing.
  setSought({ lon, lat, title }) { this.sought = title ? { at: project(lon, lat), title } : null; }
  setLabels(labels) { this.labels = this.symbols.labels = labels; }

  draw(g, view, { lit, aged, texts, base, attribution, note }) {
    const { look } = this;
    this.hits = [];
    this.marked = [];
    this.blinking = false;
    this._size = sizeAt(view.zoom); // of symbols
    this._lamp = this.points.size(view); // of lamps, which stand closer
    const selected = { has: (i) => this.points.words[i] & CHOSEN_BIT };
    this.symbols.draw(g, view, { selected, alarmed: this.clusters.marks, aged });
    if (this._lamp === LARGE) this._lampLabels(g, view);
    this.circuits.drawNames(g, view);
    this._corners(g, view);
    this._paintSought(g, view);
    const marks = this._marks(view);
    this._incidents(g, view, marks);
    this._paintMarks(g, view, marks, lit); // over the lines that lead to boxes
    this.region.draw(g, look, view);
    if (this.aim) this._cross(g, view);
    this._foot(g, view, texts, base, attribution);
    if (note) this._note(g, view, note);
    // Nothing to show is said once the process has said so; until then the page is waiting.
    const said = !this.points.told ? texts.waiting : this.points.count ? "" : texts.empty;
    if (said) this._say(g, view, said);
  }

  // The place somebody looked for: a ring around it, and its name.
  _paintSought(g, view) {
    if (!this.sought) return;
    const [x, y] = [Math.round(this.sought.at[0] * view.side - view.ox), Math.round(this.sought.at[1] * view.side - view.oy)];
    if (!this._inside(x, y, view)) return;
    g.save();
    for (const [colour, width] of [[this.look.colours.map_land, 5], [this.look.colours.text_1, 2]]) {
      g.strokeStyle = colour; g.lineWidth = width;
      g.beginPath(); g.arc(x, y, 11, 0, 2 * Math.PI); g.stroke();
    }
    g.restore();
    words(g, this.look, this.sought.title, x + 18, y, { bold: true, align: "left" });
  }

  // Where keys point.
  _cross(g, view) {
    const x = Math.round(view.cssWidth / 2) + 0.5, y = Math.round(view.cssHeight / 2) + 0.5;
    g.save();
    for (const [colour, width] of [[this.look.colours.map_land, 4], [this.look.colours.accent, 2]]) {
      g.strokeStyle = colour; g.lineWidth = width;
      g.beginPath();
      for (const [u, v] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) { g.moveTo(x + 6 * u, y + 6 * v); g.lineTo(x + 18 * u, y + 18 * v); }
      g.stroke();
    }
    g.restore();
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
    for (const box of this.symbols.boxes) put(box);
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

  // Of symbols; chosen lamps wear theirs in pixels (stamps.js).
  _corners(g, view) {
    const { points } = this;
    if (!points.chosen) return;
    const half = this._size === LARGE ? 17 : 13;
    for (const i of points.symbols) {
      if (!(points.words[i] & CHOSEN_BIT) || points.hidden[points.layer[i]]) continue;
      const [x, y] = this._at(i, view);
      if (this._inside(x, y, view)) corners(g, this.look, x, y, half);
    }
  }

  // The clusters in view. A mark stands at the top right of what it is about.
  _marks(view) {
    const { points } = this;
    const reach = (layer) => {
      const size = points.raster[layer] ? this._lamp : Math.max(MEDIUM, this._size);
      return size === SMALL ? 14 : size === LARGE ? 27 : 23;
    };
    const shown = (mark) => (mark.incident ? !this.withoutIncidents : !points.hidden[mark.layer]);
    const key = `${this._lamp}/${this._size}/${this.withoutIncidents}/${points.hidden}`;
    const found = [];
    for (const cluster of this.clusters.at(view.side, key, reach, shown)) {
      const x = cluster.x - view.ox, y = cluster.y - view.oy;
      if (this._inside(x, y, view)) found.push({ x, y, cluster });
    }
    return found;
  }

  _incidents(g, view, marks) {
    const { incidents, incident } = this.data;
    const taken = [...this.kept, ...marks.map(({ x, y, cluster }) => [x - 16, y - 16, x + 16 + 8 * cluster.said.length, y + 16])];
    const shown = this.withoutIncidents ? [] : incidents;
    this.callouts.draw(g, this.look, view, { incidents: shown, chosen: incident, taken, under: () => this.points.counter(view) });
    for (const { id, ...box } of this.callouts.boxes) this.hits.push({ ...box, incident: id });
  }

  _paintMarks(g, view, marks, lit) {
    for (const { x, y, cluster } of [...marks].reverse()) {
      const { severity, state, said, members } = cluster;
      if (state === "unacknowledged") this.blinking = true;
      this._copy(g, view, `${severity}/${state}/${lit}`, x, y, 44, 44, (own) => alarmMark(own, this.look, 22, 22, severity, state, lit, 20));
      if (said) {
        const wide = 12 * said.length + 8;
        this._copy(g, view, said, x + 12 + wide / 2, y, wide, 20, (own) => words(own, this.look, said, 4, 10, { bold: true, size: 12, align: "left" }));
      }
      const right = said ? x + 16 + 8 * said.length : x + 13;
      this.hits.push({ x0: x - 13, y0: y - 13, x1: x + 13, y1: y + 13, cluster });
      this.marked.push([x - 17, y - 17, Math.max(x + 17, right), y + 17].map(Math.round));
    }
  }

  // A small picture around (x, y), drawn once and copied: there may be hundreds in view.
  _copy(g, view, key, x, y, width, height, draw) {
    const { ratio } = view;
    let picture = this.pictures.get(`${key}/${ratio}`);
    if (!picture) {
      if (this.pictures.size > PICTURES) this.pictures.clear();
      picture = new OffscreenCanvas(Math.ceil(width * ratio), Math.ceil(height * ratio));
      const own = picture.getContext("2d", { willReadFrequently: true });
      own.scale(ratio, ratio);
      draw(own);
      this.pictures.set(`${key}/${ratio}`, picture);
    }
    g.drawImage(picture, Math.round(x) - width / 2, Math.round(y) - height / 2, picture.width / ratio, picture.height / ratio);
  }

  _width(g, text, size = 13, bold = false) {
    g.font = `${bold ? "bold " : ""}${size}px ${this.look.fonts}`;
    return g.measureText(text).width;
  }

  _plate(g, x0, y0, x1, y1) {
    g.fillStyle = this.look.colours.map_land;
    g.fillRect(x0, y0, x1 - x0, y1 - y0);
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

  // What the person must know of the base map, over its attribution.
  _note(g, view, note) {
    const y = view.cssHeight - 34;
    this._plate(g, 0, y - 13, 24 + this._width(g, note, 13, true), y + 9);
    words(g, this.look, note, 12, y - 2, { size: 13, align: "left", bold: true });
  }
}
