import { formatMoney } from "@regulars/core/money";
import { dealFilterSchema } from "@regulars/core/plans/board-query";
import type { Deal } from "@regulars/core/plans/deal";
import { dealIdSchema, planIdSchema } from "@regulars/core/plans/ids";
import type { Plan } from "@regulars/core/plans/plan";
import { userIdSchema } from "@regulars/core/values";
import { cancelDeal } from "@regulars/flows/plans/cancel-deal";
import { moveDeal } from "@regulars/flows/plans/move-deal";
import type { PlanContext } from "@regulars/flows/plans/plan-context";
import { listDeals } from "@regulars/flows/plans/read-board";
import { transferDeal } from "@regulars/flows/plans/transfer-deal";
import { planContextOf } from "@regulars/functions/plan-world";
import { UserError } from "@regulars/local/user-error";
import { idArgument, tenantArgument } from "../arguments.ts";
import { type Session, printJson, withExistingSystem } from "../session.ts";
import { textTable } from "../text-table.ts";

export interface DealsOptions {
  readonly tenant: string;
  readonly search?: string;
  readonly status?: string;
  readonly manager?: string;
  readonly from?: string;
  readonly to?: string;
  readonly reason?: string;
  readonly clarification?: string;
  readonly comment?: string;
  readonly limit: string;
}

export const dealsActions = ["list", "log", "move", "cancel", "transfer"] as const;

/** `regulars deals [list PLAN | log DEAL | move DEAL STATUS | cancel DEAL | transfer DEAL MANAGER]`. */
export function dealsCommand(
  session: Session,
  options: DealsOptions,
  [action = "", subject, target]: readonly string[],
): Promise<number> {
  const known = dealsActions.find((one) => one === action);
  if (known === undefined)
    throw new UserError(`"${action}" cannot be done with deals: choose one of ${dealsActions.join(", ")}`);
  if (subject === undefined) throw new UserError(`deals ${known} needs a ${known === "list" ? "plan" : "deal"}'s id`);
  if ((known === "move" || known === "transfer") && target === undefined)
    throw new UserError(`deals ${known} needs a ${known === "move" ? "status" : "manager's id"}`);
  const tenantId = tenantArgument(options.tenant);
  return withExistingSystem(session, async (system) => {
    const { tenant, store } = await system.openTenant(tenantId);
    const context = planContextOf(tenant, store, system.runtime);
    if (known === "list") return list(session, context, subject, options);
    const deal = await dealOf(context, subject);
    if (known === "log") return showLog(session, context, deal);
    const changed = await change(context, known, deal, target ?? "", options);
    await system.queues.send("deliveries", { tenantId });
    await system.queues.idle();
    return tell(session, context, changed);
  });
}

async function dealOf({ store, tenant }: PlanContext, text: string): Promise<Deal> {
  const deal = await store.deal(idArgument(dealIdSchema, "the deal", text));
  if (deal === undefined) throw new UserError(`tenant ${tenant.tenantId} has no deal ${text}`);
  return deal;
}

async function planOf({ store, tenant }: PlanContext, text: string): Promise<Plan> {
  const plan = await store.plan(idArgument(planIdSchema, "the plan", text));
  if (plan === undefined) throw new UserError(`tenant ${tenant.tenantId} has no sales plan ${text}`);
  return plan;
}

/** A status by its id or its name. */
function statusIn({ statuses, name: planName }: Plan, text: string) {
  const found = statuses.find(({ statusId, name }) => statusId === text || name.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return found.statusId;
  throw new UserError(`${planName} has no status "${text}": there are ${statuses.map(({ name }) => name).join(", ")}`);
}

async function list(session: Session, context: PlanContext, subject: string, options: DealsOptions): Promise<number> {
  const plan = await planOf(context, subject);
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1) throw new UserError(`--limit "${options.limit}" is not a whole number`);
  const filter = dealFilterSchema.safeParse({
    search: options.search,
    statusIds: options.status === undefined ? undefined : [statusIn(plan, options.status)],
    managerIds: options.manager === undefined ? undefined : [options.manager],
    reasonIds: options.reason === undefined ? undefined : [options.reason],
    from: options.from,
    to: options.to,
  });
  if (!filter.success) throw new UserError(filter.error.issues[0]?.message ?? "these filters cannot be used");
  const page = { visible: "all" as const, sort: "created" as const, isAscending: false, limit };
  const found = await listDeals({ context, planId: plan.planId, filter: filter.data, ...page });
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

const rowOf = ({ tenant }: PlanContext, { statuses }: Plan, deal: Deal): string[] => [
  deal.dealId,
  deal.title,
  statuses.find(({ statusId }) => statusId === deal.statusId)?.name ?? deal.statusId,
  deal.managerId ?? "nobody",
  formatMoney(deal.amountMinor, deal.currency, tenant.locale),
];

async function showLog(session: Session, { store, tenant }: PlanContext, { dealId }: Deal): Promise<number> {
  const entries = await store.timeline(dealId);
  if (session.json) printJson(session, { tenant: tenant.tenantId, dealId, log: entries });
  else
    session.print(
      `${textTable(
        ["WHEN", "WHAT", "WHO", "AFTER", "COMMENT"],
        entries.map(({ at, action, actorId, after, comment }) => [
          at,
          action,
          actorId,
          JSON.stringify(after ?? {}),
          comment ?? "",
        ]),
      )}\n`,
    );
  return 0;
}

async function change(
  context: PlanContext,
  action: "move" | "cancel" | "transfer",
  { dealId, planId }: Deal,
  target: string,
  { reason, clarification, comment }: DealsOptions,
): Promise<Deal> {
  const by = { actorId: "command", requestId: `command-${context.world.newId()}` };
  const input = { context, planId, sought: { dealId }, ...by };
  const reasons = await context.store.reasons();
  const reasonId = [...reasons.keys()].find((id) => id === reason);
  if (reason !== undefined && reasonId === undefined) throw new UserError(`there is no refusal reason ${reason}`);
  const changed =
    action === "move"
      ? await moveDeal({
          ...input,
          to: statusIn(await planOf(context, planId), target),
          given: { reasonId, clarification },
        })
      : action === "cancel"
        ? await cancelDeal({ ...input, comment })
        : await transferDeal({ ...input, to: idArgument(userIdSchema, "the manager", target), comment });
  if (!changed.ok) throw new UserError(changed.message);
  return changed.value.deal;
}

async function tell(session: Session, context: PlanContext, deal: Deal): Promise<number> {
  if (session.json) printJson(session, { tenant: context.tenant.tenantId, deal });
  else session.print(`${rowOf(context, await planOf(context, deal.planId), deal).join("  ")}\n`);
  return 0;
}
