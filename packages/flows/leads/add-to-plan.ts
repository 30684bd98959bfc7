import type { PlanContext } from "../sales-context.ts";
import {
  type DealId,
  type LeadPersonId,
  type PlanId,
  leadPersonIdSchema,
  statusIdSchema,
} from "@regulars/core/platform/ids";
import type { Lead } from "@regulars/core/leads/lead-payload";
import { type Deal, isOpenDeal } from "@regulars/core/deals/deal";
import type { ItemError } from "@regulars/core/platform/field-error";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type Who, whoIs } from "../contacts/resolve-contact.ts";
import { type Instant, toInstant } from "@regulars/core/platform/values";
import { leadKey } from "./lead-key.ts";
import { type Plan, unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import { checkDelivery, deliveryOf } from "../deals/idempotency-record.ts";
import { type DealTerms, dealTerms, draftDeal } from "@regulars/core/leads/draft-deal";
import type { LeadTicket } from "@regulars/core/leads/queued-lead";
import type { Intake } from "@regulars/core/leads/lead-intake";
import type { LeadPerson, LearnedOfPerson } from "@regulars/core/contacts/contact";
import { type Identity, normalEmail } from "@regulars/core/contacts/identity";
import type { NewDelivery, StoredDelivery } from "@regulars/core/deals/idempotency-record";
import { PATIENCE_MS, settle } from "../assignment/wait-for-assignment.ts";

const MAX_ROUNDS = 12;

export interface AddInput {
  readonly context: PlanContext;
  readonly planId: PlanId;
  readonly lead: Lead;
  /** Whose keys these are, and the delivery's own key; without a scope the lead is taken as often as it comes. */
  readonly sender?: { readonly scope: string; readonly key?: string | undefined } | undefined;
  readonly actorId: string;
  readonly requestId: string;
  readonly patienceMs?: number | undefined;
}

/** What became of a lead. Its deal is not there yet while it waits for the desk. */
export interface Added {
  readonly dealId: DealId;
  readonly personId?: LeadPersonId | undefined;
  readonly deal?: Deal | undefined;
  readonly isDuplicate: boolean;
  readonly isReplay: boolean;
  readonly requestId: string;
  /** What kept its manager from being found now: the lead is stored all the same, and will be given out. */
  readonly fault?: unknown;
}

export type AddRefusal = {
  readonly ok: false;
  readonly reason: string;
  readonly message: string;
  readonly errors?: readonly ItemError[];
};

/**
 * Adds a lead to a plan, exactly once for its key, and waits a little for its manager (seed 001, "Add to sales plan";
 * sales-plans.md 7, 8). A person who has an open deal in the plan gets no second one unless it is asked for.
 */
export async function addToPlan(input: AddInput): Promise<Result<Added> | AddRefusal> {
  const known = whoIs(input.context, input.lead);
  if (!known.ok) return known;
  const intake = new IntakeRound(input, known.value);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const added = await intake.try();
    if (added !== undefined) return added;
  }
  throw new Error(`a lead of plan ${input.planId} was overtaken ${MAX_ROUNDS} times`);
}

/** What is known of a lead's person. */
interface Known {
  readonly known: LeadPersonId | undefined;
  /** Whose each identity is. */
  readonly owners: readonly (LeadPersonId | undefined)[];
  /** He has an open deal in the plan, and another one is asked for. */
  readonly isExtra: boolean;
}

/** One lead on its way in; tried again when somebody else was faster. */
class IntakeRound {
  readonly #input: AddInput;
  readonly #who: Who;
  readonly #now: Instant;
  readonly #fingerprint: string;
  readonly #key: { readonly scope: string; readonly key: string } | undefined;

