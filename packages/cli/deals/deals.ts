import { formatMoney } from "@regulars/core/platform/money";
import type { User } from "@regulars/core/access/user";
import type { Deal } from "@regulars/core/deals/deal";
import { dealIdSchema } from "@regulars/core/platform/ids";
import { logNamesOf, logWords } from "@regulars/render/deals/deal-log";
import { formatsOf } from "@regulars/render/texts/formats";
import { pageWordsOf } from "@regulars/render/texts/page-words";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import { type TenantId, userIdSchema } from "@regulars/core/platform/values";
import { reopenDeal } from "@regulars/flows/deals/cancel-deal";
import { moveDeal } from "@regulars/flows/deals/move-deal";
import type { SalesContext } from "@regulars/flows/sales-context";
import { listDeals } from "@regulars/flows/boards/read-board";
import { transferDeal } from "@regulars/flows/deals/transfer-deal";
import { salesContextOf } from "@regulars/functions/effects";
import type { LocalSystem } from "@regulars/local/system";
import { UserError } from "@regulars/local/user-error";
import { checkedArgument, tenantArgument } from "../arguments.ts";
import { refuseUnknownUsers } from "../customers/known-ids.ts";
import { type Session, printJson, withExistingSystem } from "../session.ts";
import { textTable } from "../text-table.ts";
import { type DealsOptions, commentOf, planOf, reasonIn, reasonMissing, statusIn } from "../sales-plans/chosen-plan.ts";
import { manyActions } from "../bulk-operations/actions.ts";
import { filterOfOptions, resumeMany, startMany } from "../bulk-operations/deals-many.ts";
import { dealsActions } from "./actions.ts";

const ofPlan = new Set<string>(["list", ...manyActions]);

/**
 * `regulars deals [list PLAN | log DEAL | move DEAL STATUS | cancel DEAL | transfer DEAL MANAGER]`, and the bulk
 * actions.
 */
export function dealsCommand(
  session: Session,
  options: DealsOptions,
  [action = "", subject, target]: readonly string[],
): Promise<number> {
  const known = dealsActions.find((one) => one === action);
  if (known === undefined) throw new UserError(`unknown action "${action}": choose one of ${dealsActions.join(", ")}`);
  if (subject === undefined)
    throw new UserError(
      `deals ${known} needs a ${ofPlan.has(known) ? "plan" : known === "resume" ? "job" : "deal"}'s id`,
    );
  if (["move", "move-many", "transfer"].includes(known) && target === undefined)
    throw new UserError(`deals ${known} needs a ${known === "transfer" ? "manager's id" : "status"}`);
  const tenantId = tenantArgument(options.tenant);
  return withExistingSystem(session, async (system, signal) => {
    const opened = await system.openTenant(tenantId);
    const { tenant, store } = opened;
    await refuseUnknownUsers(opened, "--manager", options.manager);
    const context = salesContextOf(tenant, store, system.runtime);
    switch (known) {
      case "list":
        return list(session, context, subject, options);
      case "log":
        return showLog(session, context, await dealOf(context, subject), await store.nightly.users());
      case "resume":
        return notifiedOthers(system, tenantId, () => resumeMany({ session, context, signal }, subject));
      case "move-many":
      case "cancel-many":
      case "transfer-many":
        return notifiedOthers(system, tenantId, () =>
          startMany({ session, context, signal }, known, [subject, ...(target === undefined ? [] : [target])], options),
        );
      case "move":
      case "cancel":
      case "transfer":
        return notifiedOthers(system, tenantId, async () => {
          const deal = await dealOf(context, subject);
          return print(session, context, await change(context, known, deal, target ?? "", options));
        });
    }
  });
}

/** Sends the webhooks of a change. */
async function notifiedOthers(system: LocalSystem, tenantId: TenantId, work: () => Promise<number>): Promise<number> {
  const code = await work();
  await system.queues.send("webhooks", { tenantId });
  return code;
}

