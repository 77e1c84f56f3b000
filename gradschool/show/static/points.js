// Points in the plane, in two classes: gradschool/show/play/datasets.py, in JavaScript.
//
// The shapes are the same. The random numbers are not numpy's: another seed gives another sample of the same kind, here
// as there. What has to be the very same sample comes from Python: see trainer.js.

// Uniform numbers in [0, 1) from a seed: Tommy Ettinger's mulberry32, whose state is one 32-bit integer.
export function generator(...seeds) {
  let state = seeds.reduce((hash, seed) => Math.imul(hash ^ seed, 0x9e3779b1) + 0x7f4a7c15, 0x2545f491) | 0;
  function uniform(low = 0, high = 1) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return low + ((high - low) * ((mixed ^ (mixed >>> 14)) >>> 0)) / 2 ** 32;
  }
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()); // Box and Muller
  function shuffled(count) {
    const order = Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i -= 1) {
      const j = Math.floor(uniform(0, i + 1));
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }
  return { uniform, normal, shuffled };
}

// For each shape: the point number k of n in a class.
const SHAPES = {
  moons(label, k, n) {
    const angle = (Math.PI * k) / (n - 1);
    const [x1, x2] = label ? [1 - Math.cos(angle), 0.5 - Math.sin(angle)] : [Math.cos(angle), Math.sin(angle)];
    return [1.5 * (x1 - 0.5), 1.5 * (x2 - 0.25)];
  },
  circles(label, k, n) {
    const [radius, angle] = [label ? 2.2 : 0.88, (2 * Math.PI * k) / n];
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  },
  "two clouds"(label, k, n, random) {
    const centre = label ? 1.2 : -1.2;
    return [centre + 0.4 * random.normal(), centre + 0.4 * random.normal()];
  },
  spiral(label, k, n, random) {
    const along = Math.sqrt(random.uniform(0.02, 1)); // the root spreads the points evenly along the arm
    const angle = 3 * Math.PI * along + Math.PI * label;
    return [2.5 * along * Math.cos(angle), 2.5 * along * Math.sin(angle)];
  },
  XOR(label, k, n, random) {
    const sign = random.uniform() < 0.5 ? -1 : 1;
    return [sign * random.uniform(0.25, 2.3), (label ? -sign : sign) * random.uniform(0.25, 2.3)];
  },
};

// A sample of a data set: x holds x1, x2 of each point, one after the other, t the classes, 0 or 1.
export function points(name, noise, size, random) {
  const counts = [size - Math.floor(size / 2), Math.floor(size / 2)];
  const x = new Float64Array(2 * size);
  const t = new Float64Array(size);
  for (let p = 0; p < size; p += 1) {
    t[p] = p < counts[0] ? 0 : 1;
    const place = SHAPES[name](t[p], t[p] ? p - counts[0] : p, counts[t[p]], random);
    place.forEach((coordinate, i) => (x[2 * p + i] = coordinate + noise * random.normal()));
  }
  return { x, t };
}
