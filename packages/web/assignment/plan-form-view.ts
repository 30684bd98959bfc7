import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import type { Html } from "../page/layout.ts";
import { type RefusedForm, filledIn } from "../page/refused-form.ts";
import type { PlanSettingsPage } from "./plan-settings-page.ts";

/** What the forms of the page share. */
export interface PlanForms {
  readonly page: PlanSettingsPage;
  readonly words: PageWords;
  readonly refused: RefusedForm | undefined;
  /** What was filled into a form that was tried; nothing was saved. */
  readonly tried: Readonly<Record<string, string>>;
  /** The refused form was drawn before somebody else's change. */
  readonly isStale: boolean;
}

/** A form of the page, for the version of the plan that it was drawn with. */
export const planForm = (
  { page: { path, plan } }: PlanForms,
  action: string,
  fields: Html,
  version: string | number = plan.version,
): Html =>
  html`<form class="review" method="post" action="${path}">
    <input type="hidden" name="action" value="${action}" /><input
      type="hidden"
      name="version"
      value="${version}"
    />${fields}
  </form>`;

/** What was filled into the refused form, if it is this one. */
export const filledOf = ({ refused }: PlanForms, action: string, id?: string): Readonly<Record<string, string>> =>
  refused?.fields["action"] === action &&
  (id === undefined || [refused.fields["statusId"], refused.fields["userId"]].includes(id))
    ? filledIn(refused)
    : {};
