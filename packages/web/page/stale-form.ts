import { createHash } from "node:crypto";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import type { Form } from "./form.ts";
import type { Html } from "./layout.ts";

/** The reason of a form that was drawn before somebody else's change. */
export const STALE = "stale-form";

/** The field of a form with the stamp of the values that it was drawn with. */
export const WAS_FIELD = "was";

/** Stored values as a form shows them: one that was drawn with others is stale. */
export const formStamp = (values: unknown): string =>
  createHash("sha256").update(JSON.stringify(values)).digest("base64url").slice(0, 16);

/** Refuses a form that was drawn with other values; one without a stamp is not of a page. */
export const notStale = (values: unknown, form: Form): Result<undefined> =>
  typeof form[WAS_FIELD] !== "string" || form[WAS_FIELD] === formStamp(values) ? ok(undefined) : staleForm();

export const staleForm = () => refuse(STALE, "somebody has changed these settings since this page was opened");

/** A value as it is stored now, and as the form has it. */
export interface Both {
  readonly name: string;
  readonly now: string;
  readonly yours: string;
}

/** Both versions of what a stale form would have changed; an empty value is the usual one. */
export function bothView(rows: readonly Both[], { say }: PageWords): Html {
  const textOf = (value: string): string => (value === "" ? say("settings.usual") : value);
  return html`<table>
    <caption>
      ${say("settings.both")}
    </caption>
    <thead>
      <tr>
        <th scope="col">${say("settings.setting")}</th>
        <th scope="col">${say("settings.now")}</th>
        <th scope="col">${say("settings.yours")}</th>
      </tr>
    </thead>
    <tbody>
      ${rows
        .filter(({ now, yours }) => now !== yours)
        .map(
          ({ name, now, yours }) =>
            html`<tr>
              <th scope="row"><bdi>${name}</bdi></th>
              <td><bdi>${textOf(now)}</bdi></td>
              <td><bdi>${textOf(yours)}</bdi></td>
            </tr>`,
        )}
    </tbody>
  </table>`;
}
