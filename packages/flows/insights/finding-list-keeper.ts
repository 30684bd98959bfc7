import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { EvaluatedFinding } from "@regulars/core/insights/evaluate";
import { publish } from "@regulars/core/insights/evaluate";
import type {
  FindingList,
  FindingLists,
  ListedCustomer,
  ListsLeft,
  ListOwner,
} from "@regulars/core/insights/finding-lists";
import { findingId } from "@regulars/core/insights/finding";
import type { FormerFinding } from "@regulars/core/insights/stored-finding";
import type { TenantMeasures } from "@regulars/core/insights/tenant-measures";
import type { Customer } from "@regulars/core/customers/customer";
import { ownerIdOf } from "@regulars/core/customers/list-scope";
import type { NightlyRecord, NightlyStore } from "@regulars/core/nightly/nightly-store";
import { compareText } from "@regulars/core/platform/compare";
import type { CustomerId, Day, UserId } from "@regulars/core/platform/values";
import type { AsOf } from "@regulars/core/snapshots/as-of";
import type { Tenant } from "@regulars/core/tenants/tenant";

/** What findings are evaluated with, besides the customers' records and the tenant's items, links and persons. */
export interface EvaluatedWith {
  readonly tenant: Tenant;
  readonly catalog: InsightCatalog;
  readonly users: Iterable<UserId>;
  readonly measures: TenantMeasures | undefined;
  readonly at: AsOf;
}

export const evaluatedWith = ({ tenant, catalog, users, measures, at }: EvaluatedWith): object => ({
  // Of the tenant its settings.
  tenant: { ...tenant, tenantId: undefined, name: undefined },
  kinds: catalog.kinds.map(({ id }) => id),
  users: [...users].toSorted(compareText),
  measures,
  at: [at.asOf, at.liveOn, at.today],
});

interface OpenList {
  readonly customers: ListedCustomer[];
  readonly toJudge: CustomerId[];
}

interface NightOfLists extends Pick<EvaluatedWith, "tenant" | "catalog" | "at"> {
  readonly asOf: Day;
  readonly kinds: readonly { readonly id: string; readonly readsStatuses: boolean }[];
  readonly users: ReadonlyMap<UserId, unknown>;
}

/** What a nightly run knows after its last customer. */
interface EndOfNight {
  readonly measures: TenantMeasures | undefined;
  /** How many customers it has evaluated. */
  readonly customers: number;
}

/** Collects what a nightly run finds of each customer, and leaves it by owner for whoever reads a list. */
export class FindingListKeeper {
  readonly #night: NightOfLists;
  /** Kinds whose findings change with the customer's statuses, which change without the customer's records. */
  readonly #ofStatuses: ReadonlySet<string>;
  #customers = 0;
  readonly #lists = new Map<ListOwner, OpenList>([[undefined, { customers: [], toJudge: [] }]]);
  /**
   * What other parts of the night have left, unpacked for one owner after the other: all of it may be too much at once.
   */
  readonly #left = new Map<ListOwner, Uint8Array[]>();

  constructor(night: NightOfLists) {
    this.#night = night;
    this.#ofStatuses = new Set(night.kinds.filter(({ readsStatuses }) => readsStatuses).map(({ id }) => id));
  }

  add(customer: Customer, findings: readonly EvaluatedFinding[], stored: readonly FormerFinding[]): void {
    this.#customers += 1;
    if (findings.length === 0) return;
    const { asOf, users } = this.#night;
    const list = this.#listOf(ownerIdOf(customer, (userId) => users.has(userId)));
    if (findings.some(({ kind }) => this.#ofStatuses.has(kind))) list.toJudge.push(customer.customerId);
    else {
      const foundOn = new Map(stored.map((one) => [findingId(one), one.foundOn]));
      list.customers.push({
        customer,
        findings: findings.map((one) => ({ finding: publish(one), foundOn: foundOn.get(one.id) ?? asOf })),
      });
    }
  }

  /** What is collected so far, for the part that continues. */
  state(lists: Pick<FindingLists, "pack" | "unpack">): ListsLeft {
    const packed = this.#owners().map((owner) => [owner, lists.pack(this.#listFor(owner, lists))] as const);
    return { customers: this.#customers, lists: new Map(packed) };
  }

  /** Adds what was collected of other customers. */
  join({ customers, lists }: ListsLeft): void {
    this.#customers += customers;
    for (const [owner, packed] of lists) this.#left.set(owner, [...(this.#left.get(owner) ?? []), packed]);
  }

  /**
   * Stores the lists and returns their version; none when not all customers have been seen. Users who had findings
   * before and have none now get an empty list.
   */
  async keep(
    { findingLists, repsWithFindings }: NightlyStore,
    { measures, customers }: EndOfNight,
  ): Promise<Pick<NightlyRecord, "lists">> {
    if (customers !== this.#customers) return {};
    const { tenant, catalog, users, at } = this.#night;
    const version = await findingLists.versionOf(evaluatedWith({ tenant, catalog, users: users.keys(), measures, at }));
    for (const owner of (await repsWithFindings()) ?? []) this.#listOf(owner);
    const owners = this.#owners();
    const together = this.#left.size === 0 ? [owners] : owners.map((owner) => [owner]);
    for (const some of together)
      await findingLists.keep(new Map(some.map((owner) => [owner, this.#listFor(owner, findingLists)])), version);
    return { lists: version };
  }

  #owners(): readonly ListOwner[] {
    return [...new Set([...this.#lists.keys(), ...this.#left.keys()])];
  }

  #listFor(owner: ListOwner, { unpack }: Pick<FindingLists, "unpack">): FindingList {
    const own = this.#lists.get(owner);
    const all = [...(own === undefined ? [] : [own]), ...(this.#left.get(owner) ?? []).map(unpack)];
    return {
      customers: all
        .flatMap(({ customers }) => customers)
        .toSorted((a, b) => compareText(a.customer.customerId, b.customer.customerId)),
      toJudge: all.flatMap(({ toJudge }) => toJudge).toSorted(compareText),
    };
  }

  #listOf(owner: ListOwner): OpenList {
    const known = this.#lists.get(owner) ?? { customers: [], toJudge: [] };
    this.#lists.set(owner, known);
    return known;
  }
}
