// Orders to one entrant, unfolded in its row of the leaderboard: stop it, change a value, fork it. Nothing is said done before the worker says so.
// A row that stands for repeats stops and changes them all; a fork is one of its first that can be forked, and stands alone.

import { Refused } from "../api.js";
import { toast } from "../controls/toast.js";
import { fill, h, setText } from "../dom.js";
import { createChangeForm } from "./change-form.js";
import { createForkForm } from "./fork-form.js";
import { acknowledged, askableRow } from "./orders.js";
import { rows } from "./repeats.js";

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
  const openers = KINDS.map((kind) => h("button", { type: "button", class: "button order-open", "data-kind": kind, onclick: () => (kind === "stop" ? send(kind, { command: "stop", entrant: -1 }) : choose(kind)) }, WORDS[kind].text));
  const slot = h("div", {});
  const give = h("button", { type: "button", class: "button order-give", hidden: true, onclick: () => form && kind && send(kind, form.order()) });
  const fault = h("p", { class: "field-fault", role: "alert", hidden: true });
  const element = h("div", { class: "orders", role: "group" }, h("div", { class: "orders-open" }, openers), slot, h("div", { class: "order-line" }, give), fault);
  /** @type {number | null} whose they are */
  let row = null;
  /** @type {Kind | null} */
  let kind = null;
  /** @type {OrderForm | null} */
  let form = null;
  let busy = false;
  /** @type {Race | null} with every repeat as a run of its own */
  let race = null;
  /** @type {string[]} by row */
  let titles = [];

  /** @param {number | null} [of]  a row */
  const may = (of = row) => (race && of !== null ? askableRow(race, rows(race)[of] ?? []) : { stop: [], set: [], fork: [] });

  /** @param {string | null} sentence */
  function say(sentence) {
    fault.hidden = sentence === null;
    fault.textContent = sentence ?? "";
  }

  /** @param {Kind | null} next */
  function choose(next) {
    if (busy || race === null || row === null) return;
    kind = next;
    say(null);
    const title = titles[row];
    const { set: [first], fork: [parent] } = may();
    const optimizer = catalogue.optimizers.find(({ name }) => name === race?.runs[first]?.name);
    if (kind === "set" && optimizer) form = createChangeForm({ optimizer, race, entrant: first, title });
    else if (kind === "fork") form = createForkForm({ catalogue, race, entrant: parent, title });
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
    if (busy || race === null || row === null || slot.querySelector(".number-box.faulty")) return;
    const [before, said, whose, mine, of] = [kind, titles[row], race.id, row, rows(race)[row].length];
    const entrants = order.command === "fork" ? [order.entrant] : may()[order.command];
    kind = asked;
    busy = true;
    say(null);
    paint();
    try {
      const events = [];
      for (const entrant of entrants) events.push(await onOrder({ ...order, entrant }));
      toast(acknowledged(events, said, catalogue.optimizers, of));
      if (race?.id === whose && row === mine) close();
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
    row = kind = form = null;
    fill(slot);
    say(null);
    onChange();
  }

  function paint() {
    const now = may();
    openers.forEach((button, at) => {
      const which = KINDS[at];
      button.hidden = now[which].length === 0;
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
    if (event.key !== "Escape" || row === null) return;
    event.stopPropagation();
    close();
  });

  return {
    element,
    /** Whose orders are unfolded; null: nobody's. */
    row: () => row,
    /** Whether anything may be asked of a row. @param {number} which */
    asks: (which) => Object.values(may(which)).some((entrants) => entrants.length > 0),
    /** @param {number} next */
    toggle(next) {
      if (busy) return;
      if (row === next) return close();
      row = next;
      kind = form = null;
      fill(slot);
      say(null);
      onChange();
      openers.find((button) => !button.hidden)?.focus();
    },
    /**
     * @param {Race} next  with every repeat as a run of its own
     * @param {string[]} labels  by row
     */
    update(next, labels) {
      if (race !== null && race.id !== next.id && row !== null) close();
      race = next;
      titles = labels;
      if (row === null) return;
      const now = may();
      if (!busy && KINDS.every((each) => now[each].length === 0)) return close();
      if (!busy && kind && now[kind].length === 0) choose(null);
      element.setAttribute("aria-label", `Orders to ${labels[row]}`);
      paint();
    },
  };
}
