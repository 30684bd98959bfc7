import { rowAs } from "@regulars/core/platform/unreadable-row";
import { type ItemLink, type LinkedPair, itemLinkSchema, mirrored, pairName } from "@regulars/core/catalog/item-link";
import { contradictionFault, contradicts, unknownItemFault } from "@regulars/core/catalog/link-rules";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { ContentionError } from "@regulars/core/platform/contention-error";
import type { ItemError } from "@regulars/core/platform/field-error";
import type { NotedOutcome, NoteSaved, SaveCounts, SaveOutcome, Saved } from "@regulars/core/platform/save-counts";
import { writesOf } from "../engine/companion-writes.ts";
import { contentHash } from "../engine/content-hash.ts";
import type { Operations } from "../engine/operations.ts";
import type { StoredItem } from "../engine/own-write.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import { saveOutcomeOf } from "../engine/replace-records.ts";
import { replacing } from "../engine/revision.ts";
import { type ReadToSave, type RecordWrites, saveRecords } from "../engine/save-groups.ts";
import type { Keys } from "../keys.ts";
import type { KnownItems } from "./known-items.ts";

/** The links of one pair of items that are saved together: one, or one for each direction. */
type Pair = readonly ItemLink[];

/** Links between items, one for each pair and direction; the directions of a pair never contradict each other. */
export class ItemLinks {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #knownItems: KnownItems;

  constructor(operations: Operations, keys: Keys, knownItems: KnownItems) {
    this.#operations = operations;
    this.#keys = keys;
    this.#knownItems = knownItems;
  }

