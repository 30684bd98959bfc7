import type { SettingsEntry } from "@regulars/core/tenants/settings-log";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import type { AuthorNames } from "../page/authors.ts";
import type { Html } from "../page/layout.ts";
import { moment } from "../page/moments.ts";
import { type NamedKinds, settingName } from "./setting-name.ts";
import { valueText } from "./setting-value.ts";

/** The last changes of settings, newest first, and the names of who made them. */
export interface SettingsChanges {
  readonly changes: readonly SettingsEntry[];
  readonly authorOf: AuthorNames;
  readonly kinds: NamedKinds;
}

/** Who changed which setting when. */
export function changesView(
  { changes, authorOf, kinds }: SettingsChanges,
  { timeZone }: Pick<Tenant, "timeZone">,
  words: PageWords,
): Html {
  const { say } = words;
  if (changes.length === 0) return html`<p class="empty">${say("changes.none")}</p>`;
  return html`<div class="scroll" role="region" aria-label="${say("changes.region")}" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">${say("changes.when")}</th>
          <th scope="col">${say("changes.who")}</th>
          <th scope="col">${say("changes.setting")}</th>
          <th scope="col">${say("changes.from")}</th>
          <th scope="col">${say("changes.to")}</th>
        </tr>
      </thead>
      <tbody>
        ${changes.flatMap(({ at, by, changes: settings }) =>
          settings.map(
            ({ setting, from, to }) =>
              html`<tr>
                <td>${moment({ at, text: words.moment(at, timeZone) })}</td>
                <td><bdi>${authorOf(by)}</bdi></td>
                <th scope="row">${settingName(setting, words, kinds)}</th>
                <td><bdi>${valueText(setting, from, words)}</bdi></td>
                <td><bdi>${valueText(setting, to, words)}</bdi></td>
              </tr>`,
          ),
        )}
      </tbody>
    </table>
  </div>`;
}
