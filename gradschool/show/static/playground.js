// Draws what gradschool/show/play computed, and passes on what the reader chooses. It computes pixels only.
//
// All that it knows of the kernel is a `source`: get, set, order, on. A page without a kernel brings its own, and calls
// play(source, el): see trainer.js.

const SVG = "http://www.w3.org/2000/svg";
const LOW = [0, 95, 150]; // class 0
const HIGH = [205, 85, 0]; // class 1
const RATES = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3];
const PENALTIES = [0, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1];
const BATCHES = [1, 5, 10, 20, 50, 100, 200];
const PACES = [1, 2, 5, 20, 100];
const CURVE = { width: 300, height: 190, left: 40, right: 292, top: 10, bottom: 156 };

let widgets = 0;

function kernel(model) {
  return {
    get: (name) => model.get(name),
    set(name, value) {
      model.set(name, value);
      model.save_changes();
    },
    order: (what) => model.send({ do: what }),
    on(name, listener) {
      model.on(`change:${name}`, listener);
      return () => model.off(`change:${name}`, listener);
    },
  };
}

function html(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

function svg(name, attributes, ...children) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

// Without the attribute JupyterLab takes keys that belong to the control: arrows, letters, Enter.
function control(name, attributes, ...children) {
  return html(name, { "data-lm-suppress-shortcuts": "true", ...attributes }, ...children);
}

function bytes(view) {
  return view instanceof DataView ? new Uint8Array(view.buffer, view.byteOffset, view.byteLength) : new Uint8Array(view);
}

function floats(view) {
  const raw = bytes(view);
  return new Float32Array(raw.slice().buffer);
}

// ---- pictures

// A small canvas that is scaled up by the browser, one pixel for each byte: blue for 0, white, orange for 255.
function paint(canvas, pixels, grid) {
  if (canvas.width !== grid) canvas.width = canvas.height = grid;
  const image = new ImageData(grid, grid);
  for (let i = 0; i < pixels.length; i += 1) {
    const value = (pixels[i] - 127.5) / 127.5;
    const end = value < 0 ? LOW : HIGH;
    const strength = 0.85 * Math.abs(value);
    for (let k = 0; k < 3; k += 1) image.data[4 * i + k] = 255 + (end[k] - 255) * strength;
    image.data[4 * i + 3] = 255;
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
}

// Where the value crosses the middle: marching squares between the centres of four pixels.
function contour(context, pixels, grid, size) {
  const scale = size / grid;
  const at = (row, column) => pixels[row * grid + column] - 127.5;
  context.beginPath();
  for (let row = 0; row + 1 < grid; row += 1) {
    for (let column = 0; column + 1 < grid; column += 1) {
      const corners = [
        [column, row, at(row, column)],
        [column + 1, row, at(row, column + 1)],
        [column + 1, row + 1, at(row + 1, column + 1)],
        [column, row + 1, at(row + 1, column)],
      ];
      const crossings = [];
      corners.forEach(([x, y, v], k) => {
        const [x2, y2, v2] = corners[(k + 1) % 4];
        if (v < 0 === v2 < 0) return;
        const along = v / (v - v2);
        crossings.push([(x + along * (x2 - x) + 0.5) * scale, (y + along * (y2 - y) + 0.5) * scale]);
      });
      for (let k = 0; k + 1 < crossings.length; k += 2) {
        context.moveTo(...crossings[k]);
        context.lineTo(...crossings[k + 1]);
      }
    }
  }
  context.strokeStyle = "#1a1a1a";
  context.lineWidth = size / 200;
  context.stroke();
}

// Circles for class 0 and triangles for class 1; training points filled, test points hollow.
function scatter(context, rows, half, size) {
  const radius = size / 110;
  context.lineWidth = 1;
  context.strokeStyle = "#1a1a1a";
  for (let i = 0; i < rows.length; i += 4) {
    const [x1, x2, label, test] = rows.subarray(i, i + 4);
    const x = ((x1 + half) / (2 * half)) * size;
    const y = ((half - x2) / (2 * half)) * size;
    context.beginPath();
    if (label) {
      context.moveTo(x, y - 1.3 * radius);
      context.lineTo(x + 1.2 * radius, y + radius);
      context.lineTo(x - 1.2 * radius, y + radius);
      context.closePath();
    } else {
      context.arc(x, y, radius, 0, 2 * Math.PI);
    }
    context.fillStyle = test ? "#ffffffb0" : label ? "#a04000" : "#00507f";
    context.fill();
    context.stroke();
  }
}

// Training and test loss against steps, from 0 up.
function lossCurve() {
  const { width, height, left, right, top, bottom } = CURVE;
  const label = "Mean cross entropy against steps: training points and test points";
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label });
  const lines = [svg("path", { class: "gs-play-train" }), svg("path", { class: "gs-play-test" })];
  const highest = svg("text", { x: left - 4, y: top + 6, "text-anchor": "end" });
  const last = svg("text", { x: right, y: bottom + 15, "text-anchor": "end" });
  picture.append(
    svg("path", { class: "gs-play-axis", d: `M${left} ${top}V${bottom}H${right}` }),
    svg("text", { x: left - 4, y: bottom, "text-anchor": "end" }, "0"),
    svg("text", { x: left, y: bottom + 15 }, "0"),
    svg("text", { x: (left + right) / 2, y: bottom + 30, "text-anchor": "middle" }, "step"),
    highest,
    last,
    ...lines,
  );
  function draw(curve) {
    const values = curve.filter((value, i) => i % 3 && Number.isFinite(value));
    const most = Math.max(0.1, ...values);
    const end = Math.max(1, curve[curve.length - 3]);
    highest.textContent = most.toPrecision(2);
    last.textContent = end;
    lines.forEach((line, which) => {
      let path = "";
      for (let i = 0; i < curve.length; i += 3) {
        const loss = curve[i + 1 + which];
        if (!Number.isFinite(loss)) break;
        const x = left + (curve[i] / end) * (right - left);
        const y = bottom - (loss / most) * (bottom - top);
        path += `${path ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
      }
      line.setAttribute("d", path);
    });
  }
  return { picture, draw };
}

// ---- words

function summary(frame) {
  const loss = (value) => (value === null ? "not a number" : value.toFixed(3));
  return (
    `Step ${frame.step}. Training loss ${loss(frame.train)}, test loss ${loss(frame.test)}, ` +
    `${Math.round(100 * frame.accuracy)} % of the test points right.`
  );
}

function formula(frame, activation, layer, unit) {
  const { w, b } = frame.weights[layer];
  const input = layer === 0 ? "x" : "h";
  const terms = w.map((row, i) => `${row[unit]} ${input}${i + 1}`);
  return `${activation}(${[...terms, b[unit]].join(" + ").replaceAll("+ -", "− ").replaceAll("-", "−")})`;
}

// A control with its label above it.
function labelled(words, input) {
  return html("div", { class: "gs-play-field" }, html("label", { for: input.id }, words), input);
}

// ---- the widget

// Fills el with the playground. Returns what takes it away again.
export function play(source, el) {
  const choices = source.get("choices");
  const id = `gs-play-${(widgets += 1)}`;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  let shown = null; // [layer, unit] of the hidden unit that is shown large, or null for the output
  let points = floats(source.get("points"));
  let waiting = 0;
  let drawnAt = 0;
  let spokenAt = 0;

  const change = (name, value) => source.set("settings", { ...source.get("settings"), [name]: value });

  // -- orders
  const start = control("button", { type: "button", class: "gs-play-main" }, "Play");
  const step = control("button", { type: "button" }, "Step");
  const reset = control("button", { type: "button" }, "Reset");
  start.addEventListener("click", () => source.set("playing", !source.get("playing")));
  step.addEventListener("click", () => source.order("step"));
  reset.addEventListener("click", () => source.order("reset"));

  // -- settings
  const fields = [];
  function select(name, label, values, words = String) {
    const list = control("select", { id: `${id}-${name}` });
    values.forEach((value, i) => list.append(html("option", { value: i }, words(value))));
    list.addEventListener("change", () => change(name, values[list.value]));
    fields.push(() => {
      const now = source.get("settings")[name];
      if (!values.includes(now)) {
        values.push(now);
        list.append(html("option", { value: values.length - 1 }, words(now)));
      }
      list.value = values.indexOf(now);
    });
    return labelled(label, list);
  }
  const noise = control("input", { type: "range", id: `${id}-noise`, min: 0, max: 1, step: 0.05 });
  const noiseWords = html("span", {});
  noise.addEventListener("change", () => change("noise", Number(noise.value)));
  noise.addEventListener("input", () => (noiseWords.textContent = `Noise ${noise.value}`));
  fields.push(() => {
    noise.value = source.get("settings").noise;
    noiseWords.textContent = `Noise ${noise.value}`;
  });

  const layers = html("div", { class: "gs-play-layers" });
  const more = control("button", { type: "button" }, "Add layer");
  const fewer = control("button", { type: "button" }, "Remove layer");
  more.addEventListener("click", () => change("layers", [...source.get("settings").layers, 3]));
  fewer.addEventListener("click", () => change("layers", source.get("settings").layers.slice(0, -1)));
  fields.push(() => {
    const now = source.get("settings").layers;
    while (layers.children.length > now.length) layers.lastChild.remove();
    while (layers.children.length < now.length) {
      const place = layers.children.length;
      const name = `${id}-layer-${place + 1}`;
      const units = control("input", { type: "number", id: name, min: 1, max: choices.most_units, step: 1 });
      units.addEventListener("change", () => {
        const wanted = [...source.get("settings").layers];
        wanted[place] = Math.min(choices.most_units, Math.max(1, Math.round(Number(units.value)) || 1));
        units.value = wanted[place];
        change("layers", wanted);
      });
      layers.append(labelled(`Units in layer ${place + 1}`, units));
    }
    now.forEach((units, place) => (layers.children[place].querySelector("input").value = units));
    more.disabled = now.length >= choices.most_layers;
    fewer.disabled = now.length === 0;
  });
  const seed = control("input", { type: "number", id: `${id}-seed`, min: 0, step: 1 });
  seed.addEventListener("change", () => change("seed", Math.max(0, Math.round(Number(seed.value)) || 0)));
  fields.push(() => (seed.value = source.get("settings").seed));

  const settings = html(
    "div",
    { class: "gs-play-settings" },
    select("data", "Data", [...choices.data]),
    labelled(noiseWords, noise),
    select("activation", "Activation", [...choices.activation]),
    select("rate", "Learning rate", [...RATES]),
    select("penalty", "L2 penalty λ", [...PENALTIES]),
    select("batch", "Points in a batch", [...BATCHES]),
    select("pace", "Steps a frame", [...PACES]),
    labelled("Seed", seed),
  );
  const shape = html("div", { class: "gs-play-settings" }, layers, html("span", { class: "gs-play-buttons" }, more, fewer));

  // -- pictures
  const large = html("canvas", { class: "gs-play-large", role: "img" });
  const caption = html("p", { class: "gs-play-caption" });
  const pixels = document.createElement("canvas");
  const curve = lossCurve();
  const columns = html("div", { class: "gs-play-columns", role: "group", "aria-label": "Hidden units" });
  const status = html("p", { class: "gs-play-status" });
  const spoken = html("p", { class: "gs-play-spoken", role: "status", "aria-live": "polite" });
  const message = html("p", { class: "gs-play-message", role: "alert" });
  let tiles = [];

  function arrange(units) {
    shown = null;
    tiles = units.map((layer, place) =>
      layer.map((_, unit) => {
        const canvas = html("canvas", {});
        const name = `Layer ${place + 1}, unit ${unit + 1}: show large`;
        const tile = control("button", { type: "button", class: "gs-play-unit", "aria-label": name, title: name }, canvas);
        const show = () => look([place, unit]);
        const hide = () => look(null);
        tile.addEventListener("focus", show);
        tile.addEventListener("blur", hide);
        tile.addEventListener("mouseenter", show);
        tile.addEventListener("mouseleave", () => (tile.matches(":focus") ? show() : hide()));
        tile.addEventListener("click", show);
        return { tile, canvas };
      }),
    );
    columns.replaceChildren(
      ...tiles.map((layer, place) =>
        html("div", {}, html("span", {}, `Layer ${place + 1}`), ...layer.map(({ tile }) => tile)),
      ),
    );
  }

  function look(at) {
    shown = at;
    draw(source.get("frame"));
  }

  function drawLarge(frame) {
    const size = Math.round((large.clientWidth || 320) * Math.min(2, window.devicePixelRatio || 1));
    if (large.width !== size) large.width = large.height = size;
    const view = shown ? frame.units[shown[0]][shown[1]] : frame.boundary;
    const raw = bytes(view);
    paint(pixels, raw, choices.grid);
    const context = large.getContext("2d");
    context.imageSmoothingEnabled = true;
    context.drawImage(pixels, 0, 0, size, size);
    contour(context, raw, choices.grid, size);
    scatter(context, points, choices.half, size);
    const words = shown
      ? `Layer ${shown[0] + 1}, unit ${shown[1] + 1}: ` +
        `${formula(frame, source.get("settings").activation, ...shown)}, from ` +
        `−${frame.scales[shown[0]][shown[1]].toPrecision(2)} (blue) to +${frame.scales[shown[0]][shown[1]].toPrecision(2)} (orange)`
      : "Output: the probability of class 1, from 0 (blue) to 1 (orange). The line is at 1/2.";
    caption.textContent = words;
    large.setAttribute("aria-label", words);
  }

  function draw(frame) {
    const counts = JSON.stringify(frame.units.map((layer) => layer.length));
    if (counts !== columns.dataset.counts) {
      columns.dataset.counts = counts;
      arrange(frame.units);
    }
    drawLarge(frame);
    frame.units.forEach((layer, place) =>
      layer.forEach((view, unit) => paint(tiles[place][unit].canvas, bytes(view), choices.grid)),
    );
    curve.draw(floats(frame.curve));
    status.textContent = summary(frame);
    board.dataset.step = frame.step;
    speak(frame);
  }

  // A screen reader hears of the training every few seconds, and at once when it stands still.
  function speak(frame) {
    const now = performance.now();
    if (source.get("playing") && now - spokenAt < 6000) return;
    spokenAt = now;
    spoken.textContent = summary(frame);
  }

  function arrived() {
    if (waiting) return;
    waiting = requestAnimationFrame(() => {
      waiting = 0;
      const frame = source.get("frame");
      const now = performance.now();
      if (!calm.matches || !source.get("playing") || now - drawnAt > 1000) {
        drawnAt = now;
        draw(frame);
      }
      board.dataset.frames = Number(board.dataset.frames || 0) + 1;
      source.set("seen", frame.number);
    });
  }

  function follow() {
    start.textContent = source.get("playing") ? "Pause" : "Play";
    if (!source.get("playing")) speak(source.get("frame"));
  }

  const board = html(
    "div",
    { class: "gs-play", "data-lm-suppress-shortcuts": "true" },
    html("div", { class: "gs-play-buttons" }, start, step, reset, status),
    message,
    html(
      "div",
      { class: "gs-play-pictures" },
      html("div", {}, large, caption),
      html("div", {}, html("p", { class: "gs-play-title" }, "What each hidden unit computes"), columns),
      html(
        "div",
        {},
        html("p", { class: "gs-play-title" }, "Mean cross entropy"),
        curve.picture,
        html(
          "p",
          { class: "gs-play-legend" },
          html("span", { class: "gs-play-key-train" }, "training points"),
          html("span", { class: "gs-play-key-test" }, "test points"),
        ),
        html("p", { class: "gs-play-legend" }, "● class 0, ▲ class 1; filled: training, hollow: test"),
      ),
    ),
    shape,
    settings,
    spoken,
  );
  el.replaceChildren(board);

  const refresh = () => fields.forEach((field) => field());
  const warn = () => (message.textContent = source.get("message"));
  const off = [
    source.on("frame", arrived),
    source.on("points", () => (points = floats(source.get("points")))),
    source.on("playing", follow),
    source.on("settings", refresh),
    source.on("message", warn),
  ];
  refresh();
  warn();
  follow();
  draw(source.get("frame"));
  source.set("seen", source.get("frame").number);
  const resized = new ResizeObserver(() => drawLarge(source.get("frame")));
  resized.observe(large);
  return () => {
    off.forEach((stop) => stop());
    resized.disconnect();
    cancelAnimationFrame(waiting);
  };
}

function render({ model, el }) {
  return play(kernel(model), el);
}

export default { render };
