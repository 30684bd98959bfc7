import { html } from "hono/html";
import { type Html, layout } from "./layout.ts";

/** A page that explains a refusal and what to do. */
export const refusalPage = (message: string, title = "Not found"): Html =>
  layout({
    title,
    main: html`<h1>${title}</h1>
      <p class="lead"><bdi>${message.charAt(0).toUpperCase()}${message.slice(1)}</bdi></p>
      <p><a href="/">The start page</a> lists every tenant, its reps and what the last nightly run found.</p>`,
  });
