// The only file that touches Plotly: axes, contours, lines and 3-D. What moves every frame is drawn elsewhere, on canvas.

/** @typedef {any} Figure  an element that Plotly has drawn into */
/** @typedef {{left: number, top: number, width: number, height: number, x: [number, number], y: [number, number]}} Geometry */

/** @type {Promise<any> | undefined} */
let loading;

/**
 * Load the bundle once; the page is usable before it arrives.
 * @param {string} address  from the catalogue
 * @returns {Promise<any>}
 */
export function loadPlotly(address) {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(/** @type {any} */ (window).Plotly);
    script.onerror = () => reject(new Error("The drawing library did not load. Reload the page."));
    document.head.append(script);
  });
  return loading;
}

const CONFIG = { displayModeBar: false, responsive: false, scrollZoom: false, doubleClick: false };

/**
 * Draw or redraw a figure. The same element keeps its zoom as long as `layout.uirevision` stays.
 * @param {Figure} element
 * @param {object[]} traces
 * @param {object} layout
 * @param {object} [config]
 * @returns {Promise<void>}
 */
export async function draw(element, traces, layout, config = {}) {
  const plotly = await loading;
  await plotly.react(element, traces, layout, { ...CONFIG, ...config });
}

/**
 * Change the data of given traces and nothing else.
 * @param {Figure} element
 * @param {object} update  arrays by key, one entry per trace
 * @param {number[]} traces
 */
export async function restyle(element, update, traces) {
  const plotly = await loading;
  await plotly.restyle(element, update, traces);
}

/**
 * @param {Figure} element
 * @param {object} update
 */
export async function relayout(element, update) {
  const plotly = await loading;
  await plotly.relayout(element, update);
}

/** @param {Figure} element */
export async function purge(element) {
  const plotly = await loading;
  plotly.purge(element);
}

/**
 * @param {Figure} element
 * @param {string} event  e.g. "plotly_relayouting", "plotly_afterplot"
 * @param {(data: any) => void} listener
 */
export function listen(element, event, listener) {
  element.on(event, listener);
}

/**
 * Where the plotting area lies inside its element, in CSS pixels, and what its axes span (log axes: exponents).
 * `_fullLayout` is private to Plotly; it has kept these names for years, and a browser test holds them.
 * @param {Figure} element
 * @returns {Geometry | null}  null before the first drawing
 */
export function geometry(element) {
  const layout = element._fullLayout;
  if (!layout?.xaxis || layout.xaxis._length === undefined) return null;
  const { xaxis, yaxis } = layout;
  return {
    left: xaxis._offset, top: yaxis._offset, width: xaxis._length, height: yaxis._length,
    x: [xaxis.range[0], xaxis.range[1]], y: [yaxis.range[0], yaxis.range[1]],
  };
}
