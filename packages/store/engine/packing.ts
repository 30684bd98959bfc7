import { type TransactWrite, TRANSACTION_BYTES, TRANSACTION_WRITES } from "./transact-write.ts";

/** Groups of transactions that run in parallel. */
const GROUP_COUNT = 8;

/**
 * Writes that must be in one transaction, and `shared` writes by name (a dirty marker), which several groups have in
 * common.
 */
export interface WriteGroup {
  readonly writes: readonly TransactWrite[];
  readonly shared: ReadonlyMap<string, TransactWrite>;
  /** The size of its writes as JSON, where it is known. */
  readonly bytes?: number | undefined;
}

/**
 * Packs groups into as few transactions as the limits allow. A group is never split; a transaction has each shared
 * write once. `reserved` writes are left free in each.
 */
export function packTransactions<G extends WriteGroup>(
  groups: readonly G[],
  reserved = 0,
): { groups: G[]; writes: TransactWrite[] }[] {
  const packs: { groups: G[]; writes: TransactWrite[]; shared: Map<string, TransactWrite>; bytes: number }[] = [];
  for (const group of groups) {
    const bytes = group.bytes ?? JSON.stringify(group.writes).length;
    let pack = packs.at(-1);
    const shared = [...group.shared.keys()].filter((name) => pack?.shared.has(name) !== true).length;
    const size = (pack?.writes.length ?? 0) + (pack?.shared.size ?? 0) + group.writes.length + shared;
    if (pack === undefined || size > TRANSACTION_WRITES - reserved || pack.bytes + bytes > TRANSACTION_BYTES) {
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
 * Runs transactions: in sequence within a group key, because they share dirty markers and would conflict, in parallel
 * across keys. After an error no new one is started, and the running ones are awaited.
 */
export async function runGrouped<G extends WriteGroup>(
  groups: readonly G[],
  groupKeyOf: (group: G) => number,
  work: (pack: { groups: G[]; writes: TransactWrite[] }) => Promise<void>,
  reserved = 0,
): Promise<void> {
  const byKey = Map.groupBy(groups, (group) => groupKeyOf(group) % GROUP_COUNT);
  let isFaulty = false;
  const results = await Promise.allSettled(
    [...byKey.values()].map(async (groupKey) => {
      for (const pack of packTransactions(groupKey, reserved)) {
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
