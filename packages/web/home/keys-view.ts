import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { type Html, layout } from "../page/layout.ts";

/** Keys that work on every page, and what each does. */
const KEYS = [
  { key: "/", does: "keys.search" },
  { key: "Escape", does: "keys.leave" },
  { key: "?", does: "keys.help" },
  { key: "Tab", does: "keys.tab" },
  { key: "Enter", does: "keys.enter" },
] as const;

/** The help page of keys. */
export const keysView = ({ say }: PageWords): Html =>
  layout({
    title: say("page.keys"),
    main: html`<h1>${say("page.keys")}</h1>
      <p class="lead">${say("keys.lead")}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">${say("keys.key")}</th>
            <th scope="col">${say("keys.does")}</th>
          </tr>
        </thead>
        <tbody>
          ${KEYS.map(
            ({ key, does }) =>
              html`<tr>
                <th scope="row"><kbd>${key}</kbd></th>
                <td>${say(does)}</td>
              </tr>`,
          )}
        </tbody>
      </table>`,
  });
