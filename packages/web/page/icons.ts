import { html } from "hono/html";
import type { Html } from "./layout.ts";

/** Lines of the icons on a ground of 16 by 16. */
const lines = {
  phone: "M3 2h3l1.5 3.5-2 1.5a9 9 0 0 0 3.5 3.5l1.5-2L14 10v3a1 1 0 0 1-1 1A11 11 0 0 1 2 3a1 1 0 0 1 1-1z",
  mail: "M2 3.5h12v9H2zM2 4l6 5 6-5",
  done: "M2.5 8.5 6 12l7.5-8",
  later: "M13 10A6 6 0 0 1 6 3a5.5 5.5 0 1 0 7 7z",
  menu: "M2 4h12M2 8h12M2 12h12",
  person: "M8 8.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.5 14a5.5 5.5 0 0 1 11 0",
} as const;

/** An icon beside or instead of words, which are said elsewhere: readers of the screen pass it over. */
export const icon = (name: keyof typeof lines): Html =>
  html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="${lines[name]}" /></svg>`;
