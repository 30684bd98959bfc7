import { ContentionError } from "@regulars/core/platform/contention-error";
import type { SalesContext } from "../sales-context.ts";
import { type DealId, type ContactId, type PlanId, contactIdSchema, statusIdSchema } from "@regulars/core/platform/ids";
import type { LeadPayload } from "@regulars/core/leads/lead-payload";
import { type Deal, isOpenDeal } from "@regulars/core/deals/deal";
import type { ItemError } from "@regulars/core/platform/field-error";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Who } from "../contacts/resolve-contact.ts";
import { type Instant, toInstant } from "@regulars/core/platform/values";
import { type Owned, contactWrites } from "./contact-writes.ts";
import { leadKey } from "./lead-key.ts";
import { type GivenLead, contactOf, termsOf } from "./read-lead.ts";
import { type SalesPlan, unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import { checkIdempotencyRecord, idempotencyRecordOf } from "../deals/idempotency-record.ts";
import { draftDeal } from "@regulars/core/leads/draft-deal";
import type { UsableLead } from "@regulars/core/leads/not-used";
import type { UsableTerms } from "@regulars/core/leads/usable-terms";
import { type NotUsed, notUsedText } from "@regulars/core/deals/not-used";
import type { QueuedLead } from "@regulars/core/leads/queued-lead";
import type { LeadIntakeWrite } from "@regulars/core/leads/lead-intake";
import type { NewIdempotencyRecord, IdempotencyRecord } from "@regulars/core/deals/idempotency-record";
import { assignDirectly } from "../assignment/assign-directly.ts";
import type { DirectInput } from "@regulars/core/leads/direct-input";
import type { LeadBatcher } from "./lead-batcher.ts";
import { PATIENCE_MS, type WaitStart, waitForAssignment } from "../assignment/wait-for-assignment.ts";

const MAX_ROUNDS = 12;

export interface AddInput extends GivenLead {
  readonly context: SalesContext;
  readonly planId: PlanId;
  /**
   * The scope of the sender's idempotency keys, and the key of this request. Without a sender, each request adds a
   * lead.
   */
  readonly sender?: { readonly scope: string; readonly key?: string | undefined } | undefined;
  /** Without it the sender may see and change everything, as the operator's commands do. */
  readonly access?: LeadAccess | undefined;
  readonly actorId: string;
  readonly requestId: string;
  readonly patienceMs?: number | undefined;
}

/**
 * What the sender may do to a person who is known already, and to that person's open deal. Both are asked about as they
 * are now.
 */
export interface LeadAccess {
  readonly sees: (deal: Pick<Deal, "dealId" | "managerId">, plan: SalesPlan) => Promise<boolean>;
  /** Whether the lead may replace the deal's terms. */
  readonly refreshes: (deal: Deal, plan: SalesPlan) => boolean;
  /** Whether the person gets the lead's other identities and details. */
  readonly learns: (personId: ContactId) => Promise<boolean>;
}

/** The result of adding a lead. `deal` is missing while the lead waits for assignment, and when the sender may not see it. */
export interface Added {
  readonly dealId: DealId;
  readonly personId?: ContactId | undefined;
  readonly deal?: Deal | undefined;
  readonly isDuplicate: boolean;
  readonly isReplay: boolean;
  /** The person's open deal is none that the sender may see: nothing of it is told but its id. */
  readonly isHidden?: boolean | undefined;
  readonly requestId: string;
  /** The parts of its payload that were left out. */
  readonly notUsed: readonly NotUsed[];
  /** The error that prevented the assignment; the lead is stored all the same and will be assigned later. */
  readonly fault?: unknown;
}

export type AddRefusal = {
  readonly ok: false;
  readonly reason: string;
  readonly message: string;
  readonly errors?: readonly ItemError[];
};

/**
 * Adds a lead to a plan, exactly once per idempotency key, and waits a little for its manager
 * (docs/reference/sales-plans.md 7, 8). A person with an open deal in the plan gets no second one unless the payload
 * asks for it.
 */
export async function addToPlan(input: AddInput): Promise<Result<Added> | AddRefusal> {
  const { context, lead, notUsed } = input;
  const known = await contactOf(context, { lead, notUsed });
  if (!known.ok) return known;
  const { who, ...usable } = known.value;
  const leadIntake = new LeadIntakeRound({ ...input, ...usable }, who, notUsed !== undefined);
  const { gate } = context.batchers.forPlan(context.tenant.tenantId, input.planId);
  return gate.pass(context.effects.elapsed, async () => {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const added = await leadIntake.try();
      if (added !== undefined) return added;
    }
    throw new ContentionError(`a lead of plan ${input.planId} was changed concurrently ${MAX_ROUNDS} times: try again`);
  });
}

