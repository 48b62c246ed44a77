// Wire the parts: one canvas over the map, one drawing per animation frame, one report per paint.

import { Base } from "./base.js";
import { Overlay } from "./overlay.js";
import { Points } from "./points.js";
import * as wire from "./wire.js";

const HEARTBEAT_MS = 400;
const HIT_PX = 12;
const map = window.map_beffroi; // made by folium's script

const canvas = document.createElement("canvas");
canvas.className = "beffroi-canvas";
map.getContainer().prepend(canvas);
// An opaque canvas kept in ordinary memory: it is written as pixels, never by a GPU.
const g = canvas.getContext("2d", { alpha: false, willReadFrequently: true });

const base = new Base();
const points = new Points();
const overlay = new Overlay(points);
const state = {
  look: null, lookRevision: -1, sequence: 0, generation: 0, orders: 0, moved: 0,
  lit: true, aged: false, base: "loading", attribution: "", absent: "", blocked: 0, fitted: false,
};
let image = null, pixels = null, wanted = false, drawMs = 0;
const afterDraw = [];

const worker = new Worker("ground.js", { type: "module" });
let workerBusy = false;
worker.onmessage = ({ data }) => {
  workerBusy = false;
  if (state.look && base.take(data, view())) want();
};
worker.onerror = (event) => console.error(`the ground's worker failed: ${event.message}`);

// Have the ground around the view drawn before the view leaves what is drawn.
function drawAhead(v) {
  if (workerBusy || !base.present || !base.leaving(v)) return;
  workerBusy = true;
  worker.postMessage({ view: v });
}

document.addEventListener("securitypolicyviolation", () => { state.blocked++; });

function view() {
  const size = map.getSize();
  const origin = map.getPixelBounds().min;
  const ratio = window.devicePixelRatio || 1;
  return {
    zoom: map.getZoom(), side: 256 * 2 ** map.getZoom(), ox: origin.x, oy: origin.y, ratio,
    cssWidth: size.x, cssHeight: size.y, width: Math.round(size.x * ratio), height: Math.round(size.y * ratio),
  };
}

function want() {
  if (wanted) return;
  wanted = true;
  requestAnimationFrame(draw);
}

function draw() {
  wanted = false;
  const v = view();
  if (!state.look || !v.width || !v.height) return;
  const start = performance.now();
  if (canvas.width !== v.width || canvas.height !== v.height) {
    canvas.width = v.width; canvas.height = v.height;
    canvas.style.width = `${v.cssWidth}px`; canvas.style.height = `${v.cssHeight}px`;
    image = g.createImageData(v.width, v.height);
    pixels = new Uint32Array(image.data.buffer);
  }
  base.copy(pixels, v);
  drawAhead(v);
  points.draw(pixels, v, state.aged);
  g.setTransform(1, 0, 0, 1, 0, 0);
  g.putImageData(image, 0, 0);
  g.setTransform(v.ratio, 0, 0, v.ratio, 0, 0);
  overlay.draw(g, v, { lit: state.lit, aged: state.aged, texts: state.look.texts, base: state.base, attribution: state.base === "absent" ? state.absent : state.attribution });
  drawMs = performance.now() - start;
  const painted = state.sequence;
  for (const done of afterDraw.splice(0)) done();
  // Two frames later this one has been handed to the compositor and by it to the window.
  requestAnimationFrame(() => requestAnimationFrame(() => report(painted, v)));
}

let reported = 0;
let onScreen = 0; // the newest frame known to be painted
function report(painted, v) {
  onScreen = Math.max(onScreen, painted);
  reported = performance.now();
  const centre = map.getCenter();
  wire.tell("painted", {
    painted, origin: [v.ox, v.oy], centre: [centre.lng, centre.lat], zoom: v.zoom,
    size: [v.cssWidth, v.cssHeight], ratio: v.ratio, draw_ms: drawMs, blocked: state.blocked, orders: state.orders,
    generation: state.generation, lamp: points.size(v), callouts: overlay.callouts,
  }).catch(() => {}); // the process is closing the page; nobody is left to tell
}

// The heartbeat goes through an animation frame: a compositor that stands still stops it.
setInterval(() => {
  if (!state.look || performance.now() - reported < HEARTBEAT_MS - 50) return;
  requestAnimationFrame(() => requestAnimationFrame(() => report(onScreen, view())));
}, HEARTBEAT_MS);

const drawn = () => new Promise((resolve) => { afterDraw.push(resolve); want(); });

async function takeLook(revision) {
  const look = await wire.json("look.json");
  state.look = look; state.lookRevision = revision;
  for (const [name, value] of Object.entries(look.colours))
    document.documentElement.style.setProperty(`--${name.replaceAll("_", "-")}`, value);
  base.setLook(look); worker.postMessage({ look });
  points.setLook(look, look.states); overlay.setLook(look);
}

async function takeCatalogue() {
  const [{ generation, x, y, layer }, about] = await Promise.all([wire.positions(), wire.json("catalogue")]);
  points.setCatalogue(x, y, layer, about.layers);
  points.symbolOf = about.layers.map((item) => item.symbol);
  state.layers = about.layers; state.generation = generation; state.sequence = onScreen = 0;
  overlay.setData({ alarms: [], incidents: [], selection: [], incident: null });
  overlay.setLabels([]);
  hide(state.hidden || []);
  if (!state.fitted && points.count) { state.fitted = true; if (!state.restored) fit(); }
  wire.json("labels").then((labels) => { overlay.setLabels(labels); want(); }).catch(() => {});
}

function hide(keys) {
  state.hidden = keys;
  points.hidden = (state.layers || []).map((item) => keys.includes(item.key));
  overlay.withoutIncidents = keys.includes("incidents");
}

