// Wire the parts: two canvases over the map, one drawing per animation frame, one report per paint.
//
// Below, ground and lamps as raw pixels, of which only what changed is written again while the view
// stands; above, what is few: symbols, marks, words. Each is drawn only when it has something new.

import { Base } from "./base.js";
import { Hands } from "./hands.js";
import { Overlay } from "./overlay.js";
import { Points } from "./points.js";
import * as wire from "./wire.js";

const HEARTBEAT_MS = 400;
const map = window.map_beffroi; // made by folium's script

// Kept in ordinary memory: written as pixels, never by a GPU.
const [canvas, above] = [false, true].map((alpha) => {
  const made = document.createElement("canvas");
  made.className = "beffroi-canvas";
  return { made, g: made.getContext("2d", { alpha, willReadFrequently: true }) };
});
map.getContainer().prepend(canvas.made, above.made);

const points = new Points();
const overlay = new Overlay(points);
const state = {
  look: null, lookRevision: -1, sequence: 0, generation: 0, orders: 0, moved: 0,
  lit: true, aged: false, base: "loading", attribution: "", absent: "", note: "", tiles: 0, blocked: 0, fitted: false,
};
const GROUND = 1, LAMPS = 2, ABOVE = 4, ALL = 7; // what is to be drawn again
let image = null, pixels = null, wanted = 0, drawMs = 0;
let drawnFor = null; // the view drawn last
const afterDraw = [];

const hands = new Hands(map, { points, overlay, view, redraw: () => want(ABOVE), fit });
overlay.circuits.redraw = () => want();
const base = new Base(() => want(), (message) => console.error(message));

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

function want(what = ALL) {
  if (!wanted) requestAnimationFrame(draw);
  wanted |= what;
}

const same = (v, w) => w !== null && v.zoom === w.zoom && v.ox === w.ox && v.oy === w.oy && v.ratio === w.ratio && v.width === w.width && v.height === w.height;

function resize(v) {
  for (const { made } of [canvas, above]) {
    made.width = v.width; made.height = v.height;
    made.style.width = `${v.cssWidth}px`; made.style.height = `${v.cssHeight}px`;
  }
  image = canvas.g.createImageData(v.width, v.height);
  pixels = new Uint32Array(image.data.buffer);
}

function draw() {
  let what = wanted;
  wanted = 0;
  const v = view();
  if (!state.look || !v.width || !v.height) return;
  const start = performance.now();
  if (!same(v, drawnFor)) what = ALL;
  if (canvas.made.width !== v.width || canvas.made.height !== v.height || !pixels) resize(v);
  drawnFor = v;
  points.quiet = overlay.circuits.shown;
  points.aged = state.aged;
  if (what & GROUND || (what & LAMPS && !points.canRestamp())) drawLamps(v);
  else if (what & LAMPS) drawChanges(v);
  if (what & ABOVE) drawAbove(v);
  drawMs = performance.now() - start;
  const painted = state.sequence;
  v.callouts = overlay.callouts.boxes.map((box) => [box.id, box.x0, box.y0, box.x1, box.y1]);
  v.marks = overlay.marked;
  v.words = overlay.symbols.boxes;
  v.masked = [...overlay.symbols.masked, ...(points.givesWay(v) ? points.raster.flatMap((lamps, layer) => (lamps ? [layer] : [])) : [])].map((layer) => state.layers[layer].key);
  for (const done of afterDraw.splice(0)) done();
  // Two frames later this one has been handed to the compositor and by it to the window.
  requestAnimationFrame(() => requestAnimationFrame(() => report(painted, v)));
}

// Below the lamps lies the ground, and on it the circuits' streets.
function drawLamps(v) {
  base.copy(pixels, v);
  overlay.circuits.blend(pixels, v);
  points.draw(pixels, v, state.aged);
  canvas.g.putImageData(image, 0, 0);
}

// Circuits are not shown here: with them lamps give way, and all is drawn again.
function drawChanges(v) {
  const ground = base.under(v);
  if (!ground) { drawLamps(v); return; }
  points.restamp(pixels, ground, v, (x, y, width, height) => canvas.g.putImageData(image, 0, 0, x, y, width, height));
}

function drawAbove(v) {
  const { g } = above;
  g.setTransform(1, 0, 0, 1, 0, 0);
  g.clearRect(0, 0, v.width, v.height);
  g.setTransform(v.ratio, 0, 0, v.ratio, 0, 0);
  overlay.draw(g, v, { lit: state.lit, aged: state.aged, texts: state.look.texts, base: state.base, attribution: state.base === "absent" ? state.absent : state.attribution, note: state.note });
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
    generation: state.generation, lamp: points.size(v), callouts: v.callouts, marks: v.marks, words: v.words, masked: v.masked, ground: base.drawn,
  }).catch(() => {}); // the process is closing the page; nobody is left to tell
}

// The heartbeat goes through an animation frame: a compositor that stands still stops it.
setInterval(() => {
  if (!state.look || !drawnFor || performance.now() - reported < HEARTBEAT_MS - 50) return;
  requestAnimationFrame(() => requestAnimationFrame(() => report(onScreen, drawnFor)));
}, HEARTBEAT_MS);

const drawn = (what) => new Promise((resolve) => { afterDraw.push(resolve); want(what); });

async function takeLook(revision) {
  const look = await wire.json("look.json");
  state.look = look; state.lookRevision = revision;
  for (const [name, value] of Object.entries(look.colours))
    document.documentElement.style.setProperty(`--${name.replaceAll("_", "-")}`, value);
  base.setLook(look);
  points.setLook(look, look.states); overlay.setLook(look); hands.setLook(look);
}