async function dealOf({ store, tenant }: SalesContext, text: string): Promise<Deal> {
  const deal = await store.deals.deal(checkedArgument(dealIdSchema, "the deal", text));
  if (deal === undefined) throw new UserError(`tenant ${tenant.tenantId} has no deal ${text}`);
  return deal;
}

async function list(session: Session, context: SalesContext, subject: string, options: DealsOptions): Promise<number> {
  const plan = await planOf(context, subject);
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1) throw new UserError(`--limit "${options.limit}" is not a whole number`);
  const filter = await filterOfOptions(context, plan, options);
  const page = { visible: "all" as const, sort: "created" as const, isAscending: false, limit };
  const found = await listDeals({ context, planId: plan.planId, filter, ...page });
  if (!found.ok) throw new UserError(found.message);
  const { cards, total } = found.value;
  if (session.json) {
    printJson(session, { tenant: context.tenant.tenantId, plan: plan.planId, total, deals: cards });
    return 0;
  }
  const rows = cards.map(({ deal, person }) => [...rowOf(context, plan, deal), person?.name ?? ""]);
  session.print(`${textTable(["DEAL", "TITLE", "STATUS", "MANAGER", "AMOUNT", "PERSON"], rows)}\n`);
  session.print(`${cards.length} of ${total.count}\n`);
  return 0;
}

const rowOf = ({ tenant }: SalesContext, { statuses }: SalesPlan, deal: Deal): string[] => [
  deal.dealId,
  deal.title,
  statuses.find(({ statusId }) => statusId === deal.statusId)?.name ?? deal.statusId,
  deal.managerId ?? "nobody",
  formatMoney(deal.amountMinor, deal.currency, tenant.locale),
];

async function showLog(
  session: Session,
  context: SalesContext,
  { dealId, planId }: Deal,
  users: readonly User[],
): Promise<number> {
  const { store, tenant } = context;
  const entries = await store.deals.timeline(dealId);
  if (session.json) {
    printJson(session, { tenant: tenant.tenantId, dealId, log: entries });
    return 0;
  }
  const reasons = await store.salesPlans.reasons();
  const names = logNamesOf(await planOf(context, planId), users, reasons.values());
  const english = await pageWordsOf("en");
  const words = { ...english, formats: { ...english.formats, money: formatsOf(tenant.locale).money } };
  const rows = entries
    .map((entry) => logWords(entry, names, words))
    .map(({ at, who, what, detail = "" }) => [at, who, what, detail]);
  session.print(`${textTable(["WHEN", "WHO", "WHAT", "WHY"], rows)}\n`);
  return 0;
}

async function change(
  context: SalesContext,
  action: "move" | "cancel" | "transfer",
  { dealId, planId }: Deal,
  target: string,
  options: DealsOptions,
): Promise<Deal> {
  const { clarification } = options;
  const by = { actorId: "command", requestId: `command-${context.effects.newId()}` };
  const input = { context, planId, sought: { dealId }, ...by };
  const comment = commentOf(options);
  if (action === "move") {
    const plan = await planOf(context, planId);
    const to = statusIn(plan, target);
    const moved = await moveDeal({
      ...input,
      to,
      given: { reasonId: await reasonIn(context, options.reason), clarification },
    });
    if (!moved.ok && moved.reason === "reason-required") throw await reasonMissing(context, plan, to);
    return dealIn(moved);
  }
  return dealIn(
    action === "cancel"
      ? await reopenDeal({ ...input, comment })
      : await transferDeal({ ...input, to: checkedArgument(userIdSchema, "the manager", target), comment }),
  );
}

function dealIn(changed: Awaited<ReturnType<typeof moveDeal>>): Deal {
  if (!changed.ok) throw new UserError(changed.message);
  return changed.value.deal;
}

async function print(session: Session, context: SalesContext, deal: Deal): Promise<number> {
  if (session.json) printJson(session, { tenant: context.tenant.tenantId, deal });
  else session.print(`${rowOf(context, await planOf(context, deal.planId), deal).join("  ")}\n`);
  return 0;
}
