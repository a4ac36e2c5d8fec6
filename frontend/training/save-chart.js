// A chart of a race, saved as a picture file.

import { chartImage } from "../chart-image.js";
import { token } from "../theme.js";

/**
 * @param {import("./pane.js").Pane} pane
 * @param {string} caption  which race it shows, and against what
 * @param {string} race  its id
 */
export function saveChart(pane, caption, race) {
  const picture = pane.picture();
  if (!picture) return;
  const title = pane.heading.textContent ?? "";
  const colours = { ink: token("ink"), ink3: token("ink3"), line: token("line"), bg: token("bg") };
  const canvas = chartImage({ title, aside: caption, picture, colours, font: getComputedStyle(document.body).fontFamily });
  canvas.toBlob((blob) => {
    if (!blob) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${race}-${title.toLowerCase().replace(/[^a-z]+/g, "-")}.png`;
    link.click();
    // The browser holds the file by now; the address is let go with the next task.
    setTimeout(() => URL.revokeObjectURL(link.href));
  }, "image/png");
}
