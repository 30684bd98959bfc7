import { type Piece, advance, newOperation } from "@regulars/core/bulk-engine/bulk-operation";
import type { Receipt } from "@regulars/core/platform/idempotency";
import type { ItemError } from "@regulars/core/platform/field-error";
import { type DealTerms, dealTerms, draftDeal } from "@regulars/core/leads/draft-deal";
import { type JobId, type LeadPersonId, type PlanId, jobIdSchema } from "@regulars/core/platform/ids";
import { type BulkAdd, type Job, type JobResult, jobCounters } from "@regulars/core/bulk-operations/add-audience";
import { leadSchema } from "@regulars/core/leads/lead-payload";
import { type Plan, unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import type { LeadTicket } from "@regulars/core/leads/queued-lead";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type Instant, toInstant } from "@regulars/core/platform/values";
import { assignWaiting } from "../assignment/assign-waiting.ts";
import { freezeMembers } from "../bulk-engine/freeze-members.ts";
import { type BulkKind, runBulkOperation } from "../bulk-engine/run-bulk-operation.ts";
import { audienceMembers } from "./audience-members.ts";
import type { PlanContext } from "../sales-context.ts";

/** Leads of one transaction: two writes each, beside the job and its page. */
const PIECE = 34;

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
  const members = audienceMembers({ context, planId, audience: asked.audience });
  const total = await freezeMembers(members, (page) => store.saveJobPage(jobId, page));
  const job: Job = {
    ...newOperation({ jobId, total, actorId, requestId }, now),
    planId,
    asked: withoutList(asked),
    added: 0,
    duplicates: 0,
    failed: 0,
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

/** Goes on with adding an audience where it stands: each person is taken in once. */
export const workJob = (
  context: PlanContext,
  jobId: JobId,
  isEnough: () => boolean = () => false,
): Promise<Result<Job>> => {
  // The leads are given out as they come in, so that few wait at a time.
  const assign = ({ planId }: Job) => assignWaiting(context, planId, isEnough);
  const kind: BulkKind<Job, LeadPersonId, JobResult> = {
    pieceSize: PIECE,
    find: (id) => context.store.job(id),
    page: (id, page) => context.store.jobPage(id, page),
    work: workPiece(context),
    afterPiece: assign,
    atEnd: assign,
  };
  return runBulkOperation(kind, jobId, context.world, isEnough);
};

type AudiencePiece = Piece<Job, LeadPersonId, JobResult>;

/** Takes in the next persons; `false` when somebody else moved the job on, or took one of them in. */
const workPiece =
  ({ store, world }: PlanContext) =>
  async (piece: AudiencePiece): Promise<boolean> => {
    const { operation: job, members } = piece;
    const { planId, asked } = job;
    const [plan, open] = await Promise.all([store.plan(planId), store.openDealsOf(members, planId)]);
    if (plan === undefined) throw new Error(`job ${job.jobId} has lost its plan`);
    const now = toInstant(world.clock());
    const save = (leads: readonly LeadTicket[], results: readonly JobResult[]): Promise<boolean> => {
      const after = advance(piece, results, jobCounters, now);
      return store.saveBulkIntake(leads, after.page, after.operation, job);
    };
    const terms = termsOf(plan, asked, now);
    // The plan has changed so that nobody can be taken in as it was asked.
    if (!terms.ok)
      return save(
        [],
        members.map(() => ({ state: "failed", reason: terms.reason })),
      );
    const fresh = members.filter((personId) => !open.has(personId));
    const leads = await leadsOf(store, plan, job, { personIds: fresh, terms: terms.value, now });
    const dealOf = new Map(leads.map(({ deal }) => [deal.personId, deal.dealId]));
    const results = members.map((personId): JobResult => {
      const dealId = dealOf.get(personId);
      return dealId === undefined ? { state: "duplicate", dealId: open.get(personId) } : { state: "added", dealId };
    });
    const isSaved = await save(leads, results);
    if (!isSaved) await Promise.all(leads.map(({ ticket }) => store.voidTicket(planId, ticket)));
    return isSaved;
  };

interface NewLeads {
  readonly personIds: readonly LeadPersonId[];
  readonly terms: DealTerms;
  readonly now: Instant;
}

/** Persons without an open deal as leads of the plan, each with a sequence number of its own. */
async function leadsOf(
  store: PlanContext["store"],
  plan: Plan,
  { asked, actorId, requestId }: Job,
  { personIds, terms, now }: NewLeads,
): Promise<LeadTicket[]> {
  const first = personIds.length === 0 ? 0 : await store.takeTickets(plan.planId, personIds.length);
  return personIds.map((personId, i) => {
    const ticket = first + i;
    const deal = draftDeal(plan, terms, { ticket, personId, now, isExtra: false });
    return { kind: "lead", ticket, deal, chosen: asked.managerId, isNewPerson: false, actorId, requestId };
  });
}
