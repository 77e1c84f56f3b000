// Shows and hides what gradschool/show/stepper.py made: frame after frame of a trace. Nothing is computed here.
//
// In a notebook: anywidget calls render. On a page without a kernel: import { play } and hand it the same data.

const LEAVE_KEYS = { "data-lm-suppress-shortcuts": "true" }; // without it JupyterLab takes Enter and the arrows

function html(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

// Marked-up text that Python has escaped.
function filled(node, markup) {
  node.innerHTML = markup;
  return node;
}

function scroller(label, markup) {
  return filled(html("div", { class: "gs-scroller", role: "group", "aria-label": label, tabindex: 0, ...LEAVE_KEYS }), markup);
}

// Moves what a scroller shows, and nothing else of the page, until the node is in sight.
function bringIntoSight(scroller, node, margin = 60) {
  if (!node) return;
  const inner = node.getBoundingClientRect();
  const outer = scroller.getBoundingClientRect();
  scroller.scrollTop += Math.max(0, inner.bottom - outer.bottom + margin) - Math.max(0, outer.top + margin - inner.top);
  if (node.tagName === "TR") return; // a row is wider than what scrolls it
  scroller.scrollLeft += Math.max(0, inner.right - outer.right + margin) - Math.max(0, outer.left + margin - inner.left);
}

// Fills el with the stepper; calls moved(position) when the reader moves it. Returns { move(position) }.
export function play(data, el, position = 0, moved = () => {}) {
  const last = data.frames.length - 1;
  const slider = html("input", { type: "range", min: 0, max: last, step: 1, "aria-label": "Step", ...LEAVE_KEYS });
  const buttons = ["Start", "Back", "Next", "End"].map((label) => html("button", { type: "button", ...LEAVE_KEYS }, label));
  const controls = html("div", { class: "gs-controls", role: "group", "aria-label": data.title }, ...buttons, slider);
  const place = html("p", { class: "gs-place" });
  const rule = html("div", { class: "gs-rule", "aria-hidden": "true" });
  const words = html("p", { class: "gs-words", role: "status", "aria-live": "polite" });
  const picture = scroller("Computational graph", data.picture);
  const drawing = picture.querySelector("svg");
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", data.alt);
  const width = drawing.width.baseVal.value;
  drawing.style.maxWidth = `${width}px`;
  drawing.style.minWidth = `${Math.round(width * 0.65)}px`; // smaller it could not be read: it scrolls
  const tables = data.tables.map((table) => scroller("Table of the steps so far", table));
  const views = html("div", { class: "gs-views" }, picture, ...tables);
  const root = html("div", { class: "gs-stepper" }, controls, place, rule, words, views);
  el.replaceChildren(root);

  const spans = [...root.querySelectorAll("[data-since]")].map((node) => {
    const { since, until } = node.dataset;
    return { node, since: Number(since), until: until ? Number(until) : Infinity };
  });
  const frames = (text) => new Set((text ?? "").split(" ").map(Number));
  const actors = [...root.querySelectorAll("[data-now], [data-from]")].map((node) => {
    return { node, now: frames(node.dataset.now), from: frames(node.dataset.from) };
  });

  function move(to) {
    position = Math.min(last, Math.max(0, to));
    const frame = data.frames[position];
    root.dataset.phase = frame.phase;
    for (const { node, since, until } of spans) {
      node.classList.toggle("gs-later", position < since || position >= until);
      node.classList.toggle("gs-now", position === since);
    }
    for (const { node, now, from } of actors) {
      node.classList.toggle("gs-now", position > 0 && now.has(position));
      node.classList.toggle("gs-from", position > 0 && from.has(position));
    }
    place.textContent = position ? `${frame.phase}: step ${position} of ${last}` : `${last} steps`;
    rule.replaceChildren(...frame.rule.map((line) => filled(html("p", {}), line)));
    words.textContent = frame.words;
    slider.value = position;
    slider.setAttribute("aria-valuetext", `${position} of ${last}`);
    buttons.forEach((button, i) => button.setAttribute("aria-disabled", i < 2 ? position === 0 : position === last));
    bringIntoSight(picture, picture.querySelector(".gs-node.gs-now"));
    for (const table of tables) bringIntoSight(table, table.querySelector("tr.gs-now"));
  }

  function go(to) {
    move(to);
    moved(position);
  }
  slider.addEventListener("input", () => go(Number(slider.value)));
  const targets = [() => 0, () => position - 1, () => position + 1, () => last];
  buttons.forEach((button, i) => button.addEventListener("click", () => go(targets[i]())));
  const keys = { Home: 0, ArrowLeft: 1, ArrowRight: 2, End: 3 };
  controls.addEventListener("keydown", (event) => {
    if (event.target === slider || !(event.key in keys) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(targets[keys[event.key]]());
  });
  move(position);
  return { move };
}

// The model is set and not saved: the kernel need not hear of it, and may have stopped.
function render({ model, el }) {
  const stepper = play(model.get("data"), el, model.get("position"), (position) => model.set("position", position));
  const follow = () => stepper.move(model.get("position"));
  model.on("change:position", follow);
  return () => model.off("change:position", follow);
}

export default { render };
