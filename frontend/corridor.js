// A line with fewer points that looks the same: points inside a narrow corridor ahead of the last kept one are left out. Pure.

const NEAR = 0.75; // px: closer points cannot be told apart

/**
 * @param {(x: number, y: number, tag: number) => void} emit  the points that are kept, in order; always the first and the last
 * @param {number} [tolerance]  px: half the width of the corridor
 */
export function corridor(emit, tolerance = 0.2) {
  let empty = true;
  let waiting = false; // a point that may still be passed over
  let [anchorX, anchorY, wayX, wayY, ahead, lastX, lastY, lastTag] = [0, 0, 0, 0, 0, 0, 0, 0];

  /** @param {number} x @param {number} y @param {number} tag */
  function keep(x, y, tag) {
    emit(x, y, tag);
    anchorX = x;
    anchorY = y;
    ahead = 0;
    waiting = false;
    empty = false;
  }

  /** @param {number} x @param {number} y @param {number} tag */
  function wait(x, y, tag) {
    lastX = x;
    lastY = y;
    lastTag = tag;
    waiting = true;
  }

  return {
    /** @param {number} x @param {number} y @param {number} tag  handed on with the point */
    add(x, y, tag) {
      if (empty) return keep(x, y, tag);
      const awayX = x - anchorX;
      const awayY = y - anchorY;
      if (ahead === 0) {
        const length = Math.hypot(awayX, awayY);
        wait(x, y, tag);
        if (length < NEAR) return;
        wayX = awayX / length;
        wayY = awayY / length;
        ahead = length;
        return;
      }
      const along = awayX * wayX + awayY * wayY;
      if (Math.abs(awayX * wayY - awayY * wayX) > tolerance || along < ahead - NEAR) {
        keep(lastX, lastY, lastTag);
        this.add(x, y, tag);
        return;
      }
      ahead = Math.max(ahead, along);
      wait(x, y, tag);
    },
    /** The line ends or breaks here. */
    end() {
      if (waiting) emit(lastX, lastY, lastTag);
      empty = true;
      waiting = false;
    },
  };
}
