// Orders to one entrant, unfolded in its row of the leaderboard: stop it, change a value, fork it. Nothing is said done before the worker says so.

import { Refused } from "../api.js";
import { toast } from "../controls/toast.js";
import { fill, h, setText } from "../dom.js";
import { createChangeForm } from "./change-form.js";
import { createForkForm } from "./fork-form.js";
import { acknowledged, askable } from "./orders.js";

/**
 * @typedef {import("./fold.js").Race} Race
 * @typedef {import("./orders.js").Order} Order
 *
 * @typedef {object} OrderForm
 * @property {HTMLElement} element
 * @property {() => Order} order  as the form stands
 * @property {() => void} update  the race has gone on
 * @property {() => void} focus
 *
 * @typedef {"stop" | "set" | "fork"} Kind
 * @typedef {ReturnType<typeof createOrders>} Orders
 */

/** @type {Record<Kind, {text: string, verb: string, busy: string}>} text: what opens it */
const WORDS = {
  stop: { text: "Stop this one", verb: "Stop", busy: "Stopping" },
  set: { text: "Change a value…", verb: "Set", busy: "Setting" },
  fork: { text: "Fork…", verb: "Fork", busy: "Forking" },
};
const KINDS = /** @type {Kind[]} */ (["stop", "set", "fork"]);

/**
 * @param {object} options
 * @param {import("../catalogue.js").Catalogue} options.catalogue
 * @param {(order: Order) => Promise<Record<string, any>>} options.onOrder  gives what the log says of it; raises Refused
 * @param {() => void} options.onChange  it was opened, or closed
 */
export function createOrders({ catalogue, onOrder, onChange }) {
  const openers = KINDS.map((kind) => h("button", { type: "button", class: "button order-open", "data-kind": kind, onclick: () => (kind === "stop" ? send(kind, { command: "stop", entrant: /** @type {number} */ (entrant) }) : choose(kind)) }, WORDS[kind].text));
  const slot = h("div", {});
  const give = h("button", { type: "button", class: "button order-give", hidden: true, onclick: () => form && kind && send(kind, form.order()) });
  const fault = h("p", { class: "field-fault", role: "alert", hidden: true });
  const element = h("div", { class: "orders", role: "group" }, h("div", { class: "orders-open" }, openers), slot, h("div", { class: "order-line" }, give), fault);
  /** @type {number | null} whose they are */
  let entrant = null;
  /** @type {Kind | null} */
  let kind = null;
  /** @type {OrderForm | null} */
  let form = null;
  let busy = false;
  /** @type {Race | null} */
  let race = null;
  /** @type {string[]} */
  let titles = [];

  /** @param {string | null} sentence */
  function say(sentence) {
    fault.hidden = sentence === null;
    fault.textContent = sentence ?? "";
  }

  /** @param {Kind | null} next */
  function choose(next) {
    if (busy || race === null || entrant === null) return;
    kind = next;
    say(null);
    const title = titles[entrant];
    const optimizer = catalogue.optimizers.find(({ name }) => name === race?.runs[Number(entrant)].name);
    if (kind === "set" && optimizer) form = createChangeForm({ optimizer, race, entrant, title });
    else if (kind === "fork") form = createForkForm({ catalogue, race, entrant, title });
    else form = null;
    fill(slot, form?.element);
    paint();
    form?.focus();
  }

  /**
   * @param {Kind} asked
   * @param {Order} order
   */
  async function send(asked, order) {
    if (busy || slot.querySelector(".number-box.faulty")) return;
    const [before, said, whose] = [kind, titles, race];
    kind = asked;
    busy = true;
    say(null);
    paint();
    try {
      const event = await onOrder(order);
      toast(acknowledged(event, said, catalogue.optimizers));
      if (race === whose && entrant === order.entrant) close();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      kind = before;
      say(error.message);
    } finally {
      busy = false;
      paint();
    }
  }

  function close() {
    entrant = kind = form = null;
    fill(slot);
    say(null);
    onChange();
  }

  function paint() {
    const may = race && entrant !== null && race.runs[entrant] ? askable(race, race.runs[entrant]) : { stop: false, set: false, fork: false };
    openers.forEach((button, at) => {
      const which = KINDS[at];
      button.hidden = !may[which];
      button.setAttribute("aria-disabled", String(busy)); // a button that is disabled would drop the focus
      if (which !== "stop") button.setAttribute("aria-expanded", String(kind === which));
      setText(button, busy && kind === "stop" && which === "stop" ? WORDS.stop.busy : WORDS[which].text);
    });
    give.hidden = form === null || kind === null;
    give.setAttribute("aria-disabled", String(busy));
    if (kind) setText(give, WORDS[kind][busy ? "busy" : "verb"]);
    form?.update();
  }

  element.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target instanceof HTMLInputElement && event.target.type === "text" && form && kind) {
      event.target.dispatchEvent(new Event("change")); // what is typed is read, and its fault shown, before it is sent
      return void send(kind, form.order());
    }
    if (event.key !== "Escape" || entrant === null) return;
    event.stopPropagation();
    close();
  });

  return {
    element,
    /** Whose orders are unfolded; null: nobody's. */
    entrant: () => entrant,
    /** @param {number} next */
    toggle(next) {
      if (busy) return;
      if (entrant === next) return close();
      entrant = next;
      kind = form = null;
      fill(slot);
      say(null);
      onChange();
      openers.find((button) => !button.hidden)?.focus();
    },
    /**
     * @param {Race} next
     * @param {string[]} labels  by entrant
     */
    update(next, labels) {
      if (race !== null && race.id !== next.id && entrant !== null) close();
      race = next;
      titles = labels;
      if (entrant === null) return;
      const may = askable(next, next.runs[entrant]);
      if (!busy && !KINDS.some((each) => may[each])) return close();
      if (!busy && kind && !may[kind]) choose(null);
      element.setAttribute("aria-label", `Orders to ${labels[entrant]}`);
      paint();
    },
  };
}
