import type { ColumnPage, ColumnPart } from "@regulars/core/boards/board-store";
import type { Deal } from "@regulars/core/deals/deal";
import type { PlanId } from "@regulars/core/platform/ids";
import { LRUCache } from "lru-cache";
import { contentHash } from "../engine/content-hash.ts";
import { keyOfManager } from "../engine/key.ts";
import type { StoredItem } from "../engine/own-write.ts";

/**
 * For how long a process must have seen the same counters before it keeps a page of a column under them, ms: the index
 * that columns are read from follows the deals a moment later.
 */
const SETTLED_MS = 60_000;
/** Then a page is read again all the same, ms. */
const KEPT_MS = 120_000;
/** Most deals that a process keeps: about 20 MB. */
const MOST_DEALS = 20_000;
const MOST_SEEN = 20_000;

/** When this process first saw counters, by its monotonic clock. */
const firstSeen = new LRUCache<string, number>({ max: MOST_SEEN });
const pages = new LRUCache<string, readonly Deal[]>({
  maxSize: MOST_DEALS,
  ttl: KEPT_MS,
  sizeCalculation: ({ length }) => length + 1,
});

/**
 * The columns that a process has read, for requests that only read: every change of a deal changes the counters of its
 * manager in the same transaction, so a page is as it was while they are. Whoever reads the counters first need not read
 * the deals again.
 */
export class KeptColumns {
  /** What this request has read of counters: by plan, those of each manager. */
  readonly #read = new Map<PlanId, ReadonlyMap<string, string>>();

  /** Notes the rows of a plan's counters, read just now. */
  note(planId: PlanId, rows: readonly StoredItem[]): void {
    // One that was last changed before changes were counted says nothing.
    const isCounted = rows.every(({ v }) => v !== undefined);
    const named = rows.map((row): [string, string] => [String(row["sk"]), contentHash(row)]);
    this.#read.set(planId, new Map(isCounted ? named : []));
  }

  async page(
    planId: PlanId,
    part: ColumnPart,
    page: ColumnPage,
    read: () => Promise<Deal[]>,
  ): Promise<readonly Deal[]> {
    const counted = this.#countersOf(planId, part);
    if (counted === undefined || !isSettled(counted)) return read();
    const name = `${counted} ${JSON.stringify([part, page])}`;
    const known = pages.get(name);
    if (known !== undefined) return known;
    const deals = await read();
    pages.set(name, deals);
    return deals;
  }

  /** The counters that change with the deals of a part of a column: its manager's, or everybody's. */
  #countersOf(planId: PlanId, { managerId }: ColumnPart): string | undefined {
    const rows = this.#read.get(planId);
    if (rows === undefined || rows.size === 0) return undefined;
    return managerId === undefined ? contentHash([...rows.values()]) : rows.get(keyOfManager(managerId ?? undefined));
  }
}

function isSettled(counted: string): boolean {
  const now = performance.now();
  const since = firstSeen.get(counted) ?? now;
  firstSeen.set(counted, since);
  return now - since >= SETTLED_MS;
}
