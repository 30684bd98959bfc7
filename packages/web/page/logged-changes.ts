import type { ChangeEntry } from "@regulars/core/tenants/change-log";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import type { AuthorNames } from "./authors.ts";
import type { Html } from "./layout.ts";
import { moment } from "./moments.ts";

/** The most changes that a page shows; each may have a row for every field. */
export const MOST_CHANGES = 20;

/** The last changes of a log, newest first, and the names of who made them. */
export interface LoggedChanges {
  readonly changes: readonly ChangeEntry[];
  readonly authorOf: AuthorNames;
}

/** How a log calls what was changed. */
interface Naming {
  readonly none: string;
  readonly region: string;
  /** What a change is of, where a log is of many: the head of its column, and the name by its id. */
  readonly of?: { readonly title: string; readonly nameOf: (id: string) => string };
  readonly title: string;
  readonly nameOf: (setting: string) => Html | string;
  readonly valueOf: (setting: string, value: unknown) => string;
}

/** Who changed what when, of people, webhooks and the like, with its heading. */
export const changesCard = (
  page: LoggedChanges,
  tenant: Pick<Tenant, "timeZone">,
  words: PageWords,
  naming: Pick<Naming, "of" | "nameOf" | "valueOf">,
): Html =>
  html`<section class="card" aria-labelledby="changes">
    <h2 id="changes">${words.say("changes.title")}</h2>
    ${changesTable(page, tenant, words, {
      none: words.say("changes.nothing"),
      region: words.say("changes.title"),
      title: words.say("changes.what"),
      ...naming,
    })}
  </section>`;

/** The table of a log. */
export function changesTable(
  { changes, authorOf }: LoggedChanges,
  { timeZone }: Pick<Tenant, "timeZone">,
  words: PageWords,
  { none, region, of, title, nameOf, valueOf }: Naming,
): Html {
  const { say } = words;
  if (changes.length === 0) return html`<p class="empty">${none}</p>`;
  return html`<div class="scroll stack" role="group" aria-label="${region}" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">${say("changes.when")}</th>
          <th scope="col">${say("changes.who")}</th>
          ${of === undefined ? "" : html`<th scope="col">${of.title}</th>`}
          <th scope="col">${title}</th>
          <th scope="col">${say("changes.from")}</th>
          <th scope="col">${say("changes.to")}</th>
        </tr>
      </thead>
      <tbody>
        ${changes.flatMap((entry) =>
          entry.changes.map(
            ({ setting, from, to }) =>
              html`<tr>
                <td>${moment({ at: entry.at, text: words.moment(entry.at, timeZone) })}</td>
                <td><bdi>${authorOf(entry.by)}</bdi></td>
                ${of === undefined ? "" : html`<td data-of="${of.title}"><bdi>${of.nameOf(entry.of ?? "")}</bdi></td>`}
                <th scope="row">${nameOf(setting)}</th>
                <td data-of="${say("changes.from")}"><bdi>${valueOf(setting, from)}</bdi></td>
                <td data-of="${say("changes.to")}"><bdi>${valueOf(setting, to)}</bdi></td>
              </tr>`,
          ),
        )}
      </tbody>
    </table>
  </div>`;
}
