// The theme's tokens as the plots want them.

import { token } from "./theme.js";

export const FONT = '-apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif';

export function groundInks() {
  const style = getComputedStyle(document.documentElement);
  const read = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  return {
    low: read("--ground-low"), high: read("--ground-high"), line: read("--contour"), strong: read("--contour-strong"),
    rim: token("line2"), text: token("ink3"), page: token("bg"), ink: token("ink"), font: FONT,
  };
}
