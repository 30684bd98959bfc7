import type { Deal } from "@regulars/core/deals/deal";
import type { HookDelivery } from "@regulars/core/leads/inbound-request";
import type { DealId, PlanId } from "@regulars/core/platform/ids";
import type { Plan } from "@regulars/core/sales-plans/sales-plan";
import type { Found, Intake, LookUp } from "@regulars/core/leads/lead-intake";
import type { PlanStore } from "@regulars/core/bulk-operations/sales-store";
import type { TenantId } from "@regulars/core/platform/values";

/** Leads of one process that come in together are looked up and noted in one call of the store. */
const MOST_TOGETHER = 25;
/** A new lead is five writes, and a transaction has a hundred. */
const MOST_IN_TRANSACTION = 20;

/** What is known before a lead is taken in. */
export interface LookedUp extends Found {
  readonly plan?: Plan | undefined;
}

/** Whoever waits for a deal of this process. */
export interface Expected {
  readonly deal: () => Deal | undefined;
  readonly told: Promise<void>;
  readonly forget: () => void;
}

/**
 * One plan's leads within one process: they draw their tickets together, are stored together and go to the desk
 * together. It only saves calls: what makes the result exact is in the store, whoever else works there.
 */
export class PlanRoom {
  readonly #expected = new Map<DealId, (deal: Deal) => void>();
  readonly #lookUps = new Queue<LookedUp, LookUp>(MOST_TOGETHER);
  readonly #tickets = new Queue<number>(Number.MAX_SAFE_INTEGER);
  readonly #intakes = new Queue<"saved" | "overtaken", Intake>(MOST_IN_TRANSACTION);
  readonly #hooks = new Queue<boolean, HookDelivery>(MOST_TOGETHER);
  #visit: Promise<unknown> | undefined;

  /** The visit to the desk that somebody of this process makes now. */
  get visit(): Promise<unknown> | undefined {
    return this.#visit;
  }

  /** Goes to the desk, as the only one of this process. */
  async goToDesk<T>(work: () => Promise<T>): Promise<T> {
    while (this.#visit !== undefined) await this.#visit.catch(() => undefined);
    const visit = work();
    this.#visit = visit;
    try {
      return await visit;
    } finally {
      this.#visit = undefined;
    }
  }

  lookUp(planId: PlanId, sought: LookUp, store: Pick<PlanStore, "lookUp">): Promise<LookedUp> {
    return this.#lookUps.ask(sought, async (all) => {
      const { plan, found } = await store.lookUp(planId, all);
      return found.map((one) => ({ ...one, plan }));
    });
  }

  takeTicket(planId: PlanId, store: Pick<PlanStore, "takeTickets">): Promise<number> {
    return this.#tickets.ask(undefined, async (asked) => {
      const first = await store.takeTickets(planId, asked.length);
      return asked.map((_, i) => first + i);
    });
  }

  saveIntake(intake: Intake, store: Pick<PlanStore, "saveIntakes">): Promise<"saved" | "overtaken"> {
    return this.#intakes.ask(intake, (intakes) => store.saveIntakes(intakes));
  }

  async noteHook(delivery: HookDelivery, store: Pick<PlanStore, "noteHooks">): Promise<void> {
    await this.#hooks.ask(delivery, async (all) => {
      await store.noteHooks(all);
      return all.map(() => true);
    });
  }

  expect(dealId: DealId): Expected {
    let found: Deal | undefined;
    const told = new Promise<void>((resolve) => {
      this.#expected.set(dealId, (deal) => {
        found = deal;
        resolve();
      });
    });
    return { deal: () => found, told, forget: () => this.#expected.delete(dealId) };
  }

  /** A deal has come from the desk. */
  tell(deal: Deal): void {
    this.#expected.get(deal.dealId)?.(deal);
  }

  get isEmpty(): boolean {
    return (
      this.#expected.size === 0 &&
      this.#visit === undefined &&
      [this.#lookUps, this.#tickets, this.#intakes, this.#hooks].every(({ isIdle }) => isIdle)
    );
  }
}

interface Asking<Q, A> {
  readonly question: Q;
  readonly resolve: (answer: A) => void;
  readonly reject: (fault: unknown) => void;
}

/** Questions that come while one call is on its way are asked together by the next. */
class Queue<A, Q = undefined> {
  readonly #most: number;
  #asking: Asking<Q, A>[] = [];
  #isBusy = false;

  constructor(most: number) {
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
      const asked = this.#asking.splice(0, this.#most);
      try {
        const answers = await call(asked.map(({ question }) => question));
        for (const [i, { resolve, reject }] of asked.entries()) {
          const answer = answers[i];
          if (answer === undefined) reject(new Error("a call has answered fewer questions than it was asked"));
          else resolve(answer);
        }
      } catch (fault) {
        for (const { reject } of asked) reject(fault);
      }
    }
    this.#isBusy = false;
  }
}

/** The rooms of one process. */
export class PlanRooms {
  readonly #rooms = new Map<string, PlanRoom>();

  roomOf(tenantId: TenantId, planId: PlanId): PlanRoom {
    const name = `${tenantId} ${planId}`;
    const known = this.#rooms.get(name);
    if (known !== undefined) return known;
    const room = new PlanRoom();
    for (const [other, { isEmpty }] of this.#rooms) if (isEmpty) this.#rooms.delete(other);
    this.#rooms.set(name, room);
    return room;
  }
}