function fit() {
  const { x, y, count } = points;
  if (!count) return;
  let [x0, y0, x1, y1] = [1, 1, 0, 0];
  for (let i = 0; i < count; i++) {
    x0 = Math.min(x0, x[i]); x1 = Math.max(x1, x[i]); y0 = Math.min(y0, y[i]); y1 = Math.max(y1, y[i]);
  }
  const place = (px, py) => map.options.crs.pointToLatLng(L.point(px * 256, py * 256), 0);
  map.fitBounds([place(x0, y0), place(x1, y1)], { padding: [28, 28], maxZoom: 18, animate: false });
}

async function followFrames() {
  for (;;) {
    const frame = await wire.frame(state.sequence, state.generation);
    if (frame.generation !== state.generation) { await takeCatalogue(); continue; }
    points.apply(frame.indexes, frame.words);
    if (frame.overlay) overlay.setData(frame.overlay);
    state.sequence = frame.sequence;
    await drawn(); // the next frame is asked for when this one is drawn: a slow page gets fewer
  }
}

async function followOrders() {
  for (;;) {
    const orders = await wire.json(`orders?after=${state.orders}`);
    if (orders.look !== state.lookRevision) await takeLook(orders.look);
    state.lit = orders.lit; state.aged = orders.aged;
    hide(orders.hidden);
    for (const move of orders.moves) if (move.id > state.moved) { state.moved = move.id; go(move); }
    state.orders = orders.sequence;
    want();
  }
}

function go(move) {
  if (move.kind === "fit") fit();
  else if (move.kind === "centre") { state.restored = true; map.setView([move.lat, move.lon], move.zoom ?? map.getZoom(), { animate: false }); }
  else if (move.kind === "pan") map.panBy([move.dx, move.dy], { animate: false });
  else if (move.kind === "zoom") map.setZoom(map.getZoom() + move.by, { animate: false });
}

async function takeGround() {
  try {
    const about = await wire.json("ground.json");
    state.attribution = about.attribution;
    for (const [name, set] of [["streets", "setStreets"], ["communes", "setCommunes"]]) {
      if (!about[name]) continue;
      const collection = await wire.json(`ground/${name}.geojson`);
      base[set](collection);
      worker.postMessage({ [name]: collection });
    }
    state.absent = about.absent;
    state.base = base.present ? "present" : "absent";
  } catch (error) {
    state.base = "absent";
    console.error(`the ground could not be read: ${error.message}`);
  }
  want();
}

// -- the person's hands ---------------------------------------------------------------------------

const KEYS = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
};
window.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const step = event.shiftKey ? 320 : 96;
  if (KEYS[event.key]) map.panBy(KEYS[event.key].map((k) => k * step), { animate: false });
  else if (event.key === "+" || event.key === "=") map.zoomIn(1, { animate: false });
  else if (event.key === "-") map.zoomOut(1, { animate: false });
  else if (event.key === "Home") fit();
  else return;
  event.preventDefault();
});

let boxed = false; // the click that ends a box is none
map.on("click", (event) => {
  if (boxed) return;
  const { x, y } = event.containerPoint;
  const { ctrlKey } = event.originalEvent;
  const hit = [...overlay.hits].reverse().find((h) => x >= h.x0 && x <= h.x1 && y >= h.y0 && y <= h.y1);
  if (hit && hit.incident) { wire.tell("select", { incident: hit.incident }); return; }
  const index = hit ? hit.index : points.nearest(view(), x, y, HIT_PX);
  wire.tell("select", { points: index < 0 ? [] : [index], add: ctrlKey });
});

const rubber = document.createElement("div");
rubber.className = "leaflet-zoom-box";
let corner = null;
map.getContainer().addEventListener("mousedown", (event) => {
  boxed = false;
  if (!event.shiftKey || event.button !== 0) return;
  corner = map.mouseEventToContainerPoint(event);
  map.dragging.disable();
  event.stopPropagation(); event.preventDefault();
}, true);
window.addEventListener("mousemove", (event) => {
  if (!corner) return;
  const at = map.mouseEventToContainerPoint(event);
  if (!rubber.parentNode) map.getContainer().append(rubber);
  Object.assign(rubber.style, {
    position: "absolute", zIndex: 500,
    left: `${Math.min(at.x, corner.x)}px`, top: `${Math.min(at.y, corner.y)}px`,
    width: `${Math.abs(at.x - corner.x)}px`, height: `${Math.abs(at.y - corner.y)}px`,
  });
});
window.addEventListener("mouseup", (event) => {
  if (!corner) return;
  const at = map.mouseEventToContainerPoint(event), from = corner;
  corner = null;
  boxed = true;
  rubber.remove();
  map.dragging.enable();
  const found = points.inside(view(), Math.min(at.x, from.x), Math.min(at.y, from.y), Math.max(at.x, from.x), Math.max(at.y, from.y));
  wire.tell("select", { points: found, add: event.ctrlKey });
});

map.on("move zoom resize", want);
new ResizeObserver(() => map.invalidateSize({ animate: false, pan: false })).observe(map.getContainer());

async function start() {
  const orders = await wire.json("orders?after=0");
  state.orders = orders.sequence; state.lit = orders.lit; state.aged = orders.aged; state.hidden = orders.hidden;
  for (const move of orders.moves) { state.moved = move.id; go(move); }
  await takeLook(orders.look);
  L.control.zoom({ position: "topright", zoomInTitle: state.look.texts.zoom_in, zoomOutTitle: state.look.texts.zoom_out }).addTo(map);
  want();
  takeGround();
  await takeCatalogue();
  await Promise.all([followFrames(), followOrders()]);
}

// A page that cannot go on stops reporting, and is covered: never a picture nobody keeps true.
start().catch((error) => { state.look = null; console.error(`map page stopped: ${error.message}`); });
