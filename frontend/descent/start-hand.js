// A hand on the picture: it drags the start, taps it elsewhere, moves it by the arrow keys; with Ctrl the wheel comes closer.

import { clampTo, fromPixel, toGrain } from "../frame.js";

/**
 * @typedef {import("../frame.js").Frame} Frame
 * @typedef {[number, number]} Point
 */

/**
 * @param {object} options
 * @param {HTMLElement} options.plane  as large as the frame
 * @param {HTMLElement} options.handle
 * @param {import("./room-context.js").Context} options.context
 * @param {() => Frame | null} options.frame  that stands now; without one there is nothing to take hold of
 * @param {Record<string, Point>} options.keys  which way an arrow key moves
 * @param {(point: Point) => Point} [options.onto]  where a start may be, nearest to a point of the plane
 * @param {(point: Point, factor: number) => import("../frame.js").Box} options.closer  what is shown then
 */
export function takeHand({ plane, handle, context: { change, store }, frame, keys, onto = (point) => point, closer }) {
  /** @param {MouseEvent} event @param {Frame} over */
  const under = (event, over) => {
    const bounds = plane.getBoundingClientRect();
    return onto(clampTo(over, fromPixel(over, event.clientX - bounds.left, event.clientY - bounds.top)));
  };
  let dragging = false;
  plane.addEventListener("pointerdown", (event) => {
    const over = frame();
    if (!over || event.button !== 0) return;
    // A finger on open ground scrolls the page; it moves the start by its ring, or by a tap.
    if (event.pointerType === "touch" && event.target !== handle) return;
    dragging = true;
    plane.setPointerCapture(event.pointerId);
    if (event.target !== handle) change({ start: under(event, over) }, "start", false);
    handle.focus({ preventScroll: true });
    event.preventDefault();
  });
  plane.addEventListener("pointermove", (event) => {
    const over = frame();
    if (dragging && over) change({ start: under(event, over) }, "start", false);
  });
  plane.addEventListener("pointerup", () => {
    if (dragging) change({}, "start", true);
    dragging = false;
  });
  plane.addEventListener("pointercancel", () => {
    dragging = false;
  });
  plane.addEventListener("click", (event) => {
    const over = frame();
    if (over && /** @type {PointerEvent} */ (event).pointerType === "touch") change({ start: under(event, over) }, "start", true);
  });
  handle.addEventListener("keydown", (event) => {
    const over = frame();
    const way = keys[event.key];
    if (!over || !way) return;
    event.preventDefault();
    const [[low, high]] = over.box;
    const by = ((high - low) / 80) * (event.shiftKey ? 5 : 1);
    const grain = (high - low) / over.width;
    const [x, y] = store.get().start;
    change({ start: [toGrain(x + way[0] * by, grain), toGrain(y + way[1] * by, grain)] }, "start", true);
  });
  // A plain wheel scrolls the page; with Ctrl, which is also what a pinch on a touchpad sends, it comes closer.
  plane.addEventListener("wheel", (event) => {
    const over = frame();
    if (!over || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const factor = Math.exp(Math.sign(event.deltaY) * Math.min(Math.abs(event.deltaY), 60) * 0.004);
    change({ zoom: closer(under(event, over), factor) }, "zoom", false);
  }, { passive: false });
}