/** What is known of a lead's person. */
interface Known {
  readonly known: ContactId | undefined;
  readonly owned: Owned;
  /** The person has an open deal, and the payload asks for another one. */
  readonly isExtra: boolean;
  /** What the assignment depends on, when the lead was alone. */
  readonly direct: DirectInput | undefined;
}

/** One attempt to store a lead; repeated after a concurrent change. */
class LeadIntakeRound {
  readonly #input: AddInput & UsableLead;
  readonly #who: Who;
  readonly #isTolerant: boolean;
  readonly #now: Instant;
  readonly #fingerprint: string;
  readonly #key: { readonly scope: string; readonly key: string } | undefined;

  constructor(input: AddInput & UsableLead, who: Who, isTolerant: boolean) {
    this.#input = input;
    this.#who = who;
    this.#isTolerant = isTolerant;
    const { context, planId, lead, notUsed, sender } = input;
    this.#now = toInstant(context.effects.clock());
    const { key, fingerprint } = leadKey(
      { context, planId, lead, notUsed, given: sender?.key },
      who.identities,
      this.#now,
    );
    this.#fingerprint = fingerprint;
    this.#key = sender === undefined ? undefined : { scope: sender.scope, key };
  }

  /** `undefined` after a concurrent change. */
  async try(): Promise<Result<Added> | AddRefusal | undefined> {
    const { context, planId, lead } = this.#input;
    const { store } = context;
    const batcher = context.batchers.forPlan(context.tenant.tenantId, planId);
    const sought = { key: this.#key, identities: this.#who.identities };
    const { plan, direct, idempotencyRecord, ...owned } = await batcher.findMany(planId, sought, store.leads);
    if (plan === undefined) return unknownPlan(planId);
    const known = checkIdempotencyRecord(idempotencyRecord, this.#fingerprint, this.#now);
    if (!known.ok) return known;
    if (known.value !== undefined) return ok(await this.#shown(await this.#replay(known.value), plan));
    if (plan.isArchived) return refuse("plan-archived", `the sales plan ${planId} is archived: it takes no more leads`);
    const reasons = lead.deal.reasonId === undefined ? new Map() : await store.salesPlans.reasons();
    const terms = termsOf(this.#isTolerant, plan, this.#input, reasons, this.#now);
    if (!terms.ok) return terms;
    const personId = owned.owners.find((owner) => owner !== undefined);
    const openDealId = personId === undefined ? undefined : await store.leads.openDealOf(personId, planId);
    if (personId !== undefined && openDealId !== undefined && lead.onDuplicate !== "create")
      return this.#duplicate(openDealId, plan, { personId, owned }, terms.value);
    return this.#takeIn(plan, terms.value, { known: personId, owned, isExtra: openDealId !== undefined, direct });
  }

  async #takeIn(
    plan: SalesPlan,
    { terms, lead, notUsed }: UsableTerms,
    { known, owned, isExtra, direct }: Known,
  ): Promise<Result<Added> | undefined> {
    const { context, planId, actorId, requestId } = this.#input;
    const { effects } = context;
    const personId = known ?? contactIdSchema.parse(`per_${effects.newId()}`);
    const isLearned = known === undefined || (await this.#learns(known));
    const batcher = context.batchers.forPlan(context.tenant.tenantId, planId);
    const contact = this.#contactWrites({ personId, known, owned, isLearned });
    const intakeOf = (sequence: number): LeadIntakeWrite => {
      const deal = draftDeal(plan, terms, { sequence, personId, now: this.#now, isExtra, lead, notUsed });
      const queueEntry: QueuedLead = {
        kind: "lead",
        sequence,
        deal,
        chosen: lead.assign?.managerId ?? undefined,
        isNewPerson: known === undefined || owned.unstored !== undefined,
        actorId,
        requestId,
      };
      return { queueEntry, ...contact, idempotencyRecord: this.#idempotencyRecord(deal.dealId, false) };
    };
    const answer = { personId, isDuplicate: false, isReplay: false, requestId, notUsed };
    // The deal, its log, the row of the contact's open deal, the idempotency record, the contact and the identities.
    const ownItems = 5 + contact.newIdentities.length;
    // The boards of a known contact's deals change with what is learned: that may be more than fits.
    if (terms.closing === undefined && contact.learned === undefined) {
      const result = await batcher.assignDirectly({ plan, input: direct, intakeOf, ownItems }, (leads) =>
        assignDirectly(context, planId, leads),
      );
      if (result === "overtaken") return undefined;
      if (result !== "queue") return ok({ dealId: result.deal.dealId, ...answer, deal: result.deal });
    }
    const { elapsed, clock } = effects;
    const isLeased = direct !== undefined && direct.lease.leaseUntil > clock();
    const began = elapsed();
    const dealId = await this.#queued(batcher, intakeOf);
    return (
      dealId &&
      ok({ dealId, ...answer, ...(await this.#waitForStored(dealId, { isLeased, writeMs: elapsed() - began })) })
    );
  }

  /** Stores the lead with a sequence number of its own; `undefined` after a concurrent change. */
  async #queued(batcher: LeadBatcher, intakeOf: (sequence: number) => LeadIntakeWrite): Promise<DealId | undefined> {
    const { context, planId } = this.#input;
    const { store } = context;
    const sequence = await batcher.reserveSequence(planId, store.assignment);
    const leadIntake = intakeOf(sequence);
    const outcome = await batcher.saveLeadIntake(leadIntake, store.leads).catch(async (fault: unknown) => {
      // Otherwise the next leads would wait for this one. If this write fails, the assignment run voids it.
      await store.assignment.voidSequence(planId, sequence).catch(() => false);
      throw fault;
    });
    if (outcome === "saved") return leadIntake.queueEntry.deal.dealId;
    await store.assignment.voidSequence(planId, sequence);
    return undefined;
  }

  /** A stored lead is never answered with an error: that would mean that nothing was written. */
  async #waitForStored(dealId: DealId, start: WaitStart): Promise<Pick<Added, "deal" | "fault">> {
    try {
      return { deal: await this.#waitForAssignment(dealId, start) };
    } catch (fault) {
      return { fault };
    }
  }

  #contactWrites(of: Pick<Parameters<typeof contactWrites>[0], "personId" | "known" | "owned" | "isLearned">) {
    return contactWrites({ ...of, who: this.#who, person: this.#input.lead.person, now: this.#now });
  }

  /** The existing open deal: the lead is recorded in its log, and replaces its terms if the payload asks for it. */
  async #duplicate(
    dealId: DealId,
    plan: SalesPlan,
    { personId, owned }: { readonly personId: ContactId; readonly owned: Owned },
    usable: UsableTerms,
  ): Promise<Result<Added> | undefined> {
    const { context, planId, access, actorId, requestId } = this.#input;
    const { lead, notUsed } = usable;
    const { store } = context;
    const deal = await this.#waitForAssignment(dealId);
    // Closed or removed since it was looked up: the lead becomes a deal of its own.
    if (deal !== undefined && !isOpenDeal(deal)) return undefined;
    if (deal === undefined && lead.onDuplicate === "update")
      return refuse(
        "assignment-pending",
        `deal ${dealId} still waits for its manager: send the update again in a moment`,
      );
    if (lead.onDuplicate === "update" && deal !== undefined && access?.refreshes(deal, plan) === false)
      return refuse("unknown-deal", "the person's open deal in this plan is none of yours: it was not changed");
    const learns = await this.#learns(personId);
    const written = this.#contactWrites({ personId, known: personId, owned, isLearned: learns });
    const isLearned = written.learned !== undefined || written.newPerson !== undefined;
    if (isLearned || written.newIdentities.length > 0) {
      const [saved] = await store.leads.savePersons([{ personId, ...written }]);
      if (saved === "overtaken") return undefined;
    }
    const idempotencyRecord = this.#idempotencyRecord(dealId, true, deal);
    const log = { at: this.#now, actorId, requestId };
    const answer = { dealId, personId, isDuplicate: true, isReplay: false, requestId, notUsed };
    const told = notUsed.length === 0 ? {} : { notUsed: notUsed.map(notUsedText) };
    if (lead.onDuplicate === "update" && deal !== undefined) {
      const after = this.#updated(deal, usable);
      const given = { before: pricedOf(deal), after: { ...pricedOf(after), ...told } };
      const saved = await store.deals.save({
        before: deal,
        after,
        log: { ...log, action: "updated", ...given },
        idempotencyRecord: this.#idempotencyRecord(dealId, true, after),
      });
      return saved === "saved" ? ok(await this.#shown({ ...answer, deal: after }, plan)) : undefined;
    }
    const after = notUsed.length === 0 ? {} : { after: told };
    const note = { ...log, action: "duplicate" as const, comment: sourceText(lead), ...after };
    const isNoted = await store.leads.noteDuplicate({ dealId, personId, planId }, note, {
      idempotencyRecord,
      isLearned,
    });
    return isNoted ? ok(await this.#shown({ ...answer, deal }, plan)) : undefined;
  }

  /** An answer on a deal that was there before, without what its sender may not see. */
  async #shown({ deal, personId, ...added }: Added, plan: SalesPlan): Promise<Added> {
    const { access } = this.#input;
    const place = deal ?? { dealId: added.dealId, managerId: undefined };
    if (access === undefined || (await access.sees(place, plan))) return { ...added, deal, personId };
    return { ...added, isHidden: true };
  }

  async #learns(personId: ContactId): Promise<boolean> {
    const { access } = this.#input;
    return access === undefined || access.learns(personId);
  }

  #updated(deal: Deal, { terms: { amountMinor, currency }, lead }: UsableTerms): Deal {
    const { title, amount } = lead.deal;
    return {
      ...deal,
      title: title ?? deal.title,
      ...(amount === undefined ? {} : { amountMinor, currency }),
      version: deal.version + 1,
      changedAt: this.#now,
    };
  }

  /** Repeats the first answer from the stored one; if the lead was waiting then, answers with its current deal. */
  async #replay({ dealId, isDuplicate, requestId, answer }: IdempotencyRecord): Promise<Added> {
    const now = await this.#waitForAssignment(dealId);
    const first = isDuplicate ? undefined : await this.#input.context.store.deals.logEntry(dealId, 1);
    const given = now === undefined || answer === undefined ? now : { ...now, assignment: undefined, ...answer };
    const deal = given === undefined || first === undefined ? given : asAdded(given, first.after, first.assignment);
    const notUsed = (isDuplicate ? undefined : deal?.notUsed) ?? this.#input.notUsed;
    return { dealId, personId: deal?.personId, deal, isDuplicate, isReplay: true, requestId, notUsed };
  }

  #waitForAssignment(dealId: DealId, start?: WaitStart): Promise<Deal | undefined> {
    const { context, planId, patienceMs = PATIENCE_MS } = this.#input;
    return waitForAssignment(context, planId, dealId, patienceMs, start);
  }

  #idempotencyRecord(dealId: DealId, isDuplicate: boolean, given?: Deal): NewIdempotencyRecord | undefined {
    const { requestId } = this.#input;
    const idempotencyRecord = { fingerprint: this.#fingerprint, dealId, isDuplicate, requestId };
    if (given === undefined) return idempotencyRecordOf(this.#key, idempotencyRecord, this.#now);
    const { statusId, version, assignment } = given;
    return idempotencyRecordOf(
      this.#key,
      { ...idempotencyRecord, answer: { statusId, version, assignment } },
      this.#now,
    );
  }
}

const pricedOf = ({ title, amountMinor, currency }: Deal) => ({ title, amountMinor, currency });

/** The deal as it was added: with its first status and manager. */
function asAdded(deal: Deal, after: Readonly<Record<string, unknown>> | undefined, first: Deal["assignment"]): Deal {
  const statusId = statusIdSchema.safeParse(after?.["statusId"]);
  return {
    ...deal,
    version: 1,
    statusId: statusId.success ? statusId.data : deal.statusId,
    managerId: first?.managerId,
    assignment: first,
  };
}

function sourceText({ source }: LeadPayload): string | undefined {
  const parts = [source?.tunnelId, source?.blockId].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : `came again from ${parts.join(", block ")}`;
}
