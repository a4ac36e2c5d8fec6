// The theme's colours as a small picture wants them.

import { parseColour } from "../plots/relief.js";
import { token } from "../theme.js";

/** @returns {import("./thumbnail.js").Inks} */
export function pictureInks() {
  const style = getComputedStyle(document.documentElement);
  const read = (/** @type {string} */ name) => parseColour(style.getPropertyValue(name));
  return {
    page: token("bg"), ink: token("ink"), profile: token("profile"), graph: token("ink2"),
    tones: { low: read("--ground-low"), high: read("--ground-high"), line: read("--contour"), strong: read("--contour-strong"), empty: read("--sub") },
  };
}
