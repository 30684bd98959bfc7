import { html } from "hono/html";
import type { Html } from "../page/layout.ts";

/** A dot in the status's colour. */
export const dot = (colour: string): Html =>
  html`<svg class="dot" width="10" height="10" aria-hidden="true">
    <circle cx="5" cy="5" r="5" fill="${colour}" />
  </svg>`;
