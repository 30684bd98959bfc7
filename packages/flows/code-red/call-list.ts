import type { CallListHead, CallListShard, ComparedCustomer } from "@regulars/core/code-red/call-list";
import { type ComparisonPlan, planComparisons } from "@regulars/core/code-red/plan";
import type { CodeRedSettings } from "@regulars/core/code-red/settings";
import { codeRedSettingsOf } from "@regulars/core/code-red/tenant-settings";
import type { CustomerSnapshot } from "@regulars/core/insights/customer-snapshot";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { CustomerId } from "@regulars/core/platform/values";
import type { AsOf } from "@regulars/core/snapshots/as-of";
import type { SetAsideCustomer } from "@regulars/core/snapshots/unreadable-customer";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { mapConcurrent } from "../platform/map-concurrent.ts";
import {
  type CompareInput,
  type ComparedTenant,
  compareCustomers,
  comparisonOf,
  readOn,
  together,
} from "./compare-customers.ts";

type Compared = Pick<Tenant, "closures" | "currency">;

/**
 * What comparisons depend on besides the customers' records, the catalog and the day. Who is left out or hidden is
 * decided when the list is read.
 */
const madeWith = ({ closures, currency }: Compared, settings: CodeRedSettings, { liveOn }: AsOf) => ({
  closures,
  currency,
  // A night that runs later than on the next morning has not read who was called then.
  liveOn: liveOn ?? null,
  settings: Object.entries(settings).filter(([name]) => !OF_THE_LIST.test(name)),
});

const OF_THE_LIST = /^(exclude|ignore|untilWorse)/;

/** What one thread of a nightly run has collected: shards as they are stored, and what all was compared with. */
export interface PackedCallList {
  readonly version: string;
  readonly shards: ReadonlyMap<number, Uint8Array>;
}

/** Collects the comparisons of a nightly run, which reads all customers anyway, and leaves them for the list. */
export class CallListKeeper {
  readonly #tenant: Tenant;
  readonly #at: AsOf;
  readonly #settings: CodeRedSettings;
  readonly #plan: ComparisonPlan;
  readonly #shards = new Map<number, { readonly customers: ComparedCustomer[]; readonly unread: CustomerId[] }>();
  readonly #packed = new Map<number, Uint8Array>();
  readonly #versions = new Set<string>();

  constructor(tenant: Tenant, at: AsOf) {
    this.#tenant = tenant;
    this.#at = at;
    this.#settings = codeRedSettingsOf(tenant);
    this.#plan = planComparisons(at.asOf, this.#settings, tenant.closures);
  }

