import { html } from "hono/html";
import type { Html } from "./layout.ts";

/** A form above a list that is looked at more often than added to: folded away until it is used. */
export const foldedForm = (title: string, isOpen: boolean, form: Html): Html =>
  html`<details class="card" ${isOpen ? html`open` : ""}>
    <summary>${title}</summary>
    ${form}
  </details>`;
