// Long series drawn with few points: every bucket keeps its least and its greatest value, so no spike is lost.

/**
 * Min-max thinning with buckets of a power-of-two width anchored at the first point: new data never moves what is drawn.
 *
 * @param {ArrayLike<number>} x
 * @param {ArrayLike<number>} y  NaN breaks the line and is kept
 * @param {number} most  largest number of points wanted
 * @returns {{x: number[], y: number[], width: number}}  width = points per bucket, 1 when nothing was thinned
 */
export function thin(x, y, most) {
  const count = Math.min(x.length, y.length);
  const width = bucketWidth(count, most);
  if (width <= 2) return { x: Array.from(x).slice(0, count), y: Array.from(y).slice(0, count), width: 1 };
  /** @type {number[]} */
  const xs = [];
  /** @type {number[]} */
  const ys = [];
  for (let start = 0; start < count; start += width) {
    const stop = Math.min(start + width, count);
    let least = -1;
    let most_ = -1;
    let gap = -1;
    for (let i = start; i < stop; i += 1) {
      const value = y[i];
      if (Number.isNaN(value)) gap = i;
      else {
        if (least < 0 || value < y[least]) least = i;
        if (most_ < 0 || value > y[most_]) most_ = i;
      }
    }
    const kept = [...new Set([least, most_, gap])].filter((i) => i >= 0).sort((a, b) => a - b);
    if (stop === count && kept[kept.length - 1] !== count - 1) kept.push(count - 1);
    for (const i of kept) {
      xs.push(x[i]);
      ys.push(y[i]);
    }
  }
  return { x: xs, y: ys, width };
}

/**
 * Points per bucket, two of which are drawn: a power of two, 1 or 2 when nothing needs thinning.
 * @param {number} count
 * @param {number} most
 */
export function bucketWidth(count, most) {
  let width = 1;
  while ((2 * count) / width > most && width < count) width *= 2;
  return width;
}

/**
 * Exponential smoothing without the bias of its start, blind to NaN (as TensorBoard does it).
 * @param {ArrayLike<number>} y
 * @param {number} weight  0 = raw, towards 1 = smoother
 * @returns {number[]}
 */
export function smooth(y, weight) {
  let mean = 0;
  let mass = 0;
  return Array.from(y, (value) => {
    if (!Number.isFinite(value)) return value;
    mean = weight * mean + (1 - weight) * value;
    mass = weight * mass + (1 - weight);
    return mean / mass;
  });
}
