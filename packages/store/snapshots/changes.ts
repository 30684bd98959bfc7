import type { SeenChange } from "@regulars/core/code-red/call-list";
import type { CustomerId } from "@regulars/core/platform/values";
import { customerIdSchema } from "@regulars/core/platform/values";
import { SHARDS } from "../engine/key.ts";
import type { Operations } from "../engine/operations.ts";
import { type WireItem, wirePages } from "../engine/wire.ts";
import type { Keys } from "../keys.ts";
import { PROFILE_LETTER, afterPrefix, parseSnapshotSort } from "./keys.ts";

/** The markers of customers by the beginning of their sort keys, in the order of snapshots. */
export type ChangedParts = readonly (readonly [prefix: string, markers: readonly WireItem[]])[];

/** `C#<customer>#` of a sort key. */
export const customerPrefix = (sk: string): string => sk.slice(0, sk.indexOf("#", 2) + 1);

/** The customers with a marker, where they are known as they are now. */
type Known = () => Promise<ReadonlyMap<CustomerId, string>> | undefined;

/**
 * The dirty markers of customers. A marker is dirty while the chunk lacks changes, then clean; a nightly run that has
 * kept what it made of the customer forgets it. So the customers with a marker are those that have changed since.
 */
export class Changes {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #known: Known;
  readonly #seen: WireItem[] = [];

  constructor(operations: Operations, keys: Keys, known: Known = () => undefined) {
    this.#operations = operations;
    this.#keys = keys;
    this.#known = known;
  }

  /**
   * The markers of a shard, from a place in the order of customers; with `willKeep` they can be forgotten once what was
   * read after them is kept.
   */
  async ofShard(shard: number, willKeep = false, from = "C#"): Promise<ChangedParts> {
    const markers = await this.#read(this.#keys.changes(shard), "C#", { from, consistent: false });
    if (willKeep) this.#seen.push(...markers);
    return byCustomer(markers);
  }

  async ofCustomer(customerId: CustomerId): Promise<ChangedParts> {
    if ((await this.#known())?.has(customerId) === false) return [];
    const { prefix } = this.#keys.snapshot(customerId);
    return byCustomer(await this.#read(this.#keys.changesOf(customerId), prefix));
  }

  /**
   * The customers that have changed since a nightly run forgot the changes, with a text that differs after each further
   * change.
   */
  async customers(): Promise<Map<CustomerId, string>> {
    const shards = Array.from({ length: SHARDS }, (_, shard) => this.#read(this.#keys.changes(shard), "C#"));
    const markers = byCustomer((await Promise.all(shards)).flat());
    return new Map(
      markers.map(([prefix, own]) => [
        customerIdSchema.parse(parseSnapshotSort(prefix).customerId),
        own.map(({ sk, n, b }) => `${sk?.S ?? ""} ${n?.N ?? ""} ${b?.S ?? ""}`).join(" "),
      ]),
    );
  }

  /** The changes seen, for another process to forget; up to a customer, when those that follow were not read. */
  takeSeen(until?: CustomerId): SeenChange[] {
    const end = until === undefined ? undefined : afterPrefix(this.#keys.snapshot(until).prefix);
    const seen = this.#seen.splice(0).map(({ pk, sk, n, b }) => ({
      pk: pk?.S ?? "",
      sk: sk?.S ?? "",
      count: Number(n?.N),
      generation: b?.S ?? "",
    }));
    return end === undefined ? seen : seen.filter(({ sk }) => sk < end);
  }

  /** Forgets changes that were seen, except those of chunks that are still dirty and those that came again since. */
  async forget(seen: readonly SeenChange[]): Promise<void> {
    for (let i = 0; i < seen.length; i += AT_ONCE)
      await Promise.all(seen.slice(i, i + AT_ONCE).map((marker) => this.#forget(marker)));
  }

  async #forget({ pk, sk, count, generation }: SeenChange): Promise<void> {
    const isProfile = parseSnapshotSort(sk).letter === PROFILE_LETTER;
    await this.#operations.delete(
      { pk, sk },
      {
        ConditionExpression: `n = :count AND b = :generation${isProfile ? "" : " AND c = :count"}`,
        ExpressionAttributeValues: { ":count": count, ":generation": generation },
      },
    );
  }

  async #read(pk: string, prefix: string, { from = prefix, consistent = true } = {}): Promise<WireItem[]> {
    const markers: WireItem[] = [];
    const input = {
      KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :end",
      ExpressionAttributeValues: { ":pk": { S: pk }, ":from": { S: from }, ":end": { S: afterPrefix(prefix) } },
      ConsistentRead: consistent,
    };
    for await (const page of wirePages(this.#operations.table, input, this.#operations.usage)) markers.push(...page);
    return markers;
  }
}

const AT_ONCE = 25;

const byCustomer = (markers: readonly WireItem[]): ChangedParts => [
  ...Map.groupBy(markers, ({ sk }) => customerPrefix(sk?.S ?? "")),
];
