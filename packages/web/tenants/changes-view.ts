import type { SettingsEntry } from "@regulars/core/tenants/settings-log";
import { settingValueText } from "@regulars/render/setting-value";
import { html } from "hono/html";
import type { Html } from "../page/layout.ts";

/** Who changed which setting when. */
export function changesView(changes: readonly SettingsEntry[]): Html {
  if (changes.length === 0) return html`<p class="empty">No setting of the tenant was changed yet.</p>`;
  return html`<div class="scroll" role="region" aria-label="Changes of settings" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">Setting</th>
          <th scope="col">From</th>
          <th scope="col">To</th>
        </tr>
      </thead>
      <tbody>
        ${changes.flatMap(({ at, by, changes: settings }) =>
          settings.map(
            ({ setting, from, to }) =>
              html`<tr>
                <td><time datetime="${at}">${at.slice(0, 16).replace("T", " ")} UTC</time></td>
                <td><bdi>${by}</bdi></td>
                <th scope="row">${setting}</th>
                <td><bdi>${settingValueText(from)}</bdi></td>
                <td><bdi>${settingValueText(to)}</bdi></td>
              </tr>`,
          ),
        )}
      </tbody>
    </table>
  </div>`;
}
