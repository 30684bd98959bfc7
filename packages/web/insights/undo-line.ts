import { customerIdOf } from "@regulars/core/insights/subject";
import { type FindingAddress, parseFindingId } from "@regulars/core/insights/finding";
import type { Undo } from "@regulars/core/insights/undo";
import type { PageWords } from "@regulars/render/texts/page-words";
import type { Instant } from "@regulars/core/platform/values";
import { undoable } from "@regulars/flows/insights/undo-review";
import { html } from "hono/html";
import { addresses } from "../page/addresses.ts";
import type { Html } from "../page/layout.ts";
import { outcome } from "../page/outcome.ts";
import type { OpenTenant } from "../page/open-tenant.ts";

/** What the viewer did to a finding just now, and where it is undone. */
export interface UndoLine {
  readonly path: string;
  /** What was done, in the viewer's language. */
  readonly says: string;
  readonly customerName: string;
}

/** The viewer's last action on a finding, while it can be undone. */
export async function undoLine(opened: OpenTenant, findingId: string, now: Instant): Promise<UndoLine | undefined> {
  const { tenant, store, review, by, scope } = opened;
  const address = parseFindingId(findingId);
  const customerId = address && customerIdOf(address.subject);
  const customer = customerId && (await store.profiles([customerId])).get(customerId);
  if (customer === undefined || !(await scope()).canSee(customer)) return undefined;
  const undo = await undoable({ review, findingId, by, now });
  if (undo === undefined || address === undefined) return undefined;
  return {
    path: addresses().finding({ tenantId: tenant.tenantId, findingId }),
    says: await whatWasDone(opened, address, undo),
    customerName: customer.name ?? customer.customerId,
  };
}

/** What became of a finding, or what was noted of it. */
async function whatWasDone(
  { words: { say, formats }, store }: OpenTenant,
  address: FindingAddress,
  { before: { what } }: Undo,
): Promise<string> {
  if (what !== "dismissal") return say(`undo.${what}`);
  const { state, dismissal } = (await store.finding(address)) ?? {};
  if (state !== "dismissed") return say("undo.reopened");
  return dismissal?.until === undefined
    ? say("review.dismissed")
    : say("review.until.day", { date: formats.day(dismissal.until) });
}

/** Says what was done, with a button that takes it back. `back` is where the button leads to. */
export const undoView = (undo: UndoLine | undefined, { say }: PageWords, back?: string): Html =>
  undo === undefined
    ? html``
    : html`<form class="review undo" method="post" action="${undo.path}">
        ${back === undefined ? "" : html`<input type="hidden" name="back" value="${back}" />`}
        <p role="status" ${outcome}><bdi>${undo.customerName}</bdi>: ${undo.says}</p>
        <button class="button" name="action" value="undo">${say("undo.undo")}</button>
        <span class="soft">${say("undo.within")}</span>
      </form>`;
