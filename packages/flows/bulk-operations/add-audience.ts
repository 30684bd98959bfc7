import { type Piece, advance, newOperation } from "@regulars/core/bulk-engine/bulk-operation";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import type { ItemError } from "@regulars/core/platform/field-error";
import { type DealTerms, dealTerms, draftDeal } from "@regulars/core/leads/draft-deal";
import { type OperationId, type ContactId, type PlanId, operationIdSchema } from "@regulars/core/platform/ids";
import {
  type BulkAdd,
  type AudienceOperation,
  type AudienceResult,
  jobCounters,
} from "@regulars/core/bulk-operations/add-audience";
import { leadPayloadSchema } from "@regulars/core/leads/lead-payload";
import { type SalesPlan, unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import type { QueuedLead } from "@regulars/core/leads/queued-lead";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type Instant, toInstant } from "@regulars/core/platform/values";
import { assignWaiting } from "../assignment/assign-waiting.ts";
import { freezeMembers } from "../bulk-engine/freeze-members.ts";
import { type BulkKind, runBulkOperation } from "../bulk-engine/run-bulk-operation.ts";
import { audienceMembers } from "./audience-members.ts";
import type { SalesContext } from "../sales-context.ts";

/** Leads of one transaction: two writes each, plus the operation and its page. */
const PIECE = 34;

interface BulkAddInput {
  readonly context: SalesContext;
  readonly planId: PlanId;
  readonly asked: BulkAdd;
  readonly actorId: string;
  readonly requestId: string;
  readonly companionOf?: ((operation: AudienceOperation) => CompanionWrites | undefined) | undefined;
}

type BulkRefusal = {
  readonly ok: false;
  readonly reason: string;
  readonly message: string;
  readonly errors?: readonly ItemError[];
};

/**
 * Starts adding a filtered audience to a plan. The members are frozen now and do not change while the operation runs.
 * `runAudienceOperation` does the work.
 */
export async function bulkAdd(input: BulkAddInput): Promise<Result<AudienceOperation> | BulkRefusal> {
  const { context, planId, asked, actorId, requestId } = input;
  const { store, effects } = context;
  const plan = await store.salesPlans.plan(planId);
  if (plan === undefined) return unknownPlan(planId);
  if (plan.isArchived) return refuse("plan-archived", `the sales plan ${planId} is archived: it takes no more leads`);
  if (plan.distribution.mode === "manual" && asked.managerId === undefined)
    return refuse("manager-required", "the plan is manual: give the manager of these leads as managerId");
  const now = toInstant(effects.clock());
  const terms = termsOf(plan, asked, now);
  if (!terms.ok) return terms;
  const operationId = operationIdSchema.parse(`op_${effects.newId()}`);
  const members = audienceMembers({ context, planId, audience: asked.audience });
  const total = await freezeMembers(members, (chunk) => store.audienceOperations.saveChunk(operationId, chunk));
  const operation: AudienceOperation = {
    ...newOperation({ operationId, total, actorId, requestId }, now),
    planId,
    asked: withoutList(asked),
    added: 0,
    duplicates: 0,
    failed: 0,
  };
  await store.audienceOperations.start(operation, input.companionOf?.(operation));
  return ok(operation);
}

/** The person ids are stored as the operation's pages instead. */
function withoutList({ audience: { personIds: _personIds, ...audience }, ...asked }: BulkAdd): BulkAdd {
  return { ...asked, audience };
}

function termsOf(
  plan: SalesPlan,
  { managerId, statusId, title }: BulkAdd,
  now: Instant,
): Result<DealTerms> | BulkRefusal {
  const lead = leadPayloadSchema.parse({ person: { externalId: "-" }, deal: {} });
  const given = { ...lead, deal: { ...lead.deal, statusId, title }, assign: { managerId } };
  return dealTerms(plan, given, new Map(), now);
}

/** Continues adding an audience: each person is added once. */
export const runAudienceOperation = (
  context: SalesContext,
  operationId: OperationId,
  isEnough: () => boolean = () => false,
): Promise<Result<AudienceOperation>> => {
  // Assigns the leads as they are added, so that few wait at a time.
  const assign = ({ planId }: AudienceOperation) => assignWaiting(context, planId, isEnough);
  const kind: BulkKind<AudienceOperation, ContactId, AudienceResult> = {
    pieceSize: PIECE,
    find: (id) => context.store.audienceOperations.find(id),
    chunk: (id, chunk) => context.store.audienceOperations.chunk(id, chunk),
    work: workPiece(context),
    afterPiece: assign,
    atEnd: assign,
  };
  return runBulkOperation(kind, operationId, context.effects, isEnough);
};

type AudiencePiece = Piece<AudienceOperation, ContactId, AudienceResult>;

/** Adds the next persons; `false` if another process advanced the operation or added one of them. */
const workPiece =
  ({ store, effects }: SalesContext) =>
  async (piece: AudiencePiece): Promise<boolean> => {
    const { operation, members } = piece;
    const { planId, asked } = operation;
    const [plan, open] = await Promise.all([store.salesPlans.plan(planId), store.leads.openDealsOf(members, planId)]);
    if (plan === undefined) throw new Error(`the plan of bulk operation ${operation.operationId} is missing`);
    const now = toInstant(effects.clock());
    const save = (leads: readonly QueuedLead[], results: readonly AudienceResult[]): Promise<boolean> => {
      const after = advance(piece, results, jobCounters, now);
      return store.audienceOperations.saveLeads(leads, after.chunk, after.operation, operation);
    };
    const terms = termsOf(plan, asked, now);
    // The plan was changed so that the request can no longer be fulfilled for anybody.
    if (!terms.ok)
      return save(
        [],
        members.map(() => ({ state: "failed", reason: terms.reason })),
      );
    const fresh = members.filter((personId) => !open.has(personId));
    const leads = await leadsOf(store, plan, operation, { personIds: fresh, terms: terms.value, now });
    const dealOf = new Map(leads.map(({ deal }) => [deal.personId, deal.dealId]));
    const results = members.map((personId): AudienceResult => {
      const dealId = dealOf.get(personId);
      return dealId === undefined ? { state: "duplicate", dealId: open.get(personId) } : { state: "added", dealId };
    });
    const isSaved = await save(leads, results);
    if (!isSaved) await Promise.all(leads.map(({ sequence }) => store.assignment.voidSequence(planId, sequence)));
    return isSaved;
  };

interface NewLeads {
  readonly personIds: readonly ContactId[];
  readonly terms: DealTerms;
  readonly now: Instant;
}

/** Leads for the persons without an open deal in the plan, each with its own sequence number. */
async function leadsOf(
  store: SalesContext["store"],
  plan: SalesPlan,
  { asked, actorId, requestId }: AudienceOperation,
  { personIds, terms, now }: NewLeads,
): Promise<QueuedLead[]> {
  const first = personIds.length === 0 ? 0 : await store.assignment.reserveSequences(plan.planId, personIds.length);
  return personIds.map((personId, i) => {
    const sequence = first + i;
    const deal = draftDeal(plan, terms, { sequence, personId, now, isExtra: false });
    return { kind: "lead", sequence, deal, chosen: asked.managerId, isNewPerson: false, actorId, requestId };
  });
}
