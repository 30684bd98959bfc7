import type { Receipt } from "@regulars/core/platform/idempotency";
import type { ItemError } from "@regulars/core/platform/field-error";
import { type DealTerms, dealTerms, draftDeal } from "@regulars/core/leads/draft-deal";
import { type JobId, type LeadPersonId, type PlanId, jobIdSchema } from "@regulars/core/platform/ids";
import {
  type BulkAdd,
  JOB_PAGE,
  type Job,
  type JobPage,
  type JobResult,
} from "@regulars/core/bulk-operations/add-audience";
import { leadSchema } from "@regulars/core/leads/lead-payload";
import { type Plan, unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import type { LeadTicket } from "@regulars/core/leads/queued-lead";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type Instant, toInstant } from "@regulars/core/platform/values";
import { assignWaiting } from "../assignment/assign-waiting.ts";
import { audienceMembers } from "./audience-members.ts";
import type { PlanContext } from "../sales-context.ts";

/** Leads of one transaction: two writes each, beside the job and its page. */
const PIECE = 34;
const MAX_ROUNDS = 8;
/** How long whoever was overtaken stands back, at most. */
const AFTER_YOU_MS = 50;

interface BulkAddInput {
  readonly context: PlanContext;
  readonly planId: PlanId;
  readonly asked: BulkAdd;
  readonly actorId: string;
  readonly requestId: string;
  readonly receiptOf?: ((job: Job) => Receipt | undefined) | undefined;
}

type BulkRefusal = {
  readonly ok: false;
  readonly reason: string;
  readonly message: string;
  readonly errors?: readonly ItemError[];
};

/**
 * Starts adding a filtered audience to a plan (seed 001, "Audience", "mass actions"): who belongs to it is written down
 * now, whatever changes while the job runs. The job itself is `workJob`.
 */
export async function bulkAdd(input: BulkAddInput): Promise<Result<Job> | BulkRefusal> {
  const { context, planId, asked, actorId, requestId } = input;
  const { store, world } = context;
  const plan = await store.plan(planId);
  if (plan === undefined) return unknownPlan(planId);
  if (plan.isArchived) return refuse("plan-archived", `the sales plan ${planId} is archived: it takes no more leads`);
  if (plan.distribution.mode === "manual" && asked.managerId === undefined)
    return refuse("manager-required", "the plan is manual: say with managerId who gets these leads");
  const now = toInstant(world.clock());
  const terms = termsOf(plan, asked, now);
  if (!terms.ok) return terms;
  const jobId = jobIdSchema.parse(`job_${world.newId()}`);
  const total = await freeze(context, jobId, planId, asked);
  const job: Job = {
    jobId,
    planId,
    state: total === 0 ? "done" : "running",
    asked: withoutList(asked),
    total,
    next: 0,
    added: 0,
    duplicates: 0,
    failed: 0,
    actorId,
    requestId,
    createdAt: now,
    ...(total === 0 ? { finishedAt: now } : {}),
  };
  await store.startJob(job, input.receiptOf?.(job));
  return ok(job);
}

/** The list of persons is on the job's pages. */
function withoutList({ audience: { personIds: _personIds, ...audience }, ...asked }: BulkAdd): BulkAdd {
  return { ...asked, audience };
}

function termsOf(plan: Plan, { managerId, statusId, title }: BulkAdd, now: Instant): Result<DealTerms> | BulkRefusal {
  const lead = leadSchema.parse({ person: { externalId: "-" }, deal: {} });
  const told = { ...lead, deal: { ...lead.deal, statusId, title }, assign: { managerId } };
  return dealTerms(plan, told, new Map(), now);
}

/** Writes down the persons of an audience, page by page, before there is a job that could begin. */
async function freeze(context: PlanContext, jobId: JobId, planId: PlanId, { audience }: BulkAdd): Promise<number> {
  let personIds: LeadPersonId[] = [];
  let pages = 0;
  const save = async (): Promise<void> => {
    await context.store.saveJobPage(jobId, { page: pages, personIds, results: [] });
    pages += 1;
    personIds = [];
  };
  for await (const personId of audienceMembers({ context, planId, audience })) {
    personIds.push(personId);
    if (personIds.length === JOB_PAGE) await save();
  }
  const left = personIds.length;
  const total = pages * JOB_PAGE + left;
  if (left > 0) await save();
  return total;
}

