import type { Right } from "@regulars/core/access/rights";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import type { Html } from "./layout.ts";
import type { Needs } from "./needs.ts";
import { withCommas } from "./with-commas.ts";

/** Kinds of ids that have names: a text `right.<id>` or `event.<id>` says what each means. */
type Kind = "right" | "event";

/** A right or an event type as people call it, with its id, by which the API knows it, beside it. */
export function namedId(kind: Kind, id: string, words: PageWords): Html {
  const name = words.find(`${kind}.${id}`);
  return name === undefined ? html`<code>${id}</code>` : html`<span>${name} <code class="soft">${id}</code></span>`;
}

/** The same of several, in one line. */
export const namedIds = (kind: Kind, ids: readonly string[], words: PageWords): Html =>
  withCommas(ids.map((id) => namedId(kind, id, words)));

/** The rights of which one is missing, as a sentence names them: “Change users” (users.manage). */
const neededRights = (needs: readonly Right[], words: PageWords): string =>
  words.either(needs.map((right) => words.say("right.named", { name: words.text(`right.${right}`), code: right })));

/** What somebody is told who has none of the rights that something needs. */
export const needsRight = (needs: Needs, words: PageWords): string =>
  words.say("refusal.needsRight", { rght: neededRights(needs, words) });
