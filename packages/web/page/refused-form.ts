import { html, raw } from "hono/html";
import type { Form } from "./form.ts";
import { NOT_DONE_SLOT } from "./frame-slot.ts";
import type { Html } from "./layout.ts";
import { sentence } from "./sentence.ts";

/** A form that was refused: why, and what was filled in. Its page shows it again, filled. */
export interface RefusedForm {
  readonly message: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Keeps the texts of a form; a file is not kept. */
export const refusedForm = (message: string, form: Form): RefusedForm => ({
  message,
  fields: Object.fromEntries(
    Object.entries(form).filter((field): field is [string, string] => typeof field[1] === "string"),
  ),
});

/** What was filled in, by field; nothing when no form was refused. */
export const filledIn = (refused: RefusedForm | undefined): RefusedForm["fields"] => refused?.fields ?? {};

/** Why a form was refused, and what to choose instead; read out at once. */
export const refusedView = (refused: RefusedForm | undefined, choose?: string): Html =>
  refused === undefined || refused.message === ""
    ? html``
    : html`<p class="refused" role="alert">
        <strong>${raw(NOT_DONE_SLOT)}</strong>
        <bdi>${sentence(refused.message)}</bdi>
        ${choose === undefined ? "" : html`<bdi>${choose}</bdi>`}
      </p>`;
