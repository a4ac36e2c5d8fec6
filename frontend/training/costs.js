// What a closer look at the networks of a race takes, in words and in its own steps. Pure.

import { integer } from "../format.js";

/**
 * @typedef {{sharpness_images: number, sharpness_products: number, landscape_images: number, landscape_points: number}} Costs
 * @typedef {{batch_size: number, epochs: number, sharpness_every: number}} Asked
 */

const GRADIENTS = 2; // that a product of Hessian and vector costs, over the same images
const FORWARD = 1 / 3; // of a gradient: a loss alone

/** @param {number} steps  of the race, rounded to one digit or two: it is an estimate */
const about = (steps) => integer(Number(Math.max(1, steps).toPrecision(steps < 10 ? 1 : 2)));

/**
 * @param {Asked} asked
 * @param {Costs} costs
 */
export function sharpnessCost({ batch_size, epochs, sharpness_every }, { sharpness_images: images, sharpness_products: most }) {
  const step = (GRADIENTS * images) / batch_size;
  const what = `The top eigenvalue of the Hessian, for each optimizer: up to ${most} products with a vector over ${images} images, each as long as about ${about(step)} ${about(step) === "1" ? "step" : "steps"}, beside its own clock.`;
  if (sharpness_every === 0) return `${what} 0: never.`;
  const times = Math.floor(epochs / sharpness_every) + 1; // the first is before the first step
  return `${what} ${integer(times)} times: at most as long as ${about(times * most * step)} steps.`;
}

/**
 * @param {Asked} asked
 * @param {Costs} costs
 */
export function landscapeCost({ batch_size }, { landscape_images: images, landscape_points: points }) {
  return `The loss of ${images} images at ${points} points of a plane through all paths, once, at the end: as long as about ${about((FORWARD * images * points) / batch_size)} steps.`;
}
