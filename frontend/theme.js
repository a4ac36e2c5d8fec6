// Light or dark: the system's wish until the reader chooses; the choice is remembered in this browser.

const KEY = "thalweg-theme";
const system = matchMedia("(prefers-color-scheme: dark)");
/** @type {Set<(theme: Theme) => void>} */
const listeners = new Set();

/** @typedef {"light" | "dark"} Theme */

/** @returns {Theme} */
export function theme() {
  return document.documentElement.dataset.theme === "dark" ? "dark" : "light";
}

/** @param {(theme: Theme) => void} listener */
export function onThemeChange(listener) {
  listeners.add(listener);
}

export function startTheme() {
  apply(remembered() ?? (system.matches ? "dark" : "light"));
  system.addEventListener("change", () => {
    if (remembered() === null) apply(system.matches ? "dark" : "light");
  });
}

export function toggleTheme() {
  const next = theme() === "dark" ? "light" : "dark";
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // A browser that forbids storage still changes its colours; it only forgets them.
  }
  apply(next);
}

/** @returns {Theme | null} */
function remembered() {
  try {
    const value = localStorage.getItem(KEY);
    return value === "light" || value === "dark" ? value : null;
  } catch {
    return null;
  }
}

/** @param {Theme} next */
function apply(next) {
  document.documentElement.dataset.theme = next;
  for (const listener of listeners) listener(next);
}

/**
 * A colour token of base.css as the browser resolves it now, for canvas and Plotly.
 * @param {"bg" | "sub" | "profile" | "line" | "line2" | "edge" | "ink3" | "ink2" | "ink" | "focus" | "bad"} name
 */
export function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
