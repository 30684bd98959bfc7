import { html } from "hono/html";
import type { Html } from "./layout.ts";

/** A choice of a select. */
export const option = (value: string, text: string, isChosen: boolean): Html =>
  html`<option value="${value}" ${isChosen ? html`selected` : ""}>${text}</option>`;
