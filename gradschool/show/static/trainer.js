// The playground's source on a page without a kernel: what gradschool/show/play/widget.py does there, done here.
//
// It trains in slices between the browser's own frames, and waits until the last picture has been drawn. A hidden tab
// gets no animation frames, and a playground out of sight asks for none: neither trains.

import { generator, points } from "./points.js";
import { Training, frame, initial, sample } from "./training.js";

const SLICE = 12; // milliseconds of training at a time: keys and scrolling are answered in between
const APART = 30; // milliseconds from picture to picture at least: thirty a second, as in a notebook
const POINTS_NEED = ["data", "noise", "seed"];
const NETWORK_NEEDS = ["layers", "activation", "seed"];

// start : the points and the weights that numpy drew for the first settings, so that the first run is the notebook's,
// but for the order of the points. All that the reader chooses is drawn by points.js: as random, and not the same.
function begin(settings, { settings: first, train, test, network }, size) {
  const { data, noise, seed, layers, activation } = settings;
  const asFirst = (names) => names.every((name) => String(settings[name]) === String(first[name]));
  const drawn = asFirst(POINTS_NEED)
    ? [train, test].map(({ x, t }) => ({ x: Float64Array.from(x.flat()), t: Float64Array.from(t) }))
    : [0, 1].map((which) => points(data, noise, size, generator(seed, which)));
  const weights = asFirst(NETWORK_NEEDS) ? network.map(flat) : initial(layers, activation, generator(seed, 2));
  return new Training(settings, weights, ...drawn, generator(seed, 3));
}

// A layer as Python writes it, { w: [input][unit], b: [unit] }.
export function flat({ w, b }) {
  return { inputs: w.length, units: b.length, w: Float64Array.from(w.flat()), b: Float64Array.from(b) };
}

// data : { settings, choices, start, runaway }, what a Playground has and says. el : the element that has to be in sight.
export function trainer({ settings, choices, start, runaway }, el) {
  const state = { settings, choices, playing: false, message: "", seen: -1 };
  const listeners = {};
  let training = null;
  let left = 0; // steps of this frame that are still to be made
  let number = 0;
  let shownAt = 0;
  let inSight = true;
  let waiting = 0;

  function put(name, value) {
    state[name] = value;
    for (const listener of listeners[name] ?? []) listener();
  }

  function show() {
    left = 0;
    number += 1;
    put("frame", { number, ...frame(training, choices.grid, choices.half) });
  }

  function restart() {
    training = begin(state.settings, start, choices.points);
    put("message", "");
    put("points", sample(training));
    show();
  }

  // The end of a frame's steps.
  function finish() {
    training.noteLosses();
    if (training.diverged) {
      put("message", runaway);
      put("playing", false);
    }
    show();
  }

  function wake() {
    if (!waiting && state.playing && inSight) waiting = requestAnimationFrame(tick);
  }

  function tick(now) {
    waiting = 0;
    if (!state.playing) return;
    wake();
    if (state.seen < number || now - shownAt < APART) return;
    left ||= state.settings.pace;
    const until = performance.now() + SLICE;
    for (; left > 0 && performance.now() < until; left -= 1) training.step();
    if (left === 0) {
      shownAt = now;
      finish();
    }
  }

  const orders = {
    reset: restart,
    step() {
      put("playing", false);
      if (training.diverged) return;
      training.step();
      finish();
    },
  };

  const changed = {
    playing() {
      if (training.diverged) put("playing", false);
      wake();
    },
    settings(old) {
      const differs = (name) => String(state.settings[name]) !== String(old[name]);
      if ([...POINTS_NEED, ...NETWORK_NEEDS].some(differs)) restart();
      else training.settings = state.settings;
    },
  };

  new IntersectionObserver((entries) => {
    inSight = entries.at(-1).isIntersecting;
    wake();
  }).observe(el);
  restart();

  return {
    get: (name) => state[name],
    set(name, value) {
      const old = state[name];
      put(name, value);
      changed[name]?.(old);
    },
    order: (what) => orders[what](),
    on(name, listener) {
      listeners[name] = [...(listeners[name] ?? []), listener];
      return () => (listeners[name] = listeners[name].filter((other) => other !== listener));
    },
  };
}
