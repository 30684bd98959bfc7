import { html } from "hono/html";
import type { Language } from "@regulars/core/platform/languages";

type Html = ReturnType<typeof html>;

/** A page for whoever has a link: it loads nothing, runs no script, and is kept by nobody. */
interface LinkPage {
  readonly language: Language;
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** A button that sends a POST to an address of these pages. */
  readonly button?: { readonly label: string; readonly action: string } | undefined;
  readonly links?: readonly { readonly label: string; readonly href: string }[];
}

const STYLE = `:root{color-scheme:light dark}
body{margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif;color:#1c2430;background:#fff}
main{max-width:36rem;margin:0 auto}
button{font:inherit;padding:12px 24px;border:0;border-radius:6px;background:#0b5cad;color:#fff;cursor:pointer}
button:focus-visible,a:focus-visible{outline:3px solid #f5a623;outline-offset:2px}
a{color:#0b5cad}
@media (prefers-color-scheme:dark){body{color:#e8ecf1;background:#14181e}a{color:#8cc4ff}}`;

export const linkPage = ({ language, title, paragraphs, button, links = [] }: LinkPage): Html =>
  html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${paragraphs.map((text) => html`<p>${text}</p>`)}
          ${
            button === undefined
              ? ""
              : html`<form method="post" action="${button.action}"><button>${button.label}</button></form>`
          }
          ${links.map(({ label, href }) => html`<p><a href="${href}">${label}</a></p>`)}
        </main>
      </body>
    </html>`;

/** Nothing is loaded; forms are sent here only; nobody keeps the address, which is the reader's key. */
export const LINK_HEADERS = {
  "Content-Security-Policy":
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "Cache-Control": "no-store",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Robots-Tag": "noindex",
};
