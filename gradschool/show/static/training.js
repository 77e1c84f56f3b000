// A network for two classes of points, and its training: training.py and frames.py of gradschool/show/play, in
// JavaScript, in the same float64. There the tape differentiates; here the reverse sweep is written out by hand.
//
// Tables of numbers are flat, by rows: x[p * inputs + i] is coordinate i of point p, w[i * units + j] leads from input i
// to unit j. A layer is { inputs, units, w, b }. The last one has one unit, whose value is the logit of class 1.

const RUNAWAY = 1e6; // a mean cross entropy that no useful step reaches; not a number is not below it either
const CURVE = 300; // moments that the loss curve can hold

// What each activation computes of z, and its slope there: h is the value that it had.
export const ACTIVATIONS = {
  tanh: { value: Math.tanh, slope: (z, h) => 1 - h * h },
  ReLU: { value: (z) => Math.max(z, 0), slope: (z) => (z > 0 ? 1 : z < 0 ? 0 : 0.5) }, // 1/2 at the kink
  sigmoid: { value: sigmoid, slope: (z, h) => h * (1 - h) },
  sine: { value: Math.sin, slope: (z) => Math.cos(z) },
};

function sigmoid(z) {
  return 0.5 * (1 + Math.tanh(0.5 * z)); // no exponential that could overflow
}

// Weights of standard deviation 1/sqrt(inputs), for ReLU sqrt(2/inputs) as it halves the signal; biases 0.
export function initial(hidden, activation, random) {
  const sizes = [2, ...hidden, 1];
  return hidden.concat(1).map((units, k) => {
    const deviation = Math.sqrt((activation === "ReLU" ? 2 : 1) / sizes[k]);
    const w = Float64Array.from({ length: sizes[k] * units }, () => deviation * random.normal());
    return { inputs: sizes[k], units, w, b: new Float64Array(units) };
  });
}

// x w + b for each point.
function affine({ inputs, units, w, b }, x) {
  const count = x.length / inputs;
  const z = new Float64Array(count * units);
  for (let p = 0; p < count; p += 1) {
    for (let j = 0; j < units; j += 1) {
      let sum = 0;
      for (let i = 0; i < inputs; i += 1) sum += x[p * inputs + i] * w[i * units + j];
      z[p * units + j] = sum + b[j];
    }
  }
  return z;
}

// For each layer z = x w + b and its value h; the last layer's z are the logits, and it has no h.
export function forward(network, x, activation) {
  const { value } = ACTIVATIONS[activation];
  let h = x;
  return network.map((layer, k) => {
    const z = affine(layer, h);
    h = k < network.length - 1 ? z.map(value) : null;
    return { z, h };
  });
}

function logits(network, x, activation) {
  return forward(network, x, activation).at(-1).z;
}

// The mean over the points of -log p(class t), from logits, so that it neither overflows nor meets log 0.
export function crossEntropy(network, x, t, activation) {
  let sum = 0;
  logits(network, x, activation).forEach((z, p) => {
    sum += Math.max(0, z) + Math.log1p(Math.exp(-Math.abs(z))) - t[p] * z;
  });
  return sum / t.length;
}

// What training makes small: the mean cross entropy, and penalty/2 times the sum of all squared weights.
export function objective(network, x, t, activation, penalty) {
  let squares = 0;
  for (const { w } of network) for (const weight of w) squares += weight * weight;
  return crossEntropy(network, x, t, activation) + (penalty / 2) * squares;
}

// The gradient of the objective: for each layer { w, b }. The sweep begins at the logits, where the adjoint of
// log(1 + exp(z)) - t z is sigmoid(z) - t, shared out by the mean, and goes back a layer at a time.
export function gradient(network, x, t, activation, penalty) {
  const { slope } = ACTIVATIONS[activation];
  const layers = forward(network, x, activation);
  let zBar = layers.at(-1).z.map((z, p) => (sigmoid(z) - t[p]) / t.length);
  const found = [];
  for (let k = network.length - 1; k >= 0; k -= 1) {
    const below = layers[k - 1];
    const { bars, inputBar } = affineBack(network[k], below ? below.h : x, zBar);
    network[k].w.forEach((weight, i) => (bars.w[i] += penalty * weight));
    found.unshift(bars);
    if (below) zBar = inputBar.map((bar, i) => bar * slope(below.z[i], below.h[i]));
  }
  return found;
}

// Hands the adjoint of z = x w + b back to w, b and x. Each is used many times, so each adjoint is a sum.
function affineBack({ inputs, units, w, b }, x, zBar) {
  const bars = { w: new Float64Array(w.length), b: new Float64Array(b.length) };
  const inputBar = new Float64Array(x.length);
  for (let p = 0; p * inputs < x.length; p += 1) {
    for (let j = 0; j < units; j += 1) {
      const bar = zBar[p * units + j];
      bars.b[j] += bar;
      for (let i = 0; i < inputs; i += 1) {
        bars.w[i * units + j] += x[p * inputs + i] * bar;
        inputBar[p * inputs + i] += w[i * units + j] * bar;
      }
    }
  }
  return { bars, inputBar };
}

