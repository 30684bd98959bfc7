import { customerIdOf } from "@regulars/core/insights/subject";
import { parseFindingId } from "@regulars/core/insights/finding";
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
  readonly what: Undo["before"]["what"];
  readonly customerName: string;
}

/** The viewer's last action on a finding, while it can be undone. */
export async function undoLine(
  { tenant, store, review, by, scope }: OpenTenant,
  findingId: string,
  now: Instant,
): Promise<UndoLine | undefined> {
  const address = parseFindingId(findingId);
  const customerId = address && customerIdOf(address.subject);
  const customer = customerId && (await store.profiles([customerId])).get(customerId);
  if (customer === undefined || !(await scope()).canSee(customer)) return undefined;
  const undo = await undoable({ review, findingId, by, now });
  if (undo === undefined) return undefined;
  return {
    path: addresses().finding({ tenantId: tenant.tenantId, findingId }),
    what: undo.before.what,
    customerName: customer.name ?? customer.customerId,
  };
}

/** Says what was done, with a button that takes it back. `back` is where the button leads to. */
export const undoView = (undo: UndoLine | undefined, { say }: PageWords, back?: string): Html =>
  undo === undefined
    ? html``
    : html`<form class="review undo" method="post" action="${undo.path}">
        ${back === undefined ? "" : html`<input type="hidden" name="back" value="${back}" />`}
        <p role="status" ${outcome}><bdi>${undo.customerName}</bdi>: ${say(`undo.${undo.what}`)}</p>
        <button class="button" name="action" value="undo">${say("undo.undo")}</button>
        <span class="soft">${say("undo.within")}</span>
      </form>`;