  /** A customer that cannot be compared is left to whoever reads the list. */
  add(shard: number, snapshot: CustomerSnapshot): void {
    try {
      const one = comparisonOf(snapshot, this.#plan);
      if (one !== undefined) this.#of(shard).customers.push(one);
    } catch {
      this.unread(shard, snapshot.customer.customerId);
    }
  }

  unread(shard: number, customerId: CustomerId): void {
    this.#of(shard).unread.push(customerId);
  }

  /** Stores what differs from the last run's list. */
  async keep(store: NightlyStore, last: CallListHead | undefined): Promise<CallListHead> {
    const hashes = store.shards.map((shard) => this.keepShard(store, shard, last));
    const versions = new Set([await this.version(store), ...this.#versions]);
    // Comparisons that were made with different things are of no version that a list has.
    return { version: [...versions].join(" "), shards: await Promise.all(hashes) };
  }

  /** The shards that have ended, for whoever keeps those of several threads. */
  async packed(store: Pick<NightlyStore, "callList">): Promise<PackedCallList> {
    return { version: await this.version(store), shards: this.#packed };
  }

  /** Adds shards that have ended in another thread. */
  joinPacked({ version, shards }: PackedCallList): void {
    this.#versions.add(version);
    for (const [shard, packed] of shards) this.#packed.set(shard, packed);
  }

  /** After the last customer of a shard, so that a night need not hold the comparisons of all shards. */
  endShard({ callList }: Pick<NightlyStore, "callList">, shard: number): void {
    this.#packed.set(shard, callList.pack(this.#of(shard)));
    this.#shards.delete(shard);
  }

  keepShard({ callList }: Pick<NightlyStore, "callList">, shard: number, last: CallListHead | undefined) {
    const packed = this.#packed.get(shard) ?? callList.pack(this.#of(shard));
    return callList.keep(shard, packed, last?.shards[shard]);
  }

  version({ callList }: Pick<NightlyStore, "callList">): Promise<string> {
    return callList.versionOf(madeWith(this.#tenant, this.#settings, this.#at));
  }

  state(shard: number): CallListShard {
    return this.#of(shard);
  }

  /** Adds what was collected of the shard's first customers, before any of those that follow. */
  join(shard: number, { customers, unread }: CallListShard): void {
    this.#of(shard).customers.push(...customers);
    this.#of(shard).unread.push(...unread);
  }

  #of(shard: number) {
    const known = this.#shards.get(shard) ?? { customers: [], unread: [] };
    this.#shards.set(shard, known);
    return known;
  }
}

/** With more customers to compute again than this share of all, reading all of them at once is quicker. */
const MOST_AGAIN_SHARE = 0.05;
const FEW_AGAIN = 50;

/** Every customer compared on a day: as the last nightly run left it with what has changed since, or else afresh. */
export async function comparedTenant(input: CompareInput): Promise<ComparedTenant> {
  const { tenant, store, asOf, settings } = input;
  const { callList } = store;
  // Before the record: a later nightly run forgets changes only after it has replaced the record.
  const changed = await callList.changed();
  const nightly = await store.lastNightly();
  const head = nightly?.asOf === asOf ? nightly.callList : undefined;
  if (head === undefined || head.version !== (await callList.versionOf(madeWith(tenant, settings, readOn(asOf)))))
    return compareCustomers(input);
  const shards = await Promise.all(store.shards.map((shard) => callList.read(shard, head.shards[shard] ?? "")));
  if (!shards.every((shard) => shard !== undefined)) return compareCustomers(input);
  const nameOf = (customerId: CustomerId): string => `${asOf} ${head.version} ${changed.get(customerId) ?? ""}`;
  const left = [...changed.keys()].filter((customerId) => callList.again.find(nameOf(customerId)) === undefined);
  const unread = shards.flatMap((shard) => shard.unread).filter((customerId) => !changed.has(customerId));
  const customers = shards.reduce((sum, shard) => sum + shard.customers.length, 0);
  if (left.length + unread.length > Math.max(FEW_AGAIN, customers * MOST_AGAIN_SHARE)) {
    const all = await compareCustomers(input);
    const broken = new Set(all.setAside.map(({ customerId }) => customerId));
    for (const customerId of left)
      if (!broken.has(customerId)) callList.again.keep(nameOf(customerId), all.customers.get(customerId));
    return all;
  }
  const name = [asOf, head.version, JSON.stringify(settings), ...changed.values()].join(" ");
  const known = lastCompared.get(shards);
  if (known?.name === name) return known.compared;
  const compared = await withChanged(input, shards, { changed, unread, nameOf });
  if (unread.length === 0 && compared.setAside.length === 0) lastCompared.keep(shards, name, compared);
  return compared;
}

/** What was last put together of the same shards: as long as nothing changes, lists are made of the same comparisons. */
class LastCompared {
  readonly #byFirst = new WeakMap<
    CallListShard,
    { readonly shards: readonly CallListShard[]; readonly name: string; readonly compared: ComparedTenant }
  >();

  get(shards: readonly CallListShard[]) {
    const [first] = shards;
    const known = first === undefined ? undefined : this.#byFirst.get(first);
    return known?.shards.every((shard, i) => shard === shards[i]) === true ? known : undefined;
  }

  keep(shards: readonly CallListShard[], name: string, compared: ComparedTenant): void {
    const [first] = shards;
    if (first !== undefined) this.#byFirst.set(first, { shards, name, compared });
  }
}

const lastCompared = new LastCompared();

interface ChangedCustomers {
  readonly changed: ReadonlyMap<CustomerId, string>;
  readonly unread: readonly CustomerId[];
  /** A name of everything that the comparison of a changed customer depends on. */
  readonly nameOf: (customerId: CustomerId) => string;
}

async function withChanged(
  { tenant, store, asOf, settings }: CompareInput,
  shards: readonly CallListShard[],
  { changed, unread, nameOf }: ChangedCustomers,
): Promise<ComparedTenant> {
  const plan = planComparisons(asOf, settings, tenant.closures);
  const setAside: SetAsideCustomer[] = [];
  const compareAgain = async (customerId: CustomerId): Promise<ComparedCustomer | undefined> => {
    let isBroken = false;
    const snapshot = await store.snapshotOf(customerId, readOn(asOf), (customer) => {
      isBroken = true;
      setAside.push(customer);
    });
    const one = snapshot === undefined ? undefined : comparisonOf(snapshot, plan);
    if (!isBroken && changed.has(customerId)) store.callList.again.keep(nameOf(customerId), one);
    return one;
  };
  const again = await mapConcurrent([...changed.keys(), ...unread], async (customerId) => {
    const known = changed.has(customerId) ? store.callList.again.find(nameOf(customerId)) : undefined;
    return known === undefined ? compareAgain(customerId) : known.one;
  });
  const kept = shards.flatMap(({ customers }) => customers);
  const unchanged = changed.size === 0 ? kept : kept.filter(({ customer }) => !changed.has(customer.customerId));
  return together(plan, [...unchanged, ...again.filter((one) => one !== undefined)], setAside);
}
