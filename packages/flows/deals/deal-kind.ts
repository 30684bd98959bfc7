import { counted } from "@regulars/core/platform/counted";
import type { NoteSaved } from "@regulars/core/platform/save-counts";
import { ContentionError } from "@regulars/core/platform/contention-error";
import type { FileDeal, DealFileContext } from "@regulars/core/deals/deal-file";
import { dealOfRow } from "@regulars/core/deals/deal-file";
import { dealOfItem } from "@regulars/core/deals/deal-item";
import type { ItemError } from "@regulars/core/platform/field-error";
import type { Instant, UserId } from "@regulars/core/platform/values";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { ImportPipeline, Reject } from "../imports/import-kind.ts";
import { ingesting } from "../imports/ingest-items.ts";
import type { SalesContext } from "../sales-context.ts";
import { importTogether } from "./import-together.ts";

/** The plan that deals are imported into, what they may refer to, and who imports them. */
export interface DealDestination {
  readonly context: SalesContext;
  readonly plan: SalesPlan;
  readonly reasons: DealFileContext["reasons"];
  readonly users: ReadonlySet<UserId>;
  readonly now: () => Instant;
  readonly actorId: string;
  /** The id under which one save is logged. */
  readonly requestId: () => string;
  /** Only tells what would become of the deals of a file: nothing is written. */
  readonly isDry?: boolean | undefined;
}

const worldOf = ({ context, plan, reasons, users, now }: DealDestination): DealFileContext => ({
  plan,
  zone: context.tenant.timeZone,
  reasons,
  users,
  now: now(),
});

function saveDeals(
  { context, plan, now, actorId, requestId }: DealDestination,
  deals: readonly FileDeal[],
  companionOf?: NoteSaved<FileDeal>["companionOf"],
) {
  const note = { at: now(), actorId, requestId: requestId() };
  return importTogether(context, plan.planId, deals, note, companionOf);
}

/** How many deals are not stored yet, each id once. */
async function countOfNew({ context }: DealDestination, deals: readonly FileDeal[]): Promise<number> {
  const ids = [...new Set(deals.map(({ dealId }) => dealId))];
  return ids.length - (await context.store.deals.deals(ids)).size;
}

const KEY_COLUMNS = ["dealId"];
const TAKEN: ItemError = { path: "dealId", code: "taken", message: "is a deal of another sales plan" };

/** Deals of another system: one that is there already stays as it is, so each row and each item is one by itself. */
export const dealKind: ImportPipeline<DealDestination> = {
  keyColumns: KEY_COLUMNS,
  saveTogether: 100,
  save: async (groups, _tenant, destination) => {
    const rejects: Reject[] = [];
    const deals: FileDeal[] = [];
    for (const { line, record } of groups.flat()) {
      const deal = dealOfRow(record, worldOf(destination));
      if (deal.ok) deals.push(deal.value);
      else rejects.push({ line, reason: deal.message });
    }
    if (destination.isDry === true) {
      const created = await countOfNew(destination, deals);
      return { created, changed: 0, unchanged: deals.length - created, rejects };
    }
    const { created, overtaken } = await saveDeals(destination, deals);
    if (overtaken.length > 0)
      throw new ContentionError(
        `${counted(overtaken.length, "deal")} kept being imported by others at once: import again`,
      );
    return { created: created.size, changed: 0, unchanged: deals.length - created.size, rejects };
  },
  ingest: ingesting<FileDeal, DealDestination>({
    keyColumns: KEY_COLUMNS,
    read: (item, _tenant, destination) => {
      const deal = dealOfItem(item, worldOf(destination));
      return deal.ok ? { ok: true, value: { doc: deal.value, key: deal.value.dealId, absent: [] } } : deal;
    },
    save: async (deals, destination, _absent, note) => {
      const { context, plan } = destination;
      const stored = await context.store.deals.deals(deals.map(({ dealId }) => dealId));
      const fresh = deals.filter(({ dealId }) => !stored.has(dealId));
      const { created, overtaken } = await saveDeals(destination, fresh, note.companionOf);
      const late = new Set(overtaken);
      for (const deal of fresh) note(deal, created.has(deal) ? "created" : late.has(deal) ? "overtaken" : "unchanged");
      const known = deals.filter(({ dealId }) => stored.has(dealId));
      const taken = known.filter(({ dealId }) => stored.get(dealId)?.planId !== plan.planId);
      for (const deal of known) if (!taken.includes(deal)) note(deal, "unchanged");
      return new Map(taken.map((deal) => [deal, TAKEN]));
    },
  }),
};
