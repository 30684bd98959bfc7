import { counted } from "@regulars/core/platform/counted";
import { type DealFilter, dealFilterSchema } from "@regulars/core/boards/board-query";
import type { BulkAction, DealOperation } from "@regulars/core/bulk-operations/change-deals";
import { type OperationId, operationIdSchema } from "@regulars/core/platform/ids";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import { userIdSchema } from "@regulars/core/platform/values";
import { changeDeals, runDealOperation } from "@regulars/flows/bulk-operations/change-deals";
import type { SalesContext } from "@regulars/flows/sales-context";
import { UserError } from "@regulars/local/user-error";
import { checkedArgument, periodArguments } from "../arguments.ts";
import { showSteps } from "../progress.ts";
import { Interrupted, type Session, printJson } from "../session.ts";
import { type DealsOptions, commentOf, planOf, reasonIn, reasonMissing, statusIn } from "../sales-plans/chosen-plan.ts";
import type { manyActions } from "./actions.ts";

type ManyAction = (typeof manyActions)[number];

/**
 * `regulars deals move-many PLAN STATUS`, `cancel-many PLAN`, `transfer-many PLAN [MANAGER]`: a bulk operation on the
 * deals that match the filters. Their ids are stored first, so that `regulars deals resume OPERATION` can go on after
 * an interruption.
 */
export async function startMany(
  { session, context, signal }: ManyInput,
  action: ManyAction,
  [subject = "", target]: readonly string[],
  options: DealsOptions,
): Promise<number> {
  const plan = await planOf(context, subject);
  const change = await changeOf(context, plan, action, target, options);
  const filter = await filterOfOptions(context, plan, options, change.action === "move");
  if (options.all !== true && Object.keys(filter).length === 1)
    throw new UserError(`deals ${action} needs a filter, or --all for every deal of the plan`);
  const by = { actorId: "command", requestId: `command-${context.effects.newId()}` };
  const started = await changeDeals({ context, planId: plan.planId, asked: { change, filter }, visible: "all", ...by });
  if (!started.ok) throw new UserError(started.message);
  return goOn({ session, context, signal }, started.value);
}

interface ManyInput {
  readonly session: Session;
  readonly context: SalesContext;
  readonly signal: AbortSignal;
}

/** Resumes a bulk operation after the last deal that is done. */
export async function resumeMany(input: ManyInput, text: string): Promise<number> {
  const operationId = checkedArgument(operationIdSchema, "the bulk operation", text);
  const operation = await input.context.store.dealOperations.find(operationId);
  if (operation === undefined) throw new UserError(`there is no bulk operation ${text}`);
  return goOn(input, operation);
}

async function goOn({ session, context, signal }: ManyInput, operation: DealOperation): Promise<number> {
  const progress = showSteps(session, operation.total, "deals");
  progress.done(operation.next);
  const store: SalesContext["store"] = {
    ...context.store,
    dealOperations: {
      ...context.store.dealOperations,
      saveDeals: async (changes, page, after, before) => {
        const isSaved = await context.store.dealOperations.saveDeals(changes, page, after, before);
        if (isSaved) progress.done(after.next);
        return isSaved;
      },
    },
  };
  const batchResult = await runDealOperation({ ...context, store }, operation.operationId, () => signal.aborted);
  progress.stop();
  if (!batchResult.ok) throw new UserError(batchResult.message);
  if (batchResult.value.state !== "done") {
    const { next, total, operationId } = batchResult.value;
    const goesOn = `${next} of ${total} are done; resume with: regulars deals resume ${operationId}`;
    if (signal.aborted) throw new Interrupted(goesOn);
    session.note(`${goesOn}\n`);
  }
  await context.store.boards.refresh(operation.planId);
  return notifyMany(session, context, batchResult.value);
}

async function notifyMany(session: Session, context: SalesContext, operation: DealOperation): Promise<number> {
  const { operationId, planId, total, changed, same, failed } = operation;
  const failures = failed === 0 ? [] : await failuresOf(context, operationId);
  if (session.json)
    printJson(session, {
      tenant: context.tenant.tenantId,
      plan: planId,
      operationId,
      total,
      changed,
      same,
      failed,
      failures,
    });
  else {
    session.print(`${counted(total, "deal")}: ${changed} changed, ${same} unchanged, ${failed} refused\n`);
    for (const { dealId, reason } of failures) session.note(`${dealId}: ${reason}\n`);
  }
  return failed > 0 ? 1 : 0;
}

async function failuresOf(
  { store }: SalesContext,
  operationId: OperationId,
): Promise<{ dealId: string; reason: string }[]> {
  const failures: { dealId: string; reason: string }[] = [];
  for (let number = 0; ; number += 1) {
    const page = await store.dealOperations.chunk(operationId, number);
    if (page === undefined) return failures;
    for (const [i, { state, reason = "" }] of page.results.entries())
      if (state === "failed") failures.push({ dealId: page.members[i]?.dealId ?? "", reason });
  }
}

async function changeOf(
  context: SalesContext,
  plan: SalesPlan,
  action: ManyAction,
  target: string | undefined,
  options: DealsOptions,
): Promise<BulkAction> {
  const comment = commentOf(options);
  if (action === "cancel-many") return { action: "cancel", comment };
  if (action === "transfer-many")
    return {
      action: "transfer",
      managerId: target === undefined ? undefined : checkedArgument(userIdSchema, "the manager", target),
      comment,
    };
  const statusId = statusIn(plan, target ?? "");
  const reasonId = await reasonIn(context, options.reason);
  const status = plan.statuses.find((one) => one.statusId === statusId);
  // Every deal would be refused.
  if (reasonId === undefined && status?.refusal?.isRequired === true)
    throw await reasonMissing(context, plan, statusId);
  return { action: "move", statusId, reasonId, clarification: options.clarification };
}

/** The filter that the options give. `--reason` closes the deals of a move; for other actions it filters. */
export async function filterOfOptions(
  context: SalesContext,
  plan: SalesPlan,
  options: DealsOptions,
  isMove = false,
): Promise<DealFilter> {
  const { search, status, manager } = options;
  const reasonId = isMove ? undefined : await reasonIn(context, options.reason);
  const { from, to } = periodArguments(options);
  const given = {
    ...(search === undefined ? {} : { search }),
    ...(status === undefined ? {} : { statusIds: [statusIn(plan, status)] }),
    ...(manager === undefined ? {} : { managerIds: [manager] }),
    ...(reasonId === undefined ? {} : { reasonIds: [reasonId] }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
  const filter = dealFilterSchema.safeParse(given);
  if (!filter.success) throw new UserError(filter.error.issues[0]?.message ?? "these filters cannot be used");
  return filter.data;
}
