// What a race tells of its networks once an epoch: which look stands at an epoch, bytes as pictures, confusions as words.

/**
 * @typedef {object} Portrait
 * @property {number} step
 * @property {number} epoch  finished when it was taken
 * @property {number[][]} confusions  images: [truth][class named]
 * @property {number[]} named  the class named for each image of the strip
 * @property {(number | null)[]} surety  its probability
 * @property {{side: number, scale: number, pixels: string} | null} filters  of a first layer that is a convolution
 *
 * @typedef {object} Sharpness  the greatest eigenvalue of the Hessian of the training loss over some images
 * @property {number} step
 * @property {number} epoch
 * @property {number} value  NaN where it had none
 * @property {boolean} settled  false: the iteration ended before it stood still
 * @property {number} products  of Hessian and vector
 * @property {number} images
 * @property {number} took  seconds
 */

/**
 * The newest look that was taken by an epoch, null before the first. A run that ended early keeps its last one.
 * @template {{epoch: number}} T
 * @param {T[]} looks  in order
 * @param {number} epoch
 * @returns {T | null}
 */
export function at(looks, epoch) {
  let found = null;
  for (const each of looks) {
    if (each.epoch > epoch) break;
    found = each;
  }
  return found;
}

/**
 * Pictures from bytes, side by side in memory: each RGBA of side × side pixels.
 * @param {string} text  base64 of (n, side, side, 3)
 * @param {number} side  pixels
 * @returns {Uint8ClampedArray[]}
 */
export function pictures(text, side) {
  const raw = atob(text);
  const size = side * side;
  const count = Math.floor(raw.length / (3 * size));
  return Array.from({ length: count }, (_, picture) => {
    const pixels = new Uint8ClampedArray(4 * size);
    for (let i = 0; i < size; i += 1) {
      const from = 3 * (picture * size + i);
      for (let colour = 0; colour < 3; colour += 1) pixels[4 * i + colour] = raw.charCodeAt(from + colour);
      pixels[4 * i + 3] = 255;
    }
    return pixels;
  });
}

/**
 * Truth and name of the confusion that happened most often, null where nothing was confused.
 * @param {number[][]} confusions
 * @returns {{truth: number, named: number, count: number, of: number} | null}
 */
export function worst(confusions) {
  /** @type {{truth: number, named: number, count: number, of: number} | null} */
  let found = null;
  let most = 0;
  confusions.forEach((row, truth) => row.forEach((count, named) => {
    if (truth !== named && count > most) {
      most = count;
      found = { truth, named, count, of: row.reduce((sum, each) => sum + each, 0) };
    }
  }));
  return found;
}

/**
 * The share of a row's images, 0..1; 0 for a class without images.
 * @param {number[]} row
 * @param {number} named
 */
export function share(row, named) {
  const sum = row.reduce((total, each) => total + each, 0);
  return sum === 0 ? 0 : row[named] / sum;
}