async function takeCatalogue() {
  const [{ generation, x, y, layer }, about, facts] = await Promise.all([wire.positions(), wire.json("catalogue"), wire.json("symbols")]);
  points.setCatalogue(x, y, layer, about.layers);
  overlay.symbols.setFacts(facts);
  base.setPlaces(x, y);
  state.layers = about.layers; state.generation = generation; state.sequence = onScreen = 0;
  overlay.clusters.clear();
  overlay.setData({ incidents: [], incident: null, chosen: 0 });
  overlay.setLabels([]);
  hide(state.hidden || []);
  if (!state.fitted && points.count) { state.fitted = true; if (!state.restored) fit(); }
  state.named = false;
}

// The names, which are long, once the picture stands.
async function takeLabels() {
  state.named = true;
  const { generation } = state;
  const labels = await wire.json("labels");
  if (generation !== state.generation) return; // of a catalogue that is gone
  overlay.setLabels(labels);
  want(ABOVE);
}

// How circuits are now; where they run is asked for when it is not what the page has.
function takeCircuits(states) {
  const { lacking, changed } = overlay.circuits.setStates(states);
  if (changed) want();
  if (!lacking) return;
  wire.json("circuits").then((plan) => { overlay.circuits.setPlan(plan); want(); })
    .catch((error) => console.error(`the circuits could not be read: ${error.message}`));
}

function hide(keys) {
  state.hidden = keys;
  points.hidden = (state.layers || []).map((item) => keys.includes(item.key));
  overlay.withoutIncidents = keys.includes("incidents");
  overlay.circuits.hidden = keys.includes("circuits");
}

// Show world places, all points without.
function fit(places) {
  let [x0, y0, x1, y1] = [1, 1, 0, 0];
  const { x, y, count } = points;
  if (places) [[x0, y0], [x1, y1]] = places;
  else if (!count) return;
  else for (let i = 0; i < count; i++) {
    x0 = Math.min(x0, x[i]); x1 = Math.max(x1, x[i]); y0 = Math.min(y0, y[i]); y1 = Math.max(y1, y[i]);
  }
  const place = (px, py) => map.options.crs.pointToLatLng(L.point(px * 256, py * 256), 0);
  map.fitBounds([place(x0, y0), place(x1, y1)], { padding: places ? [120, 120] : [28, 28], maxZoom: 18, animate: false });
}

async function followFrames() {
  for (;;) {
    const frame = await wire.frame(state.sequence, state.generation);
    if (frame.generation !== state.generation) { await takeCatalogue(); continue; }
    const others = points.apply(frame.indexes, frame.words);
    overlay.clusters.take(frame.marks, Boolean(frame.flags & wire.FULL));
    if (frame.overlay) { overlay.setData(frame.overlay); hands.say(); takeCircuits(frame.overlay.circuits); }
    state.sequence = frame.sequence;
    // The next frame is asked for when this one is drawn: a slow page gets fewer.
    await drawn(LAMPS | (others || frame.overlay || frame.marks.length ? ABOVE : 0));
    if (!state.named) takeLabels().catch((error) => console.error(`the names could not be read: ${error.message}`));
  }
}

async function followOrders() {
  for (;;) {
    const orders = await wire.json(`orders?after=${state.orders}`);
    // A flash of the marks draws the marks, and nothing where there are none.
    const { lit, sequence, ...rest } = orders, told = JSON.stringify(rest);
    const what = told !== state.told ? ALL : lit !== state.lit && overlay.blinking ? ABOVE : 0;
    state.told = told;
    if (orders.look !== state.lookRevision) await takeLook(orders.look);
    state.lit = lit; state.aged = orders.aged;
    hide(orders.hidden);
    takeGroundNews(orders.ground);
    for (const move of orders.moves) if (move.id > state.moved) { state.moved = move.id; go(move); }
    state.orders = sequence;
    if (what) want(what);
  }
}

function go(move) {
  if (move.kind === "fit") fit();
  else if (move.kind === "centre") { state.restored = true; map.setView([move.lat, move.lon], move.zoom ?? map.getZoom(), { animate: false }); if (move.title !== undefined) overlay.setSought(move); }
  else if (move.kind === "pan") map.panBy([move.dx, move.dy], { animate: false });
  else if (move.kind === "zoom") map.setZoom(map.getZoom() + move.by, { animate: false });
}

// What the source of tiles has to say, and whether it answers again.
function takeGroundNews({ note, revision }) {
  if (state.tiles !== revision) { if (state.tiles) base.retryTiles(); state.tiles = revision; }
  state.note = note;
}

async function takeGround() {
  const about = await wire.json("ground.json");
  Object.assign(state, { attribution: about.attribution, absent: about.absent });
  base.load(about.layers, about.tiles);
  state.base = base.present ? "present" : "absent";
  want();
}

map.on("move zoom resize", () => want());
new ResizeObserver(() => map.invalidateSize({ animate: false, pan: false })).observe(map.getContainer());

async function start() {
  const orders = await wire.json("orders?after=0");
  state.orders = orders.sequence; state.lit = orders.lit; state.aged = orders.aged; state.hidden = orders.hidden;
  takeGroundNews(orders.ground);
  for (const move of orders.moves) { state.moved = move.id; go(move); }
  await takeLook(orders.look);
  L.control.zoom({ position: "topright", zoomInTitle: state.look.texts.zoom_in, zoomOutTitle: state.look.texts.zoom_out }).addTo(map);
  want();
  takeGround().catch((error) => { state.base = "absent"; console.error(`the ground could not be read: ${error.message}`); });
  await takeCatalogue();
  await Promise.all([followFrames(), followOrders()]);
}

// A page that cannot go on stops reporting, and is covered: never a picture nobody keeps true.
start().catch((error) => { state.look = null; console.error(`map page stopped: ${error.message}`); });