/**
 * Goes on with a job where it stands, until it is done or it is enough; whoever begins it again after an interruption,
 * and however many do: each person is taken in once, because taking in and moving on are one transaction.
 */
export async function workJob(
  context: PlanContext,
  jobId: JobId,
  isEnough: () => boolean = () => false,
): Promise<Result<Job>> {
  const { store, world } = context;
  let [stuck, stoodAt] = [0, -1];
  for (;;) {
    const job = await store.job(jobId);
    if (job === undefined) return refuse("unknown-job", `there is no job ${jobId}`);
    if (job.state === "done" || isEnough()) {
      await assignWaiting(context, job.planId, isEnough);
      return ok(job);
    }
    // Somebody else who moves it on is no trouble; a person who is taken in elsewhere is, and is then tried by himself.
    stuck = job.next === stoodAt ? stuck + 1 : 0;
    stoodAt = job.next;
    if (stuck > MAX_ROUNDS) throw new Error(`job ${jobId} does not get on at person ${job.next + 1}`);
    const isMoved = await workPiece(context, job, stuck === 0 ? PIECE : 1);
    if (!isMoved) await world.wait(AFTER_YOU_MS * world.random());
    // The desk gives them out as they come in, so that its pages stay few.
    if (isMoved) await assignWaiting(context, job.planId, isEnough);
  }
}

/** Takes in the next persons of a job; `false` when somebody else moved it on, or took one of them in. */
async function workPiece(context: PlanContext, job: Job, most: number): Promise<boolean> {
  const { store, world } = context;
  const { planId, asked, actorId, requestId } = job;
  const number = Math.floor(job.next / JOB_PAGE);
  const [plan, page] = await Promise.all([store.plan(planId), store.jobPage(job.jobId, number)]);
  if (plan === undefined || page === undefined)
    throw new Error(`job ${job.jobId} has lost its plan or its page ${number}`);
  const persons = page.personIds.slice(job.next % JOB_PAGE, (job.next % JOB_PAGE) + most);
  const now = toInstant(world.clock());
  const terms = termsOf(plan, asked, now);
  if (!terms.ok) return failPiece(context, job, page, persons.length, terms.reason);
  const open = await store.openDealsOf(persons, planId);
  const fresh = persons.filter((personId) => !open.has(personId));
  const first = fresh.length === 0 ? 0 : await store.takeTickets(planId, fresh.length);
  const leads = fresh.map((personId, i): LeadTicket => {
    const ticket = first + i;
    const deal = draftDeal(plan, terms.value, { ticket, personId, now, isExtra: false });
    return { kind: "lead", ticket, deal, chosen: asked.managerId, isNewPerson: false, actorId, requestId };
  });
  const dealOf = new Map(leads.map(({ deal }) => [deal.personId, deal.dealId]));
  const results = persons.map((personId): JobResult => {
    const dealId = dealOf.get(personId);
    return dealId === undefined ? { state: "duplicate", dealId: open.get(personId) } : { state: "added", dealId };
  });
  const isSaved = await store.saveBulkIntake(leads, after(page, results), movedOn(job, results, now), job);
  if (!isSaved) await Promise.all(leads.map(({ ticket }) => store.voidTicket(planId, ticket)));
  return isSaved;
}

const after = (page: JobPage, results: readonly JobResult[]): JobPage => ({
  ...page,
  results: [...page.results, ...results],
});

function movedOn(job: Job, results: readonly JobResult[], now: Instant): Job {
  const of = (state: JobResult["state"]): number => results.filter((result) => result.state === state).length;
  const next = job.next + results.length;
  return {
    ...job,
    next,
    added: job.added + of("added"),
    duplicates: job.duplicates + of("duplicate"),
    failed: job.failed + of("failed"),
    ...(next < job.total ? {} : { state: "done", finishedAt: now }),
  };
}

/** The plan has changed so that nobody can be taken in as it was asked: each of them says so. */
function failPiece(
  { store, world }: PlanContext,
  job: Job,
  page: JobPage,
  count: number,
  reason: string,
): Promise<boolean> {
  const results = Array.from({ length: count }, (): JobResult => ({ state: "failed", reason }));
  return store.saveBulkIntake([], after(page, results), movedOn(job, results, toInstant(world.clock())), job);
}