  /** Saves links; those of unknown items, and those that contradict their other direction, are returned. */
  async save(
    links: readonly ItemLink[],
    note?: NoteSaved<ItemLink>,
  ): Promise<SaveCounts & { readonly notApplied: ReadonlyMap<ItemLink, ItemError> }> {
    const known = await this.#knownItems(links.flatMap(({ itemId, linkedItemId }) => [itemId, linkedItemId]));
    const notApplied = new Map<ItemLink, ItemError>();
    const usable = links.filter((link) => {
      const fault = unknownItemFault(link, known);
      if (fault !== undefined) notApplied.set(link, fault);
      return fault === undefined;
    });
    const outcomes = new Map<ItemLink, SaveOutcome>();
    const counts = { created: 0, changed: 0, unchanged: 0 };
    const tell = (pair: Pair, outcome: NotedOutcome): void => {
      if (outcome === "overtaken" && note === undefined)
        throw new ContentionError("links between items keep being changed by other writers: try again");
      for (const link of pair) {
        const own = outcomes.get(link) ?? "unchanged";
        if (outcome !== "overtaken") counts[own] += 1;
        note?.(link, outcome === "overtaken" ? outcome : own);
      }
    };
    const companionOf = note?.companionOf;
    await saveRecords<Pair>(this.#operations, pairsOf(usable, notApplied), {
      name: "links between items",
      note: Object.assign(
        tell,
        companionOf === undefined
          ? {}
          : {
              companionOf: (saved: readonly Saved<Pair>[]) =>
                companionOf(saved.flatMap((one) => savedOf(one.record, outcomes))),
            },
      ),
      read: (left) => this.#compare(left, outcomes, notApplied),
    });
    return { ...counts, notApplied };
  }

  async #compare(
    pairs: readonly Pair[],
    outcomes: Map<ItemLink, SaveOutcome>,
    notApplied: Map<ItemLink, ItemError>,
  ): Promise<ReadToSave<Pair>> {
    const items = await this.#operations.batchGet(
      pairs.flatMap(([link]) => (link === undefined ? [] : [this.#keyOf(link), this.#keyOf(mirrored(link))])),
    );
    const stored = new Map(items.map((item) => [String(item["sk"]), item]));
    const unchanged: Pair[] = [];
    const differing: RecordWrites<Pair>[] = [];
    for (const pair of pairs) {
      const fault = this.#contradictionOf(pair, stored);
      if (fault !== undefined) {
        for (const link of pair) notApplied.set(link, fault);
        continue;
      }
      for (const link of pair) outcomes.set(link, outcomeOf(link, stored.get(this.#keyOf(link).sk)));
      if (pair.every((link) => outcomes.get(link) === "unchanged")) unchanged.push(pair);
      else
        differing.push({
          record: pair,
          outcome: pair.some((link) => outcomes.get(link) === "changed") ? "changed" : "created",
          writes: this.#writesOf(pair, stored),
          shared: new Map(),
          groupKey: 0,
        });
    }
    return { unchanged, differing };
  }

  /** How a link contradicts the stored one of the other direction, unless that is saved with it. */
  #contradictionOf([link, ...others]: Pair, stored: ReadonlyMap<string, StoredItem>): ItemError | undefined {
    if (link === undefined || others.length > 0) return undefined;
    const item = stored.get(this.#keyOf(mirrored(link)).sk);
    const mirror = item === undefined ? undefined : rowAs(itemLinkSchema, item);
    return mirror !== undefined && contradicts(link, mirror) ? contradictionFault(link, mirror) : undefined;
  }

  /** Each link as it was read is replaced; the other direction is still as it was read. */
  #writesOf(pair: Pair, stored: ReadonlyMap<string, StoredItem>): TransactWrite[] {
    const puts = pair.map((link) => {
      const key = this.#keyOf(link);
      return { Put: replacing({ ...key, ...link }, stored.get(key.sk)) };
    });
    const [link] = pair;
    if (link === undefined || pair.length > 1) return puts;
    const mirror = this.#keyOf(mirrored(link));
    return [...puts, { ConditionCheck: { Key: mirror, ...ratioAsRead(stored.get(mirror.sk)) } }];
  }

  /** The links of a pair, in either direction. */
  async ofPair(pair: LinkedPair): Promise<ItemLink[]> {
    const items = await this.#operations.batchGet([this.#keyOf(pair), this.#keyOf(mirrored(pair))]);
    return items.map((item) => rowAs(itemLinkSchema, item));
  }

  /** The writes that add the first link of a pair, on the condition that nobody has linked it. */
  adding(link: ItemLink): readonly TransactWrite[] {
    return this.#writesOf([link], new Map());
  }

  async find(pair: LinkedPair): Promise<ItemLink | undefined> {
    const item = await this.#operations.get(this.#keyOf(pair));
    return item === undefined ? undefined : rowAs(itemLinkSchema, item);
  }

  /** Whether there was such a link. */
  remove(pair: LinkedPair, companion?: CompanionWrites): Promise<boolean> {
    const Delete = { Key: this.#keyOf(pair), ConditionExpression: "attribute_exists(pk)" };
    return this.#operations.transact([{ Delete }, ...writesOf(companion)]);
  }

  /** All links of the tenant, by item and linked item. */
  async list(): Promise<ItemLink[]> {
    const links: ItemLink[] = [];
    for await (const item of this.#operations.partition(this.#keys.links())) links.push(rowAs(itemLinkSchema, item));
    return links;
  }

  #keyOf({ itemId, linkedItemId }: LinkedPair) {
    return this.#keys.link(itemId, linkedItemId);
  }
}

const outcomeOf = (link: ItemLink, item: StoredItem | undefined): SaveOutcome =>
  saveOutcomeOf(item && contentHash(rowAs(itemLinkSchema, item)), contentHash(link));

const savedOf = (pair: Pair, outcomes: ReadonlyMap<ItemLink, SaveOutcome>): readonly Saved<ItemLink>[] =>
  pair.flatMap((record) => {
    const outcome = outcomes.get(record);
    return outcome === undefined || outcome === "unchanged" ? [] : [{ record, outcome }];
  });

/** The condition that a link still has the ratio that it was read with (`undefined`: there was none). */
function ratioAsRead(item: StoredItem | undefined) {
  if (item === undefined) return { ConditionExpression: "attribute_not_exists(pk)" };
  const { ratio, linkedRatio } = rowAs(itemLinkSchema, item);
  return {
    ConditionExpression: "ratio = :ratio AND linkedRatio = :linkedRatio",
    ExpressionAttributeValues: { ":ratio": ratio, ":linkedRatio": linkedRatio },
  };
}

/** Links by pair; a link that contradicts one given before it for the other direction is refused. */
function pairsOf(links: readonly ItemLink[], notApplied: Map<ItemLink, ItemError>): readonly Pair[] {
  return [...Map.groupBy(links, pairName).values()].map((pair) => {
    const [first, second] = pair;
    if (first === undefined || second === undefined || !contradicts(second, first)) return pair;
    notApplied.set(second, contradictionFault(second, first));
    return [first];
  });
}