  constructor(input: AddInput, who: Who) {
    this.#input = input;
    this.#who = who;
    const { context, planId, lead, sender } = input;
    this.#now = toInstant(context.world.clock());
    const { key, fingerprint } = leadKey({ context, planId, lead, given: sender?.key }, who.identities, this.#now);
    this.#fingerprint = fingerprint;
    this.#key = sender === undefined ? undefined : { scope: sender.scope, key };
  }

  /** `undefined` when it was overtaken. */
  async try(): Promise<Result<Added> | AddRefusal | undefined> {
    const { context, planId, lead } = this.#input;
    const { store } = context;
    const room = context.rooms.roomOf(context.tenant.tenantId, planId);
    const sought = { key: this.#key, identities: this.#who.identities };
    const { plan, delivery, owners } = await room.lookUp(planId, sought, store);
    if (plan === undefined) return unknownPlan(planId);
    const known = checkDelivery(delivery, this.#fingerprint, this.#now);
    if (!known.ok) return known;
    if (known.value !== undefined) return this.#replay(known.value);
    if (plan.isArchived) return refuse("plan-archived", `the sales plan ${planId} is archived: it takes no more leads`);
    const reasons = lead.deal.reasonId === undefined ? new Map() : await store.reasons();
    const terms = dealTerms(plan, lead, reasons, this.#now);
    if (!terms.ok) return terms;
    const personId = owners.find((owner) => owner !== undefined);
    const openDealId = personId === undefined ? undefined : await store.openDealOf(personId, planId);
    if (personId !== undefined && openDealId !== undefined && lead.onDuplicate !== "create")
      return this.#duplicate(openDealId, { personId, owners }, terms.value);
    return this.#takeIn(plan, terms.value, { known: personId, owners, isExtra: openDealId !== undefined });
  }

  async #takeIn(plan: Plan, terms: DealTerms, { known, owners, isExtra }: Known): Promise<Result<Added> | undefined> {
    const { context, planId, lead, actorId, requestId } = this.#input;
    const { store, world } = context;
    const personId = known ?? leadPersonIdSchema.parse(`per_${world.newId()}`);
    const room = context.rooms.roomOf(context.tenant.tenantId, planId);
    const ticket = await room.takeTicket(planId, store);
    const deal = draftDeal(plan, terms, { ticket, personId, now: this.#now, isExtra, lead });
    const chosen = lead.assign?.managerId ?? undefined;
    const leadTicket: LeadTicket = {
      kind: "lead",
      ticket,
      deal,
      chosen,
      isNewPerson: known === undefined,
      actorId,
      requestId,
    };
    const intake: Intake = {
      ticket: leadTicket,
      newPerson: known === undefined ? this.#newPerson(personId) : undefined,
      learned: known === undefined ? undefined : this.#learned(owners),
      newIdentities: this.#newIdentities(owners),
      delivery: this.#delivery(deal.dealId, false),
    };
    const outcome = await room.saveIntake(intake, store).catch(async (fault: unknown) => {
      // Else the next leads wait for this one. Where it cannot be said, whoever waits for it gives it up.
      await store.voidTicket(planId, ticket).catch(() => false);
      throw fault;
    });
    if (outcome === "overtaken") {
      await store.voidTicket(planId, ticket);
      return undefined;
    }
    const settled = await this.#settleStored(deal.dealId);
    return ok({ dealId: deal.dealId, personId, isDuplicate: false, isReplay: false, requestId, ...settled });
  }

  /** A lead that is stored is told so, whatever goes wrong from here on: a failure would mean that nothing was written. */
  async #settleStored(dealId: DealId): Promise<Pick<Added, "deal" | "fault">> {
    try {
      return { deal: await this.#settle(dealId) };
    } catch (fault) {
      return { fault };
    }
  }

  #newPerson(personId: LeadPersonId): LeadPerson {
    return { personId, ...this.#told(), createdAt: this.#now };
  }

  #told(): LearnedOfPerson {
    const { externalId, name, email } = this.#input.lead.person;
    return { externalId, name, email: email === undefined ? undefined : normalEmail(email), phone: this.#who.phone };
  }

  /** Whatever of a person is nobody's yet is his from now on: who sends less of him next time means the same one. */
  #newIdentities(owners: Known["owners"]): readonly Identity[] {
    return this.#who.identities.filter((_, i) => owners[i] === undefined);
  }

  /** Nothing but a name is not worth a write. */
  #learned(owners: Known["owners"]): LearnedOfPerson | undefined {
    return this.#newIdentities(owners).length === 0 ? undefined : this.#told();
  }

  /** The open deal there is: noted on its timeline, and its terms replaced when that was asked for. */
  async #duplicate(
    dealId: DealId,
    { personId, owners }: { readonly personId: LeadPersonId; readonly owners: Known["owners"] },
    terms: DealTerms,
  ): Promise<Result<Added> | undefined> {
    const { context, planId, lead, actorId, requestId } = this.#input;
    const { store } = context;
    const newIdentities = this.#newIdentities(owners);
    if (newIdentities.length > 0) {
      const [saved] = await store.savePersons([{ personId, learned: this.#learned(owners), newIdentities }]);
      if (saved === "overtaken") return undefined;
    }
    const deal = await this.#settle(dealId);
    // Closed or taken out since it was looked for: the lead makes a deal of its own.
    if (deal !== undefined && !isOpenDeal(deal)) return undefined;
    if (deal === undefined && lead.onDuplicate === "update")
      return refuse("deal-waits", `deal ${dealId} still waits for its manager: send the update again in a moment`);
    const delivery = this.#delivery(dealId, true, deal);
    const log = { at: this.#now, actorId, requestId };
    const answer = { dealId, personId, isDuplicate: true, isReplay: false, requestId };
    if (lead.onDuplicate === "update" && deal !== undefined) {
      const after = this.#updated(deal, terms);
      const told = { before: termsOf(deal), after: termsOf(after) };
      const saved = await store.saveDeal({
        before: deal,
        after,
        log: { ...log, action: "updated", ...told },
        delivery: this.#delivery(dealId, true, after),
      });
      return saved === "saved" ? ok({ ...answer, deal: after }) : undefined;
    }
    const note = { ...log, action: "duplicate" as const, comment: sourceText(lead) };
    const isLearned = newIdentities.length > 0;
    const isNoted = await store.noteDuplicate({ dealId, personId, planId }, note, { delivery, isLearned });
    return isNoted ? ok({ ...answer, deal }) : undefined;
  }

  #updated(deal: Deal, { amountMinor, currency }: DealTerms): Deal {
    const { title, amount } = this.#input.lead.deal;
    return {
      ...deal,
      title: title ?? deal.title,
      ...(amount === undefined ? {} : { amountMinor, currency }),
      version: deal.version + 1,
      changedAt: this.#now,
    };
  }

  /** The answer that was given, from what was stored then; one that was still waiting is told as it is now. */
  async #replay({ dealId, isDuplicate, requestId, answer }: StoredDelivery): Promise<Result<Added>> {
    const now = await this.#settle(dealId);
    const first = isDuplicate ? undefined : await this.#input.context.store.logEntry(dealId, 1);
    const told = now === undefined || answer === undefined ? now : { ...now, assignment: undefined, ...answer };
    const deal = told === undefined || first === undefined ? told : asAdded(told, first.after, first.assignment);
    return ok({ dealId, personId: deal?.personId, deal, isDuplicate, isReplay: true, requestId });
  }

  #settle(dealId: DealId): Promise<Deal | undefined> {
    const { context, planId, patienceMs = PATIENCE_MS } = this.#input;
    return settle(context, planId, dealId, patienceMs);
  }

  #delivery(dealId: DealId, isDuplicate: boolean, told?: Deal): NewDelivery | undefined {
    const { requestId } = this.#input;
    const delivery = { fingerprint: this.#fingerprint, dealId, isDuplicate, requestId };
    if (told === undefined) return deliveryOf(this.#key, delivery, this.#now);
    const { statusId, version, assignment } = told;
    return deliveryOf(this.#key, { ...delivery, answer: { statusId, version, assignment } }, this.#now);
  }
}

const termsOf = ({ title, amountMinor, currency }: Deal) => ({ title, amountMinor, currency });

/** A deal as it was when it came in: its first status, its first manager. */
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

function sourceText({ source }: Lead): string | undefined {
  const parts = [source?.tunnelId, source?.blockId].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : `came again from ${parts.join(", block ")}`;
}
