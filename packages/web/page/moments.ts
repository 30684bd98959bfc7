import type { Tenant } from "@regulars/core/tenants/tenant";
import type { Instant } from "@regulars/core/platform/values";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import type { Html } from "./layout.ts";

/** An instant and its text. */
export interface MomentText {
  readonly at: Instant;
  readonly text: string;
}

/** An instant as the reader writes it, in the tenant's zone. */
export const momentIn = (words: PageWords, { timeZone }: Pick<Tenant, "timeZone">, at: Instant): MomentText => ({
  at,
  text: words.moment(at, timeZone),
});

/** An instant with its machine-readable form. */
export const moment = ({ at, text }: MomentText): Html => html`<time datetime="${at}">${text}</time>`;
