// Draws what gradschool/show/secant.py computed. No number is computed here but pixels.

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 340;
const HEIGHT = 270;
const BOX = { left: 64, right: 332, top: 14, bottom: 222 };
const FLOOR = -17; // where the log axis shows an error of exactly 0
const LABELS = { forward: "forward", central: "central", complex: "complex step" };
const SERIES = ["forward", "central", "complex"];

let widgets = 0;

function svg(name, attributes, ...children) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

function html(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

// An input that keeps its keys. Without the attribute JupyterLab takes the arrows: left collapses a section.
function control(attributes) {
  return html("input", { "data-lm-suppress-shortcuts": "true", ...attributes });
}

function scale(low, high, from, to) {
  return (value) => from + ((value - low) / (high - low)) * (to - from);
}

// A path that lifts the pen where a value is missing.
function path(xs, ys, toX, toY) {
  let pen = "M";
  return xs
    .map((x, i) => {
      if (ys[i] === null) {
        pen = "M";
        return "";
      }
      const point = `${pen}${toX(x).toFixed(1)} ${toY(ys[i]).toFixed(1)}`;
      pen = "L";
      return point;
    })
    .join("");
}

function logError(error) {
  return error === null ? null : Math.max(error > 0 ? Math.log10(error) : FLOOR, FLOOR);
}

function frame(title, xLabel, yLabel) {
  const picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": title });
  const { left, right, top, bottom } = BOX;
  const middle = (top + bottom) / 2;
  picture.append(
    svg("path", { class: "gs-axis", d: `M${left} ${top}V${bottom}H${right}` }),
    svg("text", { x: (left + right) / 2, y: HEIGHT - 6, "text-anchor": "middle" }, xLabel),
    svg("text", { x: 12, y: middle, "text-anchor": "middle", transform: `rotate(-90 12 ${middle})` }, yLabel),
  );
  return picture;
}

function tick(picture, x, y, label, anchor) {
  picture.append(svg("text", { class: "gs-tick", x, y, "text-anchor": anchor }, label));
}

// The left half: f, tangent and secant under a microscope that follows h.
function microscope(data, id) {
  const title = `${data.name} near x, its tangent and the line whose slope is the estimate, magnified to the step size`;
  const picture = frame(title, "the same three places at every h", "f − f(x), in units of h|f′(x)|");
  const toX = scale(-2.5, 2.5, BOX.left, BOX.right);
  const toY = scale(-3, 3, BOX.bottom, BOX.top);
  for (const [offset, label] of [[-1, "x − h"], [0, "x"], [1, "x + h"]]) {
    tick(picture, toX(offset), BOX.bottom + 18, label, "middle");
    picture.append(svg("path", { class: "gs-grid", d: `M${toX(offset)} ${BOX.top}V${BOX.bottom}` }));
  }
  for (const level of [-2, 0, 2]) tick(picture, BOX.left - 6, toY(level) + 4, String(level).replace("-", "−"), "end");
  const box = { x: BOX.left, y: BOX.top, width: BOX.right - BOX.left, height: BOX.bottom - BOX.top };
  const inside = svg("g", { "clip-path": `url(#${id})` });
  const curve = svg("path", { class: "gs-curve" });
  const tangent = svg("path", { class: "gs-tangent" });
  const secant = svg("path", { class: "gs-secant-line" });
  const ends = [svg("circle", { class: "gs-dot", r: 5 }), svg("circle", { class: "gs-dot", r: 5 })];
  inside.append(curve, tangent, secant, ...ends);
  picture.append(svg("clipPath", { id }, svg("rect", box)), inside);

  const across = [-2.5, 2.5];
  tangent.setAttribute("d", path(across, across.map((t) => t * Math.sign(data.slope)), toX, toY));

  // Which points the line runs through; the complex step has a point and a slope, and no second point.
  const touches = { forward: [0, 1], central: [-1, 1], complex: [0, 0] };
  function draw(kind, position) {
    const row = data.microscope[position];
    curve.setAttribute("d", path(data.offsets, row, toX, toY));
    const estimate = data.kinds[kind].estimate[position];
    const shown = estimate === null ? "none" : "";
    for (const node of [secant, ...ends]) node.style.display = shown;
    const slope = estimate / Math.abs(data.slope);
    const start = kind === "central" ? heightAt(row, -1) + slope : 0; // height of the line above x
    secant.setAttribute("d", path(across, across.map((t) => start + t * slope), toX, toY));
    ends.forEach((dot, i) => {
      const offset = touches[kind][i];
      dot.setAttribute("cx", toX(offset));
      dot.setAttribute("cy", toY(start + offset * slope));
    });
  }
  function heightAt(row, offset) {
    return row[data.offsets.findIndex((t) => Math.abs(t - offset) < 1e-9)] ?? 0;
  }
  return { picture, draw };
}

// The right half: error against step size, with a dot where the slider stands. The dot can be dragged too.
function errorCurve(data, moveTo) {
  const title = "Relative error of the estimate against the step size h, both on log scales";
  const picture = frame(title, "step size h", "relative error");
  const toX = scale(-16, 0, BOX.left, BOX.right);
  const toY = scale(FLOOR, 0, BOX.bottom, BOX.top);
  for (const power of [-16, -12, -8, -4, 0]) {
    tick(picture, toX(power), BOX.bottom + 18, power ? `1e−${-power}` : "1", "middle");
    tick(picture, BOX.left - 6, toY(power) + 4, power ? `1e−${-power}` : "1", "end");
    picture.append(svg("path", { class: "gs-grid", d: `M${BOX.left} ${toY(power)}H${BOX.right}` }));
  }
  const curves = {};
  for (const kind of SERIES.filter((name) => name in data.kinds)) {
    const line = path(data.log_steps, data.kinds[kind].error.map(logError), toX, toY);
    curves[kind] = svg("path", { class: `gs-error gs-${kind}`, d: line });
    picture.append(curves[kind]);
  }
  const dot = svg("circle", { class: "gs-dot gs-handle", r: 6 });
  picture.append(dot);

  function follow(event) {
    const { left, width } = picture.getBoundingClientRect();
    const along = (((event.clientX - left) / width) * WIDTH - BOX.left) / (BOX.right - BOX.left);
    const last = data.log_steps.length - 1;
    moveTo(Math.min(last, Math.max(0, Math.round(along * last))));
  }
  picture.addEventListener("pointerdown", (event) => {
    picture.setPointerCapture(event.pointerId);
    follow(event);
  });
  picture.addEventListener("pointermove", (event) => {
    if (picture.hasPointerCapture(event.pointerId)) follow(event);
  });

  function draw(kind, position) {
    for (const [name, curve] of Object.entries(curves)) curve.classList.toggle("gs-chosen", name === kind);
    const error = logError(data.kinds[kind].error[position]);
    dot.style.display = error === null ? "none" : "";
    dot.setAttribute("cx", toX(data.log_steps[position]));
    dot.setAttribute("cy", toY(error ?? FLOOR));
  }
  picture.classList.add("gs-draggable");
  return { picture, draw };
}

function words(data, kind, position) {
  const h = (10 ** data.log_steps[position]).toExponential(1);
  const { estimate, error } = data.kinds[kind];
  if (estimate[position] === null) return `h = ${h}: ${data.name} has no finite value there`;
  const size = error[position] === 0 ? "0" : error[position].toExponential(1);
  return (
    `h = ${h}, ${LABELS[kind]}: estimate ${estimate[position].toPrecision(10)}, ` +
    `true slope ${data.slope.toPrecision(10)}, relative error ${size}`
  );
}

function render({ model, el }) {
  const data = model.get("data");
  const id = `gs-secant-${(widgets += 1)}`;

  // The model is set and not saved: the kernel need not hear of it, and may have stopped.
  const left = microscope(data, `${id}-clip`);
  const right = errorCurve(data, (position) => model.set("position", position));
  const readout = html("p", { class: "gs-readout", role: "status", "aria-live": "polite" });
  const slider = control({ type: "range", id, min: 0, max: data.log_steps.length - 1, step: 1 });
  slider.addEventListener("input", () => model.set("position", Number(slider.value)));

  const choice = html("fieldset", {}, html("legend", {}, "Difference"));
  const buttons = {};
  for (const kind of SERIES.filter((name) => name in data.kinds)) {
    buttons[kind] = control({ type: "radio", name: `${id}-kind`, value: kind });
    buttons[kind].addEventListener("change", () => model.set("kind", kind));
    choice.append(html("label", {}, buttons[kind], ` ${LABELS[kind]}`));
  }
  const legend = html(
    "p",
    { class: "gs-legend" },
    html("span", { class: "gs-key gs-key-curve" }, `${data.name} in float64`),
    html("span", { class: "gs-key gs-key-tangent" }, "tangent"),
    html("span", { class: "gs-key gs-key-secant" }, "line with the estimated slope"),
  );
  const drag = html("div", { class: "gs-slider" }, html("label", { for: id }, "Step size h"), slider);
  const pictures = html("div", { class: "gs-pictures" }, left.picture, right.picture);
  el.replaceChildren(html("div", { class: "gs-secant" }, pictures, legend, choice, drag, readout));

  function update() {
    const kind = model.get("kind");
    const position = model.get("position");
    left.draw(kind, position);
    right.draw(kind, position);
    buttons[kind].checked = true;
    slider.value = position;
    slider.setAttribute("aria-valuetext", `h = ${(10 ** data.log_steps[position]).toExponential(1)}`);
    readout.textContent = words(data, kind, position);
  }
  model.on("change:position", update);
  model.on("change:kind", update);
  update();
  return () => {
    model.off("change:position", update);
    model.off("change:kind", update);
  };
}

export default { render };
