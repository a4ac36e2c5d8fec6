// The two layers of a picture, each at its own pace: Plotly's ground below, which takes its time, and the paths, every frame.

const REST = 120; // ms between two drawings of the ground while a parameter is dragged: paths go first

/**
 * @param {object} options
 * @param {() => boolean} options.wanted  is there a ground to draw?
 * @param {() => boolean} options.dragged  does it stand in the frame of the one before, so that it may wait?
 * @param {() => Promise<void>} options.drawGround
 * @param {(fresh: boolean) => boolean} options.render  what stands above; fresh: there are new paths; false where they must wait for
 *   their ground
 */
export function createPace({ wanted, dragged, drawGround, render }) {
  let drawing = false;
  let groundWanted = false;
  let pathsWanted = false;
  let scheduled = false;
  let last = -Infinity;

  async function turn() {
    if (!wanted()) {
      groundWanted = false;
      return;
    }
    if (drawing) return;
    const wait = last + REST - performance.now();
    if (wait > 0 && dragged()) {
      setTimeout(turn, wait);
      return;
    }
    drawing = true;
    groundWanted = false;
    try {
      await drawGround();
    } finally {
      drawing = false;
    }
    last = performance.now();
    paths();
    if (groundWanted) turn();
  }

  /** Something above the ground has changed. */
  function frame() {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
      if (render(pathsWanted)) pathsWanted = false;
    });
  }

  /** There are new paths, or they have another frame or other colours. */
  function paths() {
    pathsWanted = true;
    frame();
  }

  return {
    ground() {
      groundWanted = true;
      turn();
    },
    paths,
    frame,
    rested: () => !drawing && !groundWanted && !pathsWanted && !scheduled,
  };
}
