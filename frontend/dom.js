// Elements without innerHTML: text is always a text node, so nothing that a person types can become markup.

/**
 * @typedef {Node | string | number | null | undefined | false} Child
 * @typedef {Record<string, string | number | boolean | null | undefined | EventListener>} Attributes
 */

/**
 * Build an element: `h("button", {class: "quiet", onclick: play}, "Play")`. Attributes that are null, undefined or false
 * are left out; `on...` adds a listener; `--name` sets a custom property.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (name.startsWith("--")) element.style.setProperty(name, String(value));
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

/**
 * @param {Element} element
 * @param {(Child | Child[])[]} children
 */
function append(element, children) {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

/**
 * Replace everything inside an element.
 * @param {Element} element
 * @param {...(Child | Child[])} children
 */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
}

/**
 * Change a text only when it differs, so that nothing is laid out again for the same words.
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {...SVGElement} children
 * @returns {SVGElement}
 */
export function svg(tag, attributes = {}, ...children) {
  const element = /** @type {SVGElement} */ (document.createElementNS(SVG, tag));
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/**
 * MathML from the server, parsed as XML (never as HTML) and adopted into the page.
 * @param {string} source
 * @returns {Element}
 */
export function mathml(source) {
  // Without its namespace XML would take <math> for an unknown element, and nothing would be typeset.
  const named = source.replace(/^\s*<math(?![^>]*\bxmlns=)/, '<math xmlns="http://www.w3.org/1998/Math/MathML"');
  const parsed = new DOMParser().parseFromString(named, "application/xml");
  if (parsed.querySelector("parsererror")) return h("span", {}, source);
  return document.importNode(parsed.documentElement, true);
}
