// Work that follows the data, at the pace of the screen.

/**
 * At most once a frame, just before it is painted, however often it is called.
 * @param {() => void} run
 * @returns {() => void}
 */
export function perFrame(run) {
  let planned = false;
  return () => {
    if (planned) return;
    planned = true;
    requestAnimationFrame(() => {
      planned = false;
      run();
    });
  };
}

/**
 * What stands beside the paths gives way to them: while a hand drags it follows at its own pace, at once else.
 * @param {() => boolean} held  is a hand dragging?
 * @param {() => void} run
 * @param {number} rest  ms between two runs while dragging
 * @returns {() => void}
 */
export function givingWay(held, run, rest) {
  const prompt = perFrame(run);
  const calm = atRest(prompt, rest);
  return () => (held() ? calm() : prompt());
}

/**
 * At most once in `rest` milliseconds; the last call is never lost.
 * @param {() => void} run
 * @param {number} rest
 * @returns {() => void}
 */
export function atRest(run, rest) {
  let last = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const go = () => {
    timer = undefined;
    last = performance.now();
    run();
  };
  return () => {
    if (timer !== undefined) return;
    const wait = last + rest - performance.now();
    if (wait <= 0) go();
    else timer = setTimeout(go, wait);
  };
}
