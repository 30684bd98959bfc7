import { html, raw } from "hono/html";

const FOCUSED = `tabindex="-1" autofocus`;

/** Attributes of the sentence that says what a form came to: it has the focus, and keys and screen readers go on there. */
export const outcome = html`${raw(FOCUSED)}`;

/** Gives the focus to the first sentence of an answered form's page that says what it came to. */
export function withOutcome(page: string): string {
  const end = page.indexOf("</main>");
  return page
    .slice(0, end)
    .replace(/(<main\b[^]*?)(\srole="(?:alert|status)")/, `$1 ${FOCUSED}$2`)
    .concat(page.slice(end));
}
