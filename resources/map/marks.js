// Shapes painted with a 2D context: alarm marks, quality glyphs, symbols. Sizes in CSS pixels.

const SHIFT = { 2: 0.13, 3: -0.13 }; // a triangle's digit sits lower or higher than its middle

function outline(shape, cx, cy, size, distance) {
  const scale = size / 24;
  const path = new Path2D();
  if (shape.radius) {
    path.arc(cx, cy, shape.radius * scale + distance, 0, 2 * Math.PI);
    return path;
  }
  const ys = shape.points.map((p) => p[1]);
  const middle = (Math.min(...ys) + Math.max(...ys)) / 2;
  const points = shape.points.map(([x, y]) => [cx + (x - 12) * scale, cy + (y - middle) * scale]);
  for (const [x, y] of distance ? outset(points, distance) : points) path.lineTo(x, y);
  path.closePath();
  return path;
}

function outset(points, distance) {
  const lines = points.map(([x, y], i) => {
    const [nx, ny] = points[(i + 1) % points.length];
    const [dx, dy] = [nx - x, ny - y];
    const length = Math.hypot(dx, dy);
    return [x + (dy / length) * distance, y - (dx / length) * distance, dx, dy];
  });
  return lines.map(([x2, y2, dx2, dy2], i) => {
    const [x1, y1, dx1, dy1] = lines[(i + lines.length - 1) % lines.length];
    const along = ((x2 - x1) * dy2 - (y2 - y1) * dx2) / (dx1 * dy2 - dy1 * dx2);
    return [x1 + dx1 * along, y1 + dy1 * along];
  });
}

// One alarm mark: shape, digit and colour together; NA flashes its contour, RN is hollow.
export function alarmMark(g, look, cx, cy, severity, state, lit, size = 20) {
  const shape = look.alarm.shape_24[severity];
  const c = look.colours;
  const over = state === "over"; // an incident none of whose alarms is left: no hue, as in the queue
  const hue = over ? c.text_3 : c[`alarm_${severity}`];
  const hollow = over || state === "returned", edged = look.light && !over;
  g.save();
  g.lineJoin = "miter";
  g.fillStyle = c.map_land;
  g.fill(outline(shape, cx, cy, size, 1.5));
  const core = outline(shape, cx, cy, size, hollow ? -0.8 : 0);
  if (hollow) {
    if (edged) { g.strokeStyle = c.alarm_edge; g.lineWidth = 3.5; g.stroke(core); }
    g.strokeStyle = hue; g.lineWidth = 1.6; g.stroke(core);
  } else {
    g.fillStyle = hue; g.fill(core);
    if (look.light) { g.strokeStyle = c.alarm_edge; g.lineWidth = 1.5; g.stroke(core); }
  }
  if ((state === "unacknowledged" && lit) || state === "returned") {
    const width = look.alarm.contour_width_px;
    const contour = outline(shape, cx, cy, size, look.alarm.contour_gap_px + width / 2);
    if (hollow) g.setLineDash([3, 2.2]);
    if (look.light) { g.strokeStyle = c.alarm_edge; g.lineWidth = width + 1.5; g.stroke(contour); }
    g.strokeStyle = hue; g.lineWidth = look.light ? width - 0.5 : width; g.stroke(contour);
  }
  g.setLineDash([]);
  g.fillStyle = over ? c.text_3 : hollow ? c.text_1 : c[`alarm_${severity}_digit`];
  g.font = `bold ${Math.max(10, Math.round(size * 0.6))}px ${look.fonts}`;
  g.textAlign = "center"; g.textBaseline = "middle";
  g.fillText(String(severity), cx, cy + (SHIFT[severity] || 0) * size + 1);
  g.restore();
}

// The glyph that says a quality or a service state: ? × clock ≠ bar △, in a square of side `s`.
export function glyph(g, look, state, cx, cy, s, colour) {
  const r = s / 2;
  g.save();
  g.strokeStyle = colour; g.fillStyle = colour; g.lineWidth = Math.max(1.2, s / 7);
  g.beginPath();
  switch (state) {
    case "unknown":
      g.font = `bold ${Math.round(s * 1.25)}px ${look.fonts}`;
      g.textAlign = "center"; g.textBaseline = "middle";
      g.fillText("?", cx, cy + s * 0.06);
      break;
    case "unavailable":
      g.moveTo(cx - r, cy - r); g.lineTo(cx + r, cy + r);
      g.moveTo(cx + r, cy - r); g.lineTo(cx - r, cy + r);
      break;
    case "stale":
      g.moveTo(cx, cy - r * 1.1); g.lineTo(cx, cy); g.lineTo(cx + r * 0.9, cy);
      break;
    case "bad":
      g.moveTo(cx - r, cy - r * 0.4); g.lineTo(cx + r, cy - r * 0.4);
      g.moveTo(cx - r, cy + r * 0.4); g.lineTo(cx + r, cy + r * 0.4);
      g.moveTo(cx - r * 0.6, cy + r); g.lineTo(cx + r * 0.6, cy - r);
      break;
    case "disabled":
      g.moveTo(cx - r * 0.9, cy + r * 0.9); g.lineTo(cx + r * 0.9, cy - r * 0.9);
      break;
    case "maintenance":
      g.moveTo(cx, cy - r); g.lineTo(cx + r, cy + r * 0.8); g.lineTo(cx - r, cy + r * 0.8); g.closePath();
      break;
  }
  g.stroke();
  g.restore();
}

