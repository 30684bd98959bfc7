import { html } from "hono/html";
import { type Html, layout } from "../page/layout.ts";

/** Keys that work on every page, and what each does. */
const KEYS = [
  { key: "/", does: "Go to the search" },
  { key: "Escape", does: "Leave the search" },
  { key: "?", does: "This page" },
  { key: "Tab", does: "The next link, field or button; with Shift the one before" },
  { key: "Enter", does: "Open the link, send the form" },
] as const;

/** The help page of keys. */
export const keysView = (): Html =>
  layout({
    title: "Keys",
    main: html`<h1>Keys</h1>
      <p class="lead">Everything works by keyboard alone, and without script by links and forms.</p>
      <table>
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">Does</th>
          </tr>
        </thead>
        <tbody>
          ${KEYS.map(
            ({ key, does }) =>
              html`<tr>
                <th scope="row"><kbd>${key}</kbd></th>
                <td>${does}</td>
              </tr>`,
          )}
        </tbody>
      </table>`,
  });