// A network in training: minibatch gradient descent, reshuffled every epoch. `settings` may change between steps.
export class Training {
  // train, test : { x, t }. random : a generator, for the order of the points.
  constructor(settings, network, train, test, random) {
    Object.assign(this, { settings, network, train, test, random });
    this.steps = 0;
    this.order = [];
    this.place = 0;
    this.history = []; // of [steps, training loss, test loss]
    this.noteLosses();
  }

  // One step of gradient descent, on the next minibatch.
  step() {
    const { batch, activation, penalty, rate } = this.settings;
    const { x, t } = this.train;
    if (this.place >= this.order.length) [this.order, this.place] = [this.random.shuffled(t.length), 0];
    const chosen = this.order.slice(this.place, this.place + batch);
    this.place += batch;
    const inputs = Float64Array.from(chosen.flatMap((p) => [x[2 * p], x[2 * p + 1]]));
    const classes = Float64Array.from(chosen, (p) => t[p]);
    const slopes = gradient(this.network, inputs, classes, activation, penalty);
    this.network.forEach((layer, k) => {
      for (const name of ["w", "b"]) layer[name].forEach((_, i) => (layer[name][i] -= rate * slopes[k][name][i]));
    });
    this.steps += 1;
  }

  noteLosses() {
    this.history.push([this.steps, this.loss(this.train), this.loss(this.test)]);
    if (this.history.length > CURVE) {
      const old = (2 * CURVE) / 3; // every other of the older ones goes
      this.history = this.history.filter((_, i) => i >= old || i % 2 === 0);
    }
  }

  loss({ x, t }) {
    return crossEntropy(this.network, x, t, this.settings.activation);
  }

  // The share of points on the right side. A logit of exactly 0 counts as class 1.
  accuracy({ x, t }) {
    const right = logits(this.network, x, this.settings.activation).filter((z, p) => (z >= 0 ? 1 : 0) === t[p]);
    return right.length / t.length;
  }

  get diverged() {
    return !(this.history.at(-1)[1] < RUNAWAY);
  }
}

// ---- what there is to see at one moment: what frames.py says, in the same bytes

// The middles of grid * grid pixels of the square from -half to half, by rows from the top, as images go.
function pixels(grid, half) {
  const axis = Array.from({ length: grid }, (_, i) => ((i + 0.5) / grid) * 2 * half - half);
  return Float64Array.from([...axis].reverse().flatMap((x2) => axis.flatMap((x1) => [x1, x2])));
}

export function frame(training, grid, half) {
  const { network, history } = training;
  const layers = forward(network, pixels(grid, half), training.settings.activation);
  const pictures = layers.slice(0, -1).map(({ h }, k) => {
    const { units } = network[k];
    return Array.from({ length: units }, (_, unit) => picture(h, unit, units));
  });
  const [step, train, test] = history.at(-1);
  return {
    step,
    train: finite(train),
    test: finite(test),
    accuracy: training.accuracy(training.test),
    boundary: bytes(layers.at(-1).z.map(sigmoid)),
    units: pictures.map((layer) => layer.map((each) => each.bytes)),
    scales: pictures.map((layer) => layer.map((each) => each.scale)),
    weights: network.map(({ units, w, b }) => ({
      w: Array.from({ length: w.length / units }, (_, i) => Array.from(w.slice(i * units, (i + 1) * units), rounded)),
      b: Array.from(b, rounded),
    })),
    curve: Float32Array.from(history.flat()).buffer,
  };
}

// The points of both sets as float32: x1, x2, class, 1 if it is a test point, by rows.
export function sample({ train, test }) {
  const rows = ({ x, t }, isTest) => Array.from(t, (label, p) => [x[2 * p], x[2 * p + 1], label, isTest]);
  return Float32Array.from([...rows(train, 0), ...rows(test, 1)].flat()).buffer;
}

// One unit's values, from -scale to scale. In h they stand `units` apart.
function picture(h, unit, units) {
  const values = new Float64Array(h.length / units);
  let most = 0;
  for (let p = 0; p < values.length; p += 1) {
    values[p] = h[p * units + unit];
    most = Math.max(most, Math.abs(values[p]));
  }
  const scale = Number.isFinite(most) && most > 0 ? most : 1;
  return { scale, bytes: bytes(values.map((value) => (value / scale + 1) / 2)) };
}

// Numbers from 0 to 1 as bytes, halves to even as numpy rounds them; what is not a number as the middle.
function bytes(values) {
  return new Uint8ClampedArray(values.map((value) => 255 * (Number.isNaN(value) ? 0.5 : value))).buffer;
}

function rounded(weight) {
  return finite(Number(weight.toPrecision(3)));
}

function finite(value) {
  return Number.isFinite(value) ? value : null;
}
