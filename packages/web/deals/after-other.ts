import type { Deal, LogEntry } from "@regulars/core/deals/deal";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { SalesContext } from "@regulars/flows/sales-context";
import { logNamesOf, logWords } from "@regulars/render/deals/deal-log";
import type { OpenTenant } from "../page/open-tenant.ts";
import type { DealForm } from "./deal-form-schema.ts";

interface Late {
  readonly context: SalesContext;
  readonly opened: OpenTenant;
  readonly form: DealForm;
  /** The deal as somebody else, or the same form before, has left it. */
  readonly winner: Deal;
}

/** What a form comes to that was drawn before the last change: done, if it was that change; else who did what. */
export async function afterOther({ context, opened, form, winner }: Late): Promise<Result<Deal>> {
  const { store } = context;
  const { words } = opened;
  const [entries, plan, users, reasons] = await Promise.all([
    store.deals.timeline(winner.dealId),
    store.salesPlans.plan(winner.planId),
    opened.store.users(),
    store.salesPlans.reasons(),
  ]);
  const last = entries.at(-1);
  if (last === undefined || plan === undefined) return refuse("stale-version", `deal ${winner.dealId} has changed`);
  const isOwn = last.actorId === opened.by && winner.version === form.version + 1;
  if (isOwn && isDone(form, winner, last)) return ok(winner);
  const { who, what } = logWords(last, logNamesOf(plan, users, reasons.values()), words);
  const id = WAS.has(last.action) ? "deal.meanwhileBy" : "deal.meanwhile";
  return refuse("stale-version", words.say(id, { titl: winner.title, what, name: who }));
}

/** Actions whose words go on after "was". */
const WAS: ReadonlySet<string> = new Set(["moved", "closed", "transferred", "removed", "assigned"]);

/** Whether the last change of a deal is the one that a form asks for. */
function isDone(form: DealForm, { statusId, closing, managerId }: Deal, { action }: LogEntry): boolean {
  switch (form.action) {
    case "move":
      return statusId === form.statusId && closing?.reasonId === form.reasonId;
    case "cancel":
      return action === "cancelled";
    case "transfer":
      return action === "transferred" && managerId === form.to;
  }
}
