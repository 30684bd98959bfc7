import { type TransactWrite, TRANSACTION_BYTES, TRANSACTION_WRITES } from "./operations.ts";

/** Transactions that run at once. */
const GROUP_COUNT = 8;

/** Writes that belong together, and writes they share with their neighbours (a mark), told apart by name. */
export interface WriteGroup {
  readonly writes: readonly TransactWrite[];
  readonly shared: ReadonlyMap<string, TransactWrite>;
}

/** Groups packed into as few transactions as their limits allow; a group is never split, a shared write stands once. */
export function packTransactions<G extends WriteGroup>(
  groups: readonly G[],
): { groups: G[]; writes: TransactWrite[] }[] {
  const packs: { groups: G[]; writes: TransactWrite[]; shared: Map<string, TransactWrite>; bytes: number }[] = [];
  for (const group of groups) {
    const bytes = JSON.stringify(group.writes).length;
    let pack = packs.at(-1);
    const shared = [...group.shared.keys()].filter((name) => pack?.shared.has(name) !== true).length;
    const size = (pack?.writes.length ?? 0) + (pack?.shared.size ?? 0) + group.writes.length + shared;
    if (pack === undefined || size > TRANSACTION_WRITES || pack.bytes + bytes > TRANSACTION_BYTES) {
      pack = { groups: [], writes: [], shared: new Map(), bytes: 0 };
      packs.push(pack);
    }
    pack.groups.push(group);
    pack.writes.push(...group.writes);
    for (const [name, write] of group.shared) pack.shared.set(name, write);
    pack.bytes += bytes;
  }
  return packs.map(({ groups: members, writes, shared }) => ({
    groups: members,
    writes: [...writes, ...shared.values()],
  }));
}

/**
 * Runs transactions: those of one group one after the other, because they share marks and would conflict, groups beside
 * each other. After a fault no further one is begun, and none is left running.
 */
export async function runGrouped<G extends WriteGroup>(
  groups: readonly G[],
  groupKeyOf: (group: G) => number,
  work: (pack: { groups: G[]; writes: TransactWrite[] }) => Promise<void>,
): Promise<void> {
  const byKey = Map.groupBy(groups, (group) => groupKeyOf(group) % GROUP_COUNT);
  let isFaulty = false;
  const results = await Promise.allSettled(
    [...byKey.values()].map(async (groupKey) => {
      for (const pack of packTransactions(groupKey)) {
        if (isFaulty) return;
        try {
          await work(pack);
        } catch (error) {
          isFaulty = true;
          throw error;
        }
      }
    }),
  );
  const fault = results.find((result) => result.status === "rejected");
  if (fault !== undefined) throw fault.reason;
}
