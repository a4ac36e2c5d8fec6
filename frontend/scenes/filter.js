// Which scenes are shown: all, or those of one document. Pure.

export const ALL = "all";

/**
 * The choices with their counts, documents in the order Paper, Slides, Chapter, Thalweg.
 * @param {{source: {document: string}}[]} scenes
 * @returns {{value: string, text: string}[]}
 */
export function filters(scenes) {
  const count = (/** @type {string} */ name) => scenes.filter(({ source }) => source.document === name).length;
  const documents = ["Paper", "Slides", "Chapter", "Thalweg"].filter((name) => count(name) > 0);
  return [{ value: ALL, text: `All ${scenes.length}` }, ...documents.map((name) => ({ value: name.toLowerCase(), text: `${name} ${count(name)}` }))];
}

/** @param {string} from @returns {URLSearchParams} */
export function toQuery(from) {
  return new URLSearchParams(from === ALL ? {} : { from });
}

/**
 * @param {URLSearchParams} query
 * @param {{value: string}[]} choices
 * @returns {string}  whatever is not known shows all
 */
export function fromQuery(query, choices) {
  const said = query.get("from");
  return choices.find(({ value }) => value === said)?.value ?? ALL;
}
