import { formatMoney } from "@regulars/core/platform/money";
import { type PlanId, planIdSchema } from "@regulars/core/platform/ids";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import { currencySchema, minorSum } from "@regulars/core/platform/values";
import { assignWaiting } from "@regulars/flows/assignment/assign-waiting";
import { dryRunSalesPlan } from "@regulars/flows/assignment/dry-run-sales-plan";
import type { SalesContext } from "@regulars/flows/sales-context";
import { salesContextOf } from "@regulars/functions/effects";
import { UserError } from "@regulars/local/user-error";
import { checkedArgument, tenantArgument } from "../arguments.ts";
import { type Session, printJson, withExistingSystem } from "../session.ts";
import { textTable } from "../text-table.ts";
import { addLeads } from "../leads/plans-add.ts";
import { createPlan, editPlan, printExample } from "./plan-files.ts";
import { plansActions } from "./actions.ts";

export interface PlansOptions {
  readonly tenant: string;
  readonly count?: string;
  readonly example?: boolean;
}

/** `regulars plans [list | show PLAN | create FILE | edit PLAN FILE | dry-run PLAN | deals PLAN | add PLAN FILE | work PLAN]`. */
export function plansCommand(
  session: Session,
  options: PlansOptions,
  [action = "list", subject, file]: readonly string[],
): Promise<number> {
  const known = plansActions.find((one) => one === action);
  if (known === undefined) throw new UserError(`unknown action "${action}": choose one of ${plansActions.join(", ")}`);
  const isExample = options.example === true;
  if (isExample && known !== "create") throw new UserError("--example belongs to plans create");
  if (known !== "list" && subject === undefined && !isExample)
    throw new UserError(
      known === "create"
        ? "plans create needs a JSON file: regulars plans create plan.json. Add --example instead, and it prints one"
        : `plans ${known} needs a plan's id: regulars plans ${known} pln_… ("regulars plans" lists them)`,
    );
  if (known === "add" && file === undefined)
    throw new UserError("plans add needs a CSV file of leads: regulars plans add pln_… leads.csv");
  if (known === "edit" && file === undefined)
    throw new UserError("plans edit needs a JSON file of what changes: regulars plans edit pln_… change.json");
  const tenantId = tenantArgument(options.tenant);
  return withExistingSystem(session, async (system) => {
    const { tenant, store } = await system.openTenant(tenantId);
    const context = salesContextOf(tenant, store, system.runtime);
    if (known === "list") return listPlans(session, context);
    if (isExample) return printExample(session, await store.nightly.users());
    if (known === "create") return createPlan(session, context, subject ?? "");
    const planId = checkedArgument(planIdSchema, "the plan", subject ?? "");
    const plan = await store.sales.salesPlans.plan(planId);
    if (plan === undefined) throw new UserError(`tenant ${tenantId} has no sales plan ${planId}`);
    switch (known) {
      case "show":
        return showPlan(session, context, plan);
      case "edit":
        return editPlan(session, context, plan, file ?? "");
      case "dry-run":
        return dryRun(session, context, planId, options.count ?? "10");
      case "deals":
        return listDeals(session, context, plan);
      case "add":
        return addLeads(session, context, planId, file ?? "");
      case "work":
        return assignBatch(session, context, planId);
    }
  });
}

async function listPlans(session: Session, { store, tenant }: SalesContext): Promise<number> {
  const plans = (await store.salesPlans.plans()).toSorted((a, b) => a.name.localeCompare(b.name, "en"));
  if (session.json) printJson(session, { tenant: tenant.tenantId, plans });
  else if (plans.length === 0)
    session.print(
      "There are no sales plans yet. Create one: regulars plans create FILE; with --example instead of FILE it prints one\n",
    );
  else session.print(`${textTable(["PLAN", "NAME", "DISTRIBUTION", "MANAGERS"], plans.map(rowOf))}\n`);
  return 0;
}

const rowOf = ({ planId, name, distribution, members }: SalesPlan): string[] => [
  planId,
  name,
  distribution.mode === "manual" ? "manual" : `${distribution.affinity}, ${distribution.balance}`,
  members.map(({ userId }) => userId).join(", "),
];

async function showPlan(session: Session, { store, tenant }: SalesContext, plan: SalesPlan): Promise<number> {
  const counts = await store.deals.counts(plan.planId);
  if (session.json) {
    printJson(session, { tenant: tenant.tenantId, plan, counts });
    return 0;
  }
  const rows = plan.statuses.map(({ statusId, name, kind }) => {
    const here = counts.filter((one) => one.statusId === statusId);
    const sums = new Map<string, number>();
    for (const { sums: ofOne } of here)
      for (const [currency, sum] of Object.entries(ofOne)) sums.set(currency, (sums.get(currency) ?? 0) + sum);
    return [
      name,
      kind,
      String(here.reduce((total, { count }) => total + count, 0)),
      [...sums].map(([code, sum]) => formatMoney(minorSum(sum), currencySchema.parse(code), tenant.locale)).join(", "),
    ];
  });
  session.print(`${plan.name} (${plan.planId}), ${rowOf(plan)[2]}\n\n`);
  session.print(`${textTable(["STATUS", "KIND", "DEALS", "WORTH"], rows)}\n`);
  return 0;
}

async function dryRun(session: Session, context: SalesContext, planId: PlanId, count: string): Promise<number> {
  const wanted = Number(count);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 200)
    throw new UserError(`--count "${count}" is not a number from 1 to 200`);
  const run = await dryRunSalesPlan({ context, planId, leads: Array.from({ length: wanted }, () => ({})) });
  if (!run.ok) throw new UserError(run.message);
  if (session.json) printJson(session, { tenant: context.tenant.tenantId, assignments: run.value });
  else
    session.print(
      `${textTable(
        ["NEXT", "MANAGER", "WHY"],
        run.value.map(({ managerId, why }, i) => [String(i + 1), managerId ?? "nobody", why]),
      )}\n`,
    );
  return 0;
}

async function listDeals(session: Session, { store, tenant }: SalesContext, plan: SalesPlan): Promise<number> {
  const columns = await Promise.all(
    plan.statuses.map(({ statusId }) => store.deals.column(plan.planId, statusId, 100_000)),
  );
  const deals = columns.flat().toSorted((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0));
  if (session.json) {
    printJson(session, { tenant: tenant.tenantId, plan: plan.planId, deals });
    return 0;
  }
  const names = new Map(plan.statuses.map(({ statusId, name }) => [statusId, name]));
  const rows = deals.map((deal) => [
    deal.dealId,
    deal.title,
    names.get(deal.statusId) ?? deal.statusId,
    deal.managerId ?? "nobody",
    formatMoney(deal.amountMinor, deal.currency, tenant.locale),
  ]);
  session.print(
    rows.length === 0 ? "No deals.\n" : `${textTable(["DEAL", "TITLE", "STATUS", "MANAGER", "AMOUNT"], rows)}\n`,
  );
  return 0;
}

/** Assigns a plan's waiting leads, as the scheduled run does. */
async function assignBatch(session: Session, context: SalesContext, planId: PlanId): Promise<number> {
  const run = await assignWaiting(context, planId);
  if (session.json) printJson(session, { tenant: context.tenant.tenantId, plan: planId, run });
  else session.print(run === "done" ? "No leads are waiting.\n" : "Another assignment run holds the lease.\n");
  return run === "done" ? 0 : 1;
}
