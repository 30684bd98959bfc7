import type { Deal } from "@regulars/core/deals/deal";
import type { InboundRequest } from "@regulars/core/leads/inbound-request";
import type { DealId, PlanId } from "@regulars/core/platform/ids";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { LeadIntake, LeadLookupResult, LeadIntakeWrite, LeadLookup } from "@regulars/core/leads/lead-intake";
import type { AssignmentStore } from "@regulars/core/leads/assignment-store";
import { type DirectLead, type DirectResult, fittingDirectly } from "../assignment/direct-lead.ts";
import { LeadGate } from "./lead-gate.ts";
import type { InboundRequestLog } from "@regulars/core/leads/inbound-request-log";
import type { DirectInput } from "@regulars/core/leads/direct-input";
import type { TenantId, UserId } from "@regulars/core/platform/values";

/** Most leads that are looked up, or inbound requests that are logged, in one call of the store. */
const MOST_TOGETHER = 25;
/** Most new leads of one transaction: each is five writes, and a transaction has at most 100. */
const MOST_IN_TRANSACTION = 20;

/** What is known before a lead is stored. */
interface LeadLookedUp extends LeadLookupResult {
  readonly plan?: SalesPlan | undefined;
  /** What its assignment depends on, when the lead was alone. */
  readonly direct?: DirectInput | undefined;
}

/** Waits for a deal of this process. */
export interface Subscription {
  readonly deal: () => Deal | undefined;
  readonly published: Promise<void>;
  readonly forget: () => void;
}

/**
 * The leads of one plan within one process: they are looked up, stored and assigned together, and take sequence numbers together. This only
 * saves calls: the store ensures correctness, also with other processes.
 */
export class LeadBatcher {
  readonly gate: LeadGate;
  readonly #subscribers = new Map<DealId, (deal: Deal) => void>();
  readonly #lookups = new Queue<LeadLookedUp, LeadLookup>(() => MOST_TOGETHER);
  readonly #sequences = new Queue<number>((asked) => asked.length);
  readonly #leadIntakes = new Queue<"saved" | "overtaken", LeadIntakeWrite>(() => MOST_IN_TRANSACTION);
  readonly #direct = new Queue<DirectResult, DirectLead>(fittingDirectly);
  readonly #inboundRequests = new Queue<boolean, InboundRequest>(() => MOST_TOGETHER);
  #currentRun: Promise<unknown> | undefined;
  /** What was read last for a direct assignment, if none was made since. */
  #newest: DirectInput | undefined;
  /** The plan's members when a lead was looked up last. */
  #managerIds: readonly UserId[] | undefined;

  constructor(mostInside?: number) {
    this.gate = new LeadGate(mostInside);
  }

  /** The assignment run that this process makes now, if any. */
  get currentRun(): Promise<unknown> | undefined {
    return this.#currentRun;
  }

  /** Runs `work` as this process's only assignment run of the plan. */
  async runExclusively<T>(work: () => Promise<T>): Promise<T> {
    while (this.#currentRun !== undefined) await this.#currentRun.catch(() => undefined);
    const currentRun = work();
    this.#currentRun = currentRun;
    try {
      return await currentRun;
    } finally {
      this.#currentRun = undefined;
    }
  }

  findMany(planId: PlanId, sought: LeadLookup, store: Pick<LeadIntake, "findMany">): Promise<LeadLookedUp> {
    return this.#lookups.ask(sought, async (all) => {
      // A lead alone is assigned by what is read with it; for several it would be old when their turn comes.
      const isAlone = all.length === 1 && this.#direct.isIdle && this.#currentRun === undefined;
      const { plan, direct, found } = await store.findMany(planId, all, isAlone ? this.#managerIds : undefined);
      this.#newest = direct;
      this.#managerIds = plan?.members.map(({ userId }) => userId);
      return found.map((one) => ({ ...one, plan, direct }));
    });
  }

