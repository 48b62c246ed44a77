// The ground under the points: a picture larger than the view, drawn by a worker (ground.js).
//
// Panning copies rows of that picture; the worker draws the next one before the view leaves it, so
// that a drag never waits. After a zoom the picture at hand is stretched until the right one comes.

function rgba(hex) {
  const n = parseInt(hex.slice(1), 16);
  return (0xff000000 | ((n & 255) << 16) | (n & 0xff00) | (n >> 16)) >>> 0;
}

const fits = (picture, view) =>
  picture.zoom === view.zoom && picture.ratio === view.ratio && picture.viewWidth === view.width && picture.viewHeight === view.height;

export class Base {
  // `want` asks for a new drawing; `failed` takes what the worker could not do, in words.
  constructor(want, failed) {
    this.want = want;
    this.present = false; // there is something to draw
    this.drawn = false; // the picture copied last is the right one for its view
    this.picture = null;
    this.revision = 0; // of what the picture is made from
    this.asked = null; // the revision the worker draws at this moment
    this.land = 0;
    this.worker = new Worker("ground.js", { type: "module" });
    this.worker.onmessage = ({ data }) => this._onWorkerSaid(data, failed);
    this.worker.onerror = (event) => failed(`the ground's worker failed: ${event.message}`);
  }

  setLook(look) {
    this.land = rgba(look.colours.map_land);
    this._renew({ look: { colours: look.colours, fonts: look.fonts, light: look.light } });
  }

  // Where equipment stands (fractions of the world): names keep clear of it.
  setPlaces(x, y) { this._renew({ places: { x: Float32Array.from(x), y: Float32Array.from(y) } }); }

  // Have these layers of the territory read, and tiles asked for when there is a source of them.
  load(layers, tiles) {
    this.present = layers.length > 0 || tiles !== null;
    this._renew({ layers, tiles });
  }

  // Ask again for the tiles that were missing: their source answers again.
  retryTiles() { this._renew({ retry: true }); }

  _renew(message) {
    this.revision++;
    this.worker.postMessage(message);
    this.want();
  }

  _onWorkerSaid(data, failed) {
    if (data.failed) failed(data.failed);
    if (data.more) { this.revision++; this.want(); } // a layer was read or tiles came
    if (!data.picture) return;
    this.picture = { ...data.picture, revision: this.asked };
    this.asked = null;
    this.want();
  }

  // Copy the ground of a view into `pixels` (device pixels); plain land where none is drawn yet.
  copy(pixels, view) {
    this._drawAhead(view);
    const { picture } = this;
    this.drawn = !this.present || (picture !== null && picture.whole && fits(picture, view));
    if (!this.present || !picture) pixels.fill(this.land, 0, view.width * view.height);
    else if (fits(picture, view)) this._copyRows(pixels, view, picture);
    else this._stretch(pixels, view, picture);
  }

  // The ground of a view, to be put back in small rectangles; null where only `copy` can draw it.
  under(view) {
    const { picture } = this;
    if (!this.present || !picture) return new Under(view, null, this.land);
    return fits(picture, view) ? new Under(view, picture, this.land) : null;
  }

  _copyRows(pixels, view, picture) {
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

  // The nearest pixel of a picture made for another zoom or size.
  _stretch(pixels, view, picture) {
    const { width, height, ratio } = view;
    const scale = 2 ** (picture.zoom - view.zoom);
    const columns = new Int32Array(width);
    for (let x = 0; x < width; x++) {
      const u = Math.floor(((view.ox + x / ratio) * scale - picture.ox) * picture.ratio);
      columns[x] = u >= 0 && u < picture.width ? u : -1;
    }
    for (let y = 0, at = 0; y < height; y++) {
      const v = Math.floor(((view.oy + y / ratio) * scale - picture.oy) * picture.ratio);
      if (v < 0 || v >= picture.height) { pixels.fill(this.land, at, at + width); at += width; continue; }
      const from = v * picture.width;
      for (let x = 0; x < width; x++, at++) pixels[at] = columns[x] < 0 ? this.land : picture.pixels[from + columns[x]];
    }
  }

  // Ask for the picture a view needs: the first one, after a change, or before the view leaves it.
  _drawAhead(view) {
    if (this.asked !== null || !this.present) return;
    const p = this.picture;
    const right = p && p.revision === this.revision && fits(p, view) &&
      Math.abs(view.ox - p.ox - p.padX) <= p.padX / 2 && Math.abs(view.oy - p.oy - p.padY) <= p.padY / 2;
    if (right) return;
    this.asked = this.revision;
    this.worker.postMessage({ view });
  }
}

class Under {
  constructor(view, picture, land) {
    Object.assign(this, { width: view.width, picture, land });
    if (!picture) return;
    this.left = Math.round((view.ox - picture.ox) * view.ratio);
    this.top = Math.round((view.oy - picture.oy) * view.ratio);
  }

  restore(pixels, { x0, y0, x1, y1 }) {
    const { width, picture, land, left, top } = this;
    for (let y = y0; y <= y1; y++) {
      const row = picture ? y + top : -1;
      const inside = row >= 0 && row < picture.height;
      for (let x = x0, at = y * width + x0; x <= x1; x++, at++) {
        const column = x + left;
        pixels[at] = inside && column >= 0 && column < picture.width ? picture.pixels[row * picture.width + column] : land;
      }
    }
  }
}
