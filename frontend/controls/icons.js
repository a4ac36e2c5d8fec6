// The few signs of the page, drawn: the same in every font.

import { svg } from "../dom.js";

/** @type {Record<string, string>} */
const PATHS = {
  tick: "M3 8.5l3.2 3.2L13 4.5",
  cross: "M4 4l8 8M12 4l-8 8",
  arrow: "M4 12l8-8M6 4h6v6",
  dash: "M3 8h10",
  down: "M4 6l4 4 4-4",
  right: "M6 4l4 4-4 4",
  plus: "M8 3v10M3 8h10",
  back: "M4 3v10M13 3.5L7 8l6 4.500z",
};

/** @param {keyof typeof PATHS} name */
export function icon(name) {
  return svg("svg", { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: PATHS[name] }));
}

/** @param {boolean} playing */
export function playIcon(playing) {
  const shape = playing ? "M4 3h3v10H4zM9 3h3v10H9z" : "M4.5 2.500v11l9-5.5z";
  return svg("svg", { class: "icon filled", viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: shape }));
}