  reserveSequence(planId: PlanId, store: Pick<AssignmentStore, "reserveSequences">): Promise<number> {
    return this.#sequences.ask(undefined, async (asked) => {
      const first = await store.reserveSequences(planId, asked.length);
      return asked.map((_, i) => first + i);
    });
  }

  /** `queue` while this process makes an assignment run. */
  assignDirectly(
    lead: DirectLead,
    call: (leads: readonly DirectLead[]) => Promise<readonly DirectResult[]>,
  ): Promise<DirectResult> {
    if (this.#currentRun !== undefined) return Promise.resolve("queue");
    return this.#direct.ask(lead, (leads) => {
      const input = this.#newest;
      this.#newest = undefined;
      return call(leads.map((one) => (one.input === input ? one : { ...one, input: undefined })));
    });
  }

  saveLeadIntake(leadIntake: LeadIntakeWrite, store: Pick<LeadIntake, "save">): Promise<"saved" | "overtaken"> {
    return this.#leadIntakes.ask(leadIntake, (leadIntakes) => store.save(leadIntakes));
  }

  async noteInboundRequest(request: InboundRequest, store: Pick<InboundRequestLog, "note">): Promise<void> {
    await this.#inboundRequests.ask(request, async (all) => {
      await store.note(all);
      return all.map(() => true);
    });
  }

  subscribe(dealId: DealId): Subscription {
    let found: Deal | undefined;
    const published = new Promise<void>((resolve) => {
      this.#subscribers.set(dealId, (deal) => {
        found = deal;
        resolve();
      });
    });
    return { deal: () => found, published, forget: () => this.#subscribers.delete(dealId) };
  }

  /** Passes an assigned deal on to those who wait for it. */
  publish(deal: Deal): void {
    this.#subscribers.get(deal.dealId)?.(deal);
  }

  get isEmpty(): boolean {
    return (
      this.gate.isEmpty &&
      this.#subscribers.size === 0 &&
      this.#currentRun === undefined &&
      [this.#lookups, this.#direct, this.#sequences, this.#leadIntakes, this.#inboundRequests].every(
        ({ isIdle }) => isIdle,
      )
    );
  }
}

interface Asking<Q, A> {
  readonly question: Q;
  readonly resolve: (answer: A) => void;
  readonly reject: (fault: unknown) => void;
}

/** Collects the calls that come while another is in flight, and makes them together. */
class Queue<A, Q = undefined> {
  readonly #most: (questions: readonly Q[]) => number;
  #asking: Asking<Q, A>[] = [];
  #isBusy = false;

  /** `most`: how many of the questions fit into one call, at least 1. */
  constructor(most: (questions: readonly Q[]) => number) {
    this.#most = most;
  }

  get isIdle(): boolean {
    return !this.#isBusy;
  }

  ask(question: Q, call: (questions: readonly Q[]) => Promise<readonly A[]>): Promise<A> {
    return new Promise<A>((resolve, reject) => {
      this.#asking.push({ question, resolve, reject });
      if (!this.#isBusy) void this.#work(call);
    });
  }

  async #work(call: (questions: readonly Q[]) => Promise<readonly A[]>): Promise<void> {
    this.#isBusy = true;
    while (this.#asking.length > 0) {
      const asked = this.#asking.splice(0, this.#most(this.#asking.map(({ question }) => question)));
      try {
        const answers = await call(asked.map(({ question }) => question));
        for (const [i, { resolve, reject }] of asked.entries()) {
          const answer = answers[i];
          if (answer === undefined) reject(new Error("a joined call returned fewer results than it was given calls"));
          else resolve(answer);
        }
      } catch (fault) {
        for (const { reject } of asked) reject(fault);
      }
    }
    this.#isBusy = false;
  }
}

/** The lead batchers of one process. */
export class LeadBatchers {
  readonly #batchers = new Map<string, LeadBatcher>();
  readonly #mostInside: number | undefined;

  /** `mostInside`: most leads of one plan at the same time. */
  constructor(mostInside?: number) {
    this.#mostInside = mostInside;
  }

  forPlan(tenantId: TenantId, planId: PlanId): LeadBatcher {
    const name = `${tenantId} ${planId}`;
    const known = this.#batchers.get(name);
    if (known !== undefined) return known;
    const batcher = new LeadBatcher(this.#mostInside);
    for (const [other, { isEmpty }] of this.#batchers) if (isEmpty) this.#batchers.delete(other);
    this.#batchers.set(name, batcher);
    return batcher;
  }
}
