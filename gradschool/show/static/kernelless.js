// Brings the widgets of a page to life that has no kernel.
//
// A page puts all .js and .css files of this folder into one folder of its own, and has in its head
//     <link rel="stylesheet" href="…/graph.css">, and so for stepper.css, secant.css, playground.css, kernelless.css
//     <script type="module" src="…/kernelless.js"></script>
// The text/html of a widget is <div class="gs-kernelless" data-widget="…">: a still, and the widget's data as JSON.
// The live widget takes the still's place. Where anything fails the still stays. Printed, a page shows the still.
// A widget that is alive has data-live. Ink and paper follow the page's color-scheme.

const WIDGETS = {
  async stepper(data, el) {
    const { play } = await import("./stepper.js");
    play(data, el);
  },
  async secant(data, el) {
    const { default: secant } = await import("./secant.js");
    secant.render({ model: model(data), el });
  },
  async playground(data, el) {
    const [{ play }, { trainer }] = await Promise.all([import("./playground.js"), import("./trainer.js")]);
    play(trainer(data, el), el);
  },
};

// What a widget asks of anywidget's model, with nobody at the other end.
function model(state) {
  const listeners = new Map();
  return {
    get: (name) => state[name],
    set(name, value) {
      if (state[name] === value) return;
      state[name] = value;
      for (const listener of listeners.get(`change:${name}`) ?? []) listener();
    },
    on(event, listener) {
      listeners.set(event, [...(listeners.get(event) ?? []), listener]);
    },
    off(event, listener) {
      listeners.set(event, (listeners.get(event) ?? []).filter((other) => other !== listener));
    },
    save_changes() {},
  };
}

async function bringToLife(place) {
  const still = place.querySelector(".gs-still");
  const live = document.createElement("div");
  live.className = "gs-live";
  place.append(live);
  try {
    await WIDGETS[place.dataset.widget](JSON.parse(place.querySelector("script").textContent), live);
    still.hidden = true;
    place.dataset.live = "true";
  } catch (error) {
    live.remove();
    console.error(`The ${place.dataset.widget} stays a still:`, error);
  }
}

for (const place of document.querySelectorAll(".gs-kernelless[data-widget]:not([data-live])")) bringToLife(place);
