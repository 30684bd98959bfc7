import type { CustomerId } from "@regulars/core/platform/values";
import { customerIdSchema } from "@regulars/core/platform/values";
import { SHARDS } from "../engine/key.ts";
import type { Operations } from "../engine/operations.ts";
import { type WireItem, wirePages } from "../engine/wire.ts";
import type { Keys } from "../keys.ts";
import { PROFILE_LETTER, parseSnapshotSort } from "./keys.ts";

/** The markers of customers by the beginning of their sort keys, in the order of snapshots. */
export type ChangedParts = readonly (readonly [prefix: string, markers: readonly WireItem[]])[];

/** `C#<customer>#` of a sort key. */
export const customerPrefix = (sk: string): string => sk.slice(0, sk.indexOf("#", 2) + 1);

/**
 * The dirty markers of customers. A marker is dirty while the chunk lacks changes, then clean; a nightly run that has
 * kept what it made of the customer forgets it. So the customers with a marker are those that have changed since.
 */
export class Changes {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #seen: WireItem[] = [];

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  /** The markers of a shard; with `willKeep` they can be forgotten once what was read after them is kept. */
  async ofShard(shard: number, willKeep = false): Promise<ChangedParts> {
    const markers = await this.#read(this.#keys.changes(shard), "C#", false);
    if (willKeep) this.#seen.push(...markers);
    return byCustomer(markers);
  }

  async ofCustomer(customerId: CustomerId): Promise<ChangedParts> {
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

  /** Forgets the changes seen, except those of chunks that are still dirty and those that came again since. */
  async forgetSeen(): Promise<void> {
    const seen = this.#seen.splice(0);
    for (let i = 0; i < seen.length; i += AT_ONCE)
      await Promise.all(seen.slice(i, i + AT_ONCE).map((marker) => this.#forget(marker)));
  }

  async #forget({ pk, sk, n, b }: WireItem): Promise<void> {
    const isProfile = parseSnapshotSort(sk?.S ?? "").letter === PROFILE_LETTER;
    await this.#operations.delete(
      { pk: pk?.S ?? "", sk: sk?.S ?? "" },
      {
        ConditionExpression: `n = :count AND b = :birth${isProfile ? "" : " AND c = :count"}`,
        ExpressionAttributeValues: { ":count": Number(n?.N), ":birth": b?.S ?? "" },
      },
    );
  }

  async #read(pk: string, prefix: string, consistent = true): Promise<WireItem[]> {
    const markers: WireItem[] = [];
    const input = {
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
      ExpressionAttributeValues: { ":pk": { S: pk }, ":prefix": { S: prefix } },
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
