// Picture tiles of a base map: asked for through the process, toned to the theme, kept while near.

const SIDE = 256;
const KEPT = 500; // tiles in memory, 256 kB each
const AT_ONCE = 8;

export class Tiles {
  // `more` is called when tiles came that the picture drawn last lacked.
  constructor(more) {
    this.more = more;
    this.source = null;
    this.held = new Map(); // "z/x/y" → ImageBitmap, or null where there is none
    this.wanted = [];
    this.running = 0;
    this.lacking = false;
  }

  setLook(look) { this.look = look; this.forget(); }

  // `source`: {min, max, adapt, side}, null for none.
  setSource(source) { this.source = source; this.forget(); }

  forget() { this.held.clear(); this.wanted = []; }

  retry() { for (const [key, picture] of this.held) if (!picture) this.held.delete(key); }

  // Draw what is at hand over an area of the ground; true when nothing of it is missing.
  draw(g, area, ratio) {
    const { source } = this;
    if (!source || !this.look) return false;
    const zoom = Math.min(source.max, Math.max(source.min, Math.round(area.zoom + Math.log2(ratio * SIDE / source.side))));
    if (area.zoom < source.min - 1) return false;
    const n = 2 ** zoom, side = area.side / n; // CSS pixels of one tile
    const x0 = Math.floor(area.ox / side), x1 = Math.floor((area.ox + area.w) / side);
    const y0 = Math.max(0, Math.floor(area.oy / side)), y1 = Math.min(n - 1, Math.floor((area.oy + area.h) / side));
    const missing = [];
    let whole = true;
    for (let y = y0; y <= y1; y++)
      for (let x = x0; x <= x1; x++) {
        const column = ((x % n) + n) % n, key = `${zoom}/${column}/${y}`;
        const picture = this.held.get(key);
        if (!picture) { whole = false; if (picture === undefined) missing.push([zoom, column, y]); continue; }
        this.held.delete(key); this.held.set(key, picture); // the newest last
        // Edges on whole pixels: no seam of ground between two tiles.
        const left = Math.round((x * side - area.ox) * ratio), right = Math.round(((x + 1) * side - area.ox) * ratio);
        const top = Math.round((y * side - area.oy) * ratio), bottom = Math.round(((y + 1) * side - area.oy) * ratio);
        g.drawImage(picture, left / ratio, top / ratio, (right - left) / ratio, (bottom - top) / ratio);
      }
    const [cx, cy] = [(x0 + x1) / 2, (y0 + y1) / 2];
    missing.sort((p, q) => Math.hypot(p[1] - cx, p[2] - cy) - Math.hypot(q[1] - cx, q[2] - cy));
    this.wanted = missing; // what an earlier view wanted and this one does not is not asked for
    this._ask();
    return whole;
  }

  _ask() {
    while (this.running < AT_ONCE && this.wanted.length) {
      const [z, x, y] = this.wanted.shift();
      const key = `${z}/${x}/${y}`;
      if (this.held.has(key)) continue;
      this.held.set(key, null);
      this.running++;
      this._fetch(z, x, y).catch(() => null).then((picture) => {
        this.running--;
        if (picture) { this.held.set(key, picture); this.lacking = true; }
        for (const old of this.held.keys()) { if (this.held.size <= KEPT) break; this.held.delete(old); }
        this._ask();
        if (!this.running && this.lacking) { this.lacking = false; this.more(); }
      });
    }
  }

  // An answer without a body: the source has no such tile, or cannot be reached.
  async _fetch(z, x, y) {
    const answer = await fetch(`tile?${z}/${x}/${y}`, { cache: "no-store" });
    const blob = await answer.blob();
    if (!answer.ok || !blob.size) return null;
    const picture = await createImageBitmap(blob);
    return this.source.adapt ? this._toned(picture) : picture;
  }

  // Bring a picture made for paper to the room: grey, and between the ground and its labels.
  _toned(picture) {
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const g = canvas.getContext("2d", { willReadFrequently: true });
    g.drawImage(picture, 0, 0);
    const image = g.getImageData(0, 0, canvas.width, canvas.height);
    const { data } = image;
    const part = (hex) => [1, 3, 5].map((k) => parseInt(hex.slice(k, k + 2), 16));
    const [light, dark] = [part(this.look.colours.map_land), part(this.look.colours.map_label)];
    for (let k = 0; k < data.length; k += 4) {
      const ink = 1 - (0.299 * data[k] + 0.587 * data[k + 1] + 0.114 * data[k + 2]) / 255;
      for (let c = 0; c < 3; c++) data[k + c] = light[c] + (dark[c] - light[c]) * ink;
    }
    g.putImageData(image, 0, 0);
    return canvas;
  }
}
