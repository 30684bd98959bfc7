import { type ChangeEntry, type ChangeLogName, wholeChange } from "@regulars/core/tenants/change-log";
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
  readonly log: ChangeLogName;
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
  naming: Pick<Naming, "log" | "of" | "nameOf" | "valueOf">,
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
  naming: Naming,
): Html {
  const { say } = words;
  const { none, region, of, title } = naming;
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
        ${changes.map((entry) => entryView(entry, { authorOf, timeZone, words, naming }))}
      </tbody>
    </table>
  </div>`;
}

interface Drawing extends Pick<Tenant, "timeZone">, Pick<LoggedChanges, "authorOf"> {
  readonly words: PageWords;
  readonly naming: Naming;
}

/** A row for each part that was changed; what came or went whole is one row, with its parts folded in it. */
function entryView(entry: ChangeEntry, drawing: Drawing): Html {
  const { words, naming } = drawing;
  const { say } = words;
  const { nameOf, valueOf } = naming;
  const whole = wholeChange(naming.log, entry);
  const titles = { from: say("changes.from"), to: say("changes.to") };
  if (whole === undefined)
    return html`${entry.changes.map(
      ({ setting, from, to }) =>
        html`<tr>
          ${whoView(entry, drawing)}
          <th scope="row">${nameOf(setting)}</th>
          <td data-of="${titles.from}"><bdi>${valueOf(setting, from)}</bdi></td>
          <td data-of="${titles.to}"><bdi>${valueOf(setting, to)}</bdi></td>
        </tr>`,
    )}`;
  return html`<tr>
    ${whoView(entry, drawing)}
    <th scope="row">${say(`changes.${whole}`)}</th>
    <td class="long" colspan="2">
      <details>
        <summary>${say("changes.parts", { numb: entry.changes.length })}</summary>
        <ul>
          ${entry.changes.map(({ setting, from, to }) => html`<li>${nameOf(setting)}: <bdi>${valueOf(setting, to ?? from)}</bdi></li>`)}
        </ul>
      </details>
    </td>
  </tr>`;
}

function whoView({ at, by, of: id = "" }: ChangeEntry, { authorOf, timeZone, words, naming: { of } }: Drawing): Html {
  return html`<td>${moment({ at, text: words.moment(at, timeZone) })}</td>
    <td><bdi>${authorOf(by)}</bdi></td>
    ${of === undefined ? "" : html`<td data-of="${of.title}"><bdi>${of.nameOf(id)}</bdi></td>`}`;
}
