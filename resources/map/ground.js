// The worker that reads and draws the ground, away from the page's own thread.

import { Painter } from "./painter.js";
import { Tiles } from "./tiles.js";

const tiles = new Tiles(() => postMessage({ more: true }));
const painter = new Painter(tiles);

async function read(name) {
  try {
    const answer = await fetch(`ground/${name}.geojson`, { cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    return [name, await answer.json()];
  } catch (error) {
    postMessage({ failed: `the ground's ${name} could not be read: ${error.message}` });
    return null;
  }
}

let ready = false; // a picture asked for before is plain land

// All layers, then one picture: a city that appears piece by piece would be drawn five times.
async function readAll(layers) {
  for (const found of await Promise.all(layers.map(read))) {
    if (!found) continue;
    try { painter.setLayer(...found); } catch (error) { postMessage({ failed: `the ground's ${found[0]} makes no sense: ${error.message}` }); }
  }
  ready = true;
  postMessage({ more: true });
}

onmessage = ({ data }) => {
  if (data.look) { painter.setLook(data.look); tiles.setLook(data.look); }
  if (data.places) painter.places = data.places;
  if (data.layers) { tiles.setSource(data.tiles); readAll(data.layers); }
  if (data.retry) tiles.retry();
  if (!data.view) return;
  const picture = { ...painter.render(data.view), whole: ready };
  postMessage({ picture }, [picture.pixels.buffer]);
};
