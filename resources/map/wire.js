// The page's only line to the process: held GETs bring frames and orders, short ones report.

import { FIELDS } from "./clusters.js";

export const FULL = 1;
const FRAME_MAGIC = 0x32464642; // "BFF2", little-endian
const POSITIONS_MAGIC = 0x31504642; // "BFP1"
const HEADER = 28;

async function get(path) {
  const answer = await fetch(path, { cache: "no-store" });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

export const json = async (path) => (await get(path)).json();

export function tell(path, message) {
  return get(`${path}?${encodeURIComponent(JSON.stringify(message))}`);
}

// Layout in console/panels/map/frames.py.
export async function positions() {
  const buffer = await (await get("positions")).arrayBuffer();
  const head = new DataView(buffer);
  if (head.getUint32(0, true) !== POSITIONS_MAGIC) throw new Error("positions: not ours");
  const count = head.getUint32(4, true);
  return {
    generation: head.getUint32(8, true),
    x: new Float64Array(buffer, 16, count),
    y: new Float64Array(buffer, 16 + 8 * count, count),
    layer: new Uint8Array(buffer, 16 + 16 * count, count),
  };
}

export async function frame(after, generation) {
  const buffer = await (await get(`frame?after=${after}&generation=${generation}`)).arrayBuffer();
  const head = new DataView(buffer);
  if (head.getUint32(0, true) !== FRAME_MAGIC) throw new Error("frame: not ours");
  const count = head.getUint32(8, true), length = head.getUint32(12, true);
  const marks = FIELDS * head.getUint32(24, true);
  const tail = HEADER + 8 * count + 4 * marks;
  return {
    sequence: head.getUint32(4, true),
    flags: head.getUint32(16, true),
    generation: head.getUint32(20, true),
    indexes: new Uint32Array(buffer, HEADER, count),
    words: new Uint32Array(buffer, HEADER + 4 * count, count),
    marks: new Uint32Array(buffer, HEADER + 8 * count, marks),
    overlay: length ? JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, tail, length))) : null,
  };
}

// Positions as bits of a map of `count` of them, base64url: short whatever is chosen.
export function bits(positions, count) {
  const bytes = new Uint8Array((count + 7) >> 3);
  for (const i of positions) bytes[i >> 3] |= 1 << (i & 7);
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_");
}
