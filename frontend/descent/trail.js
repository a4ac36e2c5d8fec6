// When the address gets a new entry: a gesture pushes one at its first change and replaces it until it ends, so that
// Back returns to what stood before the gesture. Pure but for the two functions it is given.

const SAME = 1000; // ms: key presses on the same control within this time are one change
const PAUSE = 1000; // ms between replacements: each costs a frame, and browsers refuse too many

/**
 * @param {object} options
 * @param {(push: boolean) => void} options.write
 * @param {() => number} options.now  ms
 * @param {(run: () => void, wait: number) => any} [options.later]
 */
export function createTrail({ write, now, later = (run, wait) => setTimeout(run, wait) }) {
  /** @type {string | null} */
  let last = null;
  let lastTime = -Infinity;
  let written = -Infinity;
  let open = false;
  let planned = false;

  function replaceSoon() {
    if (planned) return;
    planned = true;
    later(() => {
      planned = false;
      written = now();
      write(false);
    }, Math.max(0, written + PAUSE - now()));
  }

  return {
    /**
     * @param {string} field  what is being changed
     * @param {boolean} commit  the gesture ends with this change
     */
    note(field, commit) {
      const goesOn = field === last && (open || now() - lastTime < SAME);
      if (!goesOn) {
        written = now();
        write(true);
      } else if (commit) {
        written = now();
        write(false);
      } else replaceSoon();
      last = field;
      lastTime = now();
      open = !commit;
    },
    /** What is not worth a step back, such as the playhead: the present entry is replaced. */
    touch: replaceSoon,
    /** After Back or a link: the next change is a new one. */
    forget() {
      last = null;
      open = false;
    },
  };
}
