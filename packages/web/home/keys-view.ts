import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { type Html, layout } from "../page/layout.ts";

/** Keys that work on every page, and what each does. */
const KEYS = [
  { key: "/", does: "keys.search" },
  { key: "Ctrl K", does: "keys.searchTyping" },
  { key: "Escape", does: "keys.leave" },
  { key: "?", does: "keys.help" },
  { key: "Tab", does: "keys.tab" },
  { key: "Enter", does: "keys.enter" },
] as const;

/** Keys on a card of a sales plan's board (board-keys.js). */
const BOARD_KEYS = [
  { key: "← ↑ → ↓", does: "keys.cards" },
  { key: "m", does: "keys.move" },
  { key: "o", does: "keys.open" },
  { key: "x", does: "keys.choose" },
  { key: "Escape", does: "keys.back" },
] as const;

/** The help page of keys. */
export const keysView = (words: PageWords): Html => {
  const { say } = words;
  return layout({
    title: say("page.keys"),
    main: html`<h1>${say("page.keys")}</h1>
      <p class="lead">${say("keys.byKeyboard")}</p>
      ${tableView(KEYS, words)}
      <h2>${say("keys.onBoard")}</h2>
      ${tableView(BOARD_KEYS, words)}`,
  });
};

const tableView = (keys: typeof KEYS | typeof BOARD_KEYS, { say }: PageWords): Html =>
  html`<table>
    <thead>
      <tr>
        <th scope="col">${say("keys.key")}</th>
        <th scope="col">${say("keys.does")}</th>
      </tr>
    </thead>
    <tbody>
      ${keys.map(
        ({ key, does }) =>
          html`<tr>
            <th scope="row"><kbd>${key}</kbd></th>
            <td>${say(does)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
