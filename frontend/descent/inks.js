// The theme's tokens as this room's pictures want them.

import { token } from "../theme.js";

export { FONT, groundInks } from "../inks.js";

/** @returns {import("./local-drawing.js").Inks} */
export function localInks() {
  return { contour: token("edge"), gradient: token("ink3"), step: token("ink"), valley: token("ink"), page: token("bg") };
}