export const BORDER = { unknown: [2, 2], stale: [4, 2] };

// Fill a silhouette with what its quality looks like.
export function pattern(g, look, state, path, box) {
  const { x, y, s } = box;
  const c = look.colours;
  g.save();
  g.clip(path);
  g.strokeStyle = c.hatch; g.fillStyle = c.hatch;
  g.beginPath();
  if (state === "unavailable" || state === "maintenance") {
    const step = (state === "unavailable" ? 5 : 12) * (s < 20 ? 0.8 : 1) * Math.SQRT2;
    g.lineWidth = state === "unavailable" ? 1.3 : 6 * (s < 20 ? 0.6 : 1);
    for (let k = -2 * s; k < 2 * s; k += step) {
      if (state === "unavailable") { g.moveTo(x + k, y + s); g.lineTo(x + k + s, y); }
      else { g.moveTo(x + k, y); g.lineTo(x + k + s, y + s); }
    }
    g.stroke();
  } else if (state === "bad") {
    g.lineWidth = 1.3;
    for (let k = 2.5; k < s; k += 5) { g.moveTo(x + k, y); g.lineTo(x + k, y + s); }
    g.stroke();
  } else if (state === "stale") {
    for (let row = 0, v = 1.5; v < s; v += 2, row++)
      for (let u = row % 2 ? 3.5 : 1.5; u < s; u += 4) g.fillRect(x + u - 0.7, y + v - 0.7, 1.4, 1.4);
  } else if (state === "disabled") {
    g.fillStyle = c.disabled_fill; g.fillRect(x, y, s, s);
  }
  g.restore();
}

// A lamp at M (16) or L (28): a disc filled by level; anything not good has its border and glyph.
export function lamp(g, look, cx, cy, size, state, level) {
  const c = look.colours;
  const r = size >= 28 ? 9.5 : 5.5;
  const disc = new Path2D();
  disc.arc(cx, cy, r, 0, 2 * Math.PI);
  g.save();
  g.fillStyle = c.map_land;
  g.beginPath(); g.arc(cx, cy, r + 2, 0, 2 * Math.PI); g.fill();
  const body = state === "off" ? c.map_lamp_on : c.text_2;
  if (state === "on" || state === "dimmed") {
    const inner = r - 2;
    g.save();
    g.beginPath(); g.arc(cx, cy, inner, 0, 2 * Math.PI); g.clip();
    const height = state === "on" ? 2 * inner : Math.max(1.2, (2 * inner * level) / 100);
    g.fillStyle = body;
    g.fillRect(cx - inner, cy + inner - height, 2 * inner, height);
    g.restore();
  } else if (state !== "off") {
    if (size >= 28 || state === "disabled")
      pattern(g, look, state, disc, { x: cx - r, y: cy - r, s: 2 * r });
    const s = size >= 28 ? 9 : 6;
    if (size >= 28 && state !== "unknown") {
      g.fillStyle = state === "disabled" ? c.disabled_fill : c.map_land;
      g.fillRect(cx - s / 2 - 1.5, cy - s / 2 - 1.5, s + 3, s + 3);
    }
    glyph(g, look, state, cx, cy, s, c.text_1);
  }
  g.strokeStyle = state === "on" || state === "dimmed" || state === "off" ? body : c.text_1;
  g.lineWidth = size >= 28 ? 1.6 : 1.3;
  if (BORDER[state]) g.setLineDash(BORDER[state]);
  g.stroke(disc);
  if (state === "bad") { g.lineWidth = 0.8; g.beginPath(); g.arc(cx, cy, r - 2, 0, 2 * Math.PI); g.stroke(); }
  g.restore();
}

// Four accent corners around what is selected.
export function corners(g, look, cx, cy, half) {
  const arm = Math.max(4, Math.round(half / 2));
  g.save();
  g.lineWidth = 2; g.strokeStyle = look.colours.accent;
  g.beginPath();
  for (const [sx, sy] of [[-1, -1], [1, -1], [1, 1], [-1, 1]]) {
    const [x, y] = [Math.round(cx) + sx * half, Math.round(cy) + sy * half];
    g.moveTo(x - sx * arm, y); g.lineTo(x, y); g.lineTo(x, y - sy * arm);
  }
  g.stroke();
  g.restore();
}

// Words with a halo of the ground, so that no street runs through them.
export function words(g, look, text, x, y, { size = 13, bold = false, colour, align = "center" } = {}) {
  g.save();
  g.font = `${bold ? "bold " : ""}${size}px ${look.fonts}`;
  g.textAlign = align; g.textBaseline = "middle"; g.lineJoin = "round";
  g.strokeStyle = look.colours.map_land; g.lineWidth = 3;
  g.strokeText(text, x, y);
  g.fillStyle = colour || look.colours.text_1;
  g.fillText(text, x, y);
  g.restore();
}
