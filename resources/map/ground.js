// The worker that draws the ground around where the view is going.

import { Base } from "./base.js";

const base = new Base();

onmessage = ({ data }) => {
  if (data.streets) base.setStreets(data.streets);
  if (data.communes) base.setCommunes(data.communes);
  if (data.look) base.setLook(data.look);
  if (!data.view) return;
  const picture = base.render(data.view);
  postMessage(picture, [picture.pixels.buffer]);
};
