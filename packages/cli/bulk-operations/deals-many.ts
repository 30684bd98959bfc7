import { type DealFilter, dealFilterSchema } from "@regulars/core/boards/board-query";
import type { BulkAction, DealJob } from "@regulars/core/bulk-operations/change-deals";
import { type JobId, jobIdSchema } from "@regulars/core/platform/ids";
import type { Plan } from "@regulars/core/sales-plans/sales-plan";
import { userIdSchema } from "@regulars/core/platform/values";
import { changeDeals, workDealJob } from "@regulars/flows/bulk-operations/change-deals";
import type { PlanContext } from "@regulars/flows/sales-context";
import { UserError } from "@regulars/local/user-error";
import { idArgument, periodArguments } from "../arguments.ts";
import { showSteps } from "../progress.ts";
import { type Session, printJson } from "../session.ts";
import { type DealsOptions, planOf, reasonIn, statusIn } from "../sales-plans/chosen-plan.ts";

export const manyActions = ["move-many", "cancel-many", "transfer-many"] as const;
type ManyAction = (typeof manyActions)[number];

/**
 * `regulars deals move-many PLAN STATUS`, `cancel-many PLAN`, `transfer-many PLAN [MANAGER]`: a mass action on the deals
 * that the filters choose. They are written down first, so that an interrupted one can go on: `regulars deals resume JOB`.
 */
export async function startMany(
  { session, context, signal }: ManyInput,
  action: ManyAction,
  [subject = "", target]: readonly string[],
  options: DealsOptions,
): Promise<number> {
  const plan = await planOf(context, subject);
  const change = await changeOf(context, plan, action, target, options);
  const filter = filterOfOptions(plan, options, change.action === "move");
  if (options.all !== true && Object.keys(filter).length === 1)
    throw new UserError(`deals ${action} needs a filter, or --all for every deal of the plan`);
  const by = { actorId: "command", requestId: `command-${context.world.newId()}` };
  const started = await changeDeals({ context, planId: plan.planId, asked: { change, filter }, visible: "all", ...by });
  if (!started.ok) throw new UserError(started.message);
  return goOn({ session, context, signal }, started.value);
}

interface ManyInput {
  readonly session: Session;
  readonly context: PlanContext;
  readonly signal: AbortSignal;
}

/** Goes on with a mass action where it stands. */
export async function resumeMany(input: ManyInput, text: string): Promise<number> {
  const jobId = idArgument(jobIdSchema, "the mass action", text);
  const job = await input.context.store.dealJob(jobId);
  if (job === undefined) throw new UserError(`there is no mass action ${text}`);
  return goOn(input, job);
}

async function goOn({ session, context, signal }: ManyInput, job: DealJob): Promise<number> {
  const progress = showSteps(session, job.total, "deals");
  progress.done(job.next);
  const store: PlanContext["store"] = {
    ...context.store,
    saveDealPiece: async (changes, page, after, before) => {
      const isSaved = await context.store.saveDealPiece(changes, page, after, before);
      if (isSaved) progress.done(after.next);
      return isSaved;
    },
  };
  const worked = await workDealJob({ ...context, store }, job.jobId, () => signal.aborted);
  progress.stop();
  if (!worked.ok) throw new UserError(worked.message);
  if (worked.value.state !== "done") {
    const { next, total, jobId } = worked.value;
    session.note(`${next} of ${total} are done; go on with: regulars deals resume ${jobId}\n`);
    signal.throwIfAborted();
  }
  await context.store.settleBoard(job.planId);
  return tellMany(session, context, worked.value);
}

async function tellMany(session: Session, context: PlanContext, job: DealJob): Promise<number> {
  const { jobId, planId, total, changed, same, failed } = job;
  const failures = failed === 0 ? [] : await failuresOf(context, jobId);
  if (session.json)
    printJson(session, {
      tenant: context.tenant.tenantId,
      plan: planId,
      jobId,
      total,
      changed,
      same,
      failed,
      failures,
    });
  else {
    session.print(`${total} deals: changed ${changed}, as they were ${same}, refused ${failed}\n`);
    for (const { dealId, reason } of failures) session.note(`${dealId}: ${reason}\n`);
  }
  return failed > 0 ? 1 : 0;
}

async function failuresOf({ store }: PlanContext, jobId: JobId): Promise<{ dealId: string; reason: string }[]> {
  const failures: { dealId: string; reason: string }[] = [];
  for (let number = 0; ; number += 1) {
    const page = await store.dealJobPage(jobId, number);
    if (page === undefined) return failures;
    for (const [i, { state, reason = "" }] of page.results.entries())
      if (state === "failed") failures.push({ dealId: page.members[i]?.dealId ?? "", reason });
  }
}

async function changeOf(
  context: PlanContext,
  plan: Plan,
  action: ManyAction,
  target: string | undefined,
  { reason, clarification, comment }: DealsOptions,
): Promise<BulkAction> {
  if (action === "cancel-many") return { action: "cancel", comment };
  if (action === "transfer-many")
    return {
      action: "transfer",
      managerId: target === undefined ? undefined : idArgument(userIdSchema, "the manager", target),
      comment,
    };
  const statusId = statusIn(plan, target ?? "");
  return { action: "move", statusId, reasonId: await reasonIn(context, reason), clarification };
}

/** Which deals options choose. The reason of a move is the one to close with, of anything else the one to filter by. */
export function filterOfOptions(plan: Plan, options: DealsOptions, isMove = false): DealFilter {
  const { search, status, manager, reason } = options;
  const { from, to } = periodArguments(options);
  const given = {
    ...(search === undefined ? {} : { search }),
    ...(status === undefined ? {} : { statusIds: [statusIn(plan, status)] }),
    ...(manager === undefined ? {} : { managerIds: [manager] }),
    ...(reason === undefined || isMove ? {} : { reasonIds: [reason] }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
  const filter = dealFilterSchema.safeParse(given);
  if (!filter.success) throw new UserError(filter.error.issues[0]?.message ?? "these filters cannot be used");
  return filter.data;
}
