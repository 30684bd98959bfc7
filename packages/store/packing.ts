import { type NamelessWrite, TRANSACTION_BYTES, TRANSACTION_WRITES } from "./operations.ts";

/** Writes that belong together, and writes they share with their neighbours (a mark), told apart by name. */
export interface WriteGroup {
  readonly writes: readonly NamelessWrite[];
  readonly shared: ReadonlyMap<string, NamelessWrite>;
}

/** Groups packed into as few transactions as their limits allow; a group is never split, a shared write stands once. */
export function packTransactions<G extends WriteGroup>(
  groups: readonly G[],
): { groups: G[]; writes: NamelessWrite[] }[] {
  const packs: { groups: G[]; writes: NamelessWrite[]; shared: Map<string, NamelessWrite>; bytes: number }[] = [];
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

/** Runs `work` over the list, at most `width` at once. */
export async function inParallel<T>(list: readonly T[], width: number, work: (one: T) => Promise<void>): Promise<void> {
  const queue = list.values();
  const worker = async (): Promise<void> => {
    for (const one of queue) await work(one);
  };
  await Promise.all(Array.from({ length: Math.min(width, list.length) }, worker));
}
