import { html } from "hono/html";
import type { Html } from "./layout.ts";

/** Names or links one after the other, with commas between them. */
export const withCommas = (parts: readonly Html[]): Html =>
  html`${parts.map((part, i) => html`${i === 0 ? "" : ", "}${part}`)}`;
