/**
 * Slalom's figures, as an article sees them.
 *
 *     <iframe id="race" src="https://example.org/slalom/?embed#rosenbrock"></iframe>
 *     <script type="module">
 *       import { slalom } from "https://example.org/slalom/slalom.js";
 *       const figure = slalom(document.getElementById("race"));
 *       figure.on("step", ({ step }) => console.log(step));
 *       await figure.seek(22);
 *     </script>
 *
 * The article and the figure may come from different sites: they only exchange messages. A figure
 * listens to the window that it stands in, and to no other; all that a message can do is to show
 * another race, play it, or ask where the racers are. This side takes messages only from the window of
 * the iframe and the site that its address names.
 *
 * @typedef {object} State
 * @property {string} title the title of the race
 * @property {number} step the last whole step at the playhead
 * @property {number} steps the number of steps
 * @property {number} playhead the fractional step at the playhead
 * @property {boolean} playing whether the playhead is moving
 * @property {number} frames the number of pictures drawn so far; out of sight, there are none
 * @property {{name: string, position: [number, number] | null, loss: number | null,
 *   status: string}[]} racers where they are; null where that is not known yet or is no number
 */

/**
 * Returns the interface to the figure in an iframe. It can be used at once: what it is told waits
 * until the figure has been loaded.
 * @param {HTMLIFrameElement} iframe
 */
export function slalom(iframe) {
  const site = siteOf(iframe.src);
  const listeners = new Map();
  const waiting = new Map();
  let isReady = false;
  let last = 0;

  function send(number) {
    // A figure from a file has no site that could be named.
    iframe.contentWindow?.postMessage(waiting.get(number).message, site ?? "*");
  }

  function ask(what, more = {}) {
    last += 1;
    const message = { slalom: last, do: what, ...more };
    return new Promise((resolve, reject) => {
      waiting.set(message.slalom, { message, resolve, reject });
      if (isReady) send(message.slalom);
    });
  }

  function begin() {
    if (isReady) return;
    isReady = true;
    for (const number of waiting.keys()) send(number);
  }

  function answer({ slalom: number, state, error }) {
    const question = waiting.get(number);
    waiting.delete(number);
    if (error !== undefined) question?.reject(new Error(error));
    else question?.resolve(state);
    begin();
  }

  addEventListener("message", (event) => {
    const message = event.data;
    if (event.source !== iframe.contentWindow || (site && event.origin !== site)) return;
    if (typeof message?.slalom === "number") return answer(message);
    if (typeof message?.slalom !== "string") return;
    if (message.slalom === "ready") begin();
    for (const listener of listeners.get(message.slalom) ?? []) listener(message);
  });

  const figure = {
    /**
     * Shows a race: the text of a preset file, a link, an address that ends in one, or the name of a
     * built-in race. Rejects with a sentence if it cannot be opened; the race before it stays.
     * @param {string} text
     * @returns {Promise<State>}
     */
    load: (text) => ask("load", { text: String(text) }),
    /**
     * Goes to a step, which may be a fraction, without starting or stopping.
     * @param {number} step
     * @returns {Promise<State>}
     */
    seek: (step) => ask("seek", { step: Number(step) }),
    /** Plays; at the end, from the start. @returns {Promise<State>} */
    play: () => ask("play"),
    /** Stops playing. @returns {Promise<State>} */
    pause: () => ask("pause"),
    /** Asks what the figure shows. @returns {Promise<State>} */
    state: () => ask("state"),
    /**
     * Calls a function whenever something happens, and returns one that ends that.
     *
     * - `ready`: the figure has been loaded, or loaded again;
     * - `step`: a reader or the passing of time has moved the playhead, as `{step, steps, playhead,
     *   playing}`; what `seek` does is not told, so that figures can follow each other;
     * - `error`: the figure cannot be drawn, or the race in its address cannot be opened, as
     *   `{error}` with a sentence.
     * @param {"ready" | "step" | "error"} event
     * @param {(message: object) => void} listener
     */
    on(event, listener) {
      if (!listeners.has(event)) listeners.set(event, new Set());
      listeners.get(event).add(listener);
      return () => listeners.get(event).delete(listener);
    },
  };
  // One that has been loaded before answers; one that has not will say that it is ready.
  ask("state").catch(() => {});
  send(last);
  return figure;
}

function siteOf(address) {
  const { protocol, origin } = new URL(address, location.href);
  return protocol.startsWith("http") ? origin : null;
}
