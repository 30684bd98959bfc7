import { rowAs } from "@regulars/core/platform/unreadable-row";
import { ErasureCounts, type ErasureReport, type ErasureSubject } from "@regulars/core/erasure/erasure";
import { dealSchema, type Deal } from "@regulars/core/deals/deal";
import { ContentionError } from "@regulars/core/platform/contention-error";
import { customerIdSchema, type Instant, instantSchema } from "@regulars/core/platform/values";
import { putDeal, putLog, unchanged } from "../deals/deal-writes.ts";
import { CounterDelta } from "../deals/deal-counts.ts";
import { DirtyBlocks } from "../deals/dirty-blocks.ts";
import { type Key, shardOf } from "../engine/key.ts";
import type { Operations } from "../engine/operations.ts";
import { type StoredItem, mustBeNew } from "../engine/own-write.ts";
import { pauseToReread } from "../engine/pause.ts";
import type { Keys } from "../keys.ts";
import { logRow } from "../notifications/notification-log.ts";
import { PROFILE_LETTER, parseSnapshotSort } from "../snapshots/keys.ts";
import { projections, markKey } from "../snapshots/projections.ts";
import { markDirty } from "../customers/document-ids.ts";
import type { Found } from "./find-traces.ts";
import type { AtItem, Fate } from "./fate.ts";
import { type FamilyFate, fates, otherFate } from "./item-fates.ts";
import { replaceItem } from "./replace-item.ts";

/** How often an item that others keep changing is read again. */
const MAX_ROUNDS = 8;
/** Items that are changed side by side. */
const AT_ONCE = 16;

interface ErasureInput {
  readonly subject: ErasureSubject;
  readonly found: Found;
  /** The items to look at; each at least once. */
  readonly items: AsyncIterable<StoredItem>;
  /** Who erases, for the logs of deals, and when. */
  readonly actorId: string;
  readonly requestId: string;
  readonly at: Instant;
  /** Counts only. */
  readonly isDry: boolean;
}

/** Goes through a tenant's items and removes or blanks what tells of somebody. Run again, it changes nothing more. */
export class Eraser {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #input: ErasureInput;
  readonly #counts = new ErasureCounts();
  readonly #removedNotifications = new Set<string>();
  readonly #logRows: StoredItem[] = [];
  /** Items that lead to others, by when it is their turn. */
  readonly #leading = new Map<number, StoredItem[]>();
  /** Items that are made anew, by their keys. */
  readonly #madeAnew: Key[] = [];

  constructor(operations: Operations, keys: Keys, input: ErasureInput) {
    this.#operations = operations;
    this.#keys = keys;
    this.#input = input;
  }

  async run(): Promise<ErasureReport> {
    const waiting: StoredItem[] = [];
    const flush = async (): Promise<void> => {
      await Promise.all(waiting.splice(0).map((item) => this.#eraseFrom(item)));
    };
    for await (const item of this.#input.items) {
      const turn = turnOf(item, this.#input);
      if (fateOf(item).isMadeAnew) this.#madeAnew.push(keyOf(item));
      else if (familyOf(item) === "OUTLOG") this.#logRows.push({ pk: item["pk"], sk: item["sk"], id: item["id"] });
      else if (turn === undefined) waiting.push(item);
      else this.#keepForLater(item, turn);
      if (waiting.length >= AT_ONCE) await flush();
    }
    await flush();
    await this.#removeLogRows();
    await this.#removeMadeAnew();
    for (const [, items] of [...this.#leading].toSorted(([a], [b]) => a - b))
      for (const item of items) await this.#eraseFrom(item);
    const { subject } = this.#input;
    return { subject, kinds: this.#counts.kinds() };
  }

  #keepForLater(item: StoredItem, turn: number): void {
    const fate = fateOf(item).rule(item, this.#at(item));
    if (fate === "keep") return;
    if (familyOf(item) === "OUT") this.#noteNotification(item, fate);
    const others = (this.#leading.get(turn) ?? []).filter(({ pk, sk }) => pk !== item["pk"] || sk !== item["sk"]);
    this.#leading.set(turn, [...others, item]);
  }

  async #eraseFrom(given: StoredItem): Promise<void> {
    const { kind, rule } = fateOf(given);
    let item: StoredItem | undefined = given;
    for (let round = 0; item !== undefined; round += 1) {
      const fate = rule(item, this.#at(item));
      if (fate === "keep") return;
      if (this.#input.isDry || (await this.#apply(item, fate))) {
        this.#counts.add(kind, fate === "remove" ? "removed" : "blanked");
        return;
      }
      if (round === MAX_ROUNDS)
        throw new ContentionError(`${String(given["sk"])} keeps being changed by other writers`);
      await pauseToReread(round);
      item = await this.#operations.get(keyOf(given));
    }
  }

  #at(item: StoredItem): AtItem {
    const { traces, customerId } = this.#input.found;
    const shards = new Set(customerId === undefined ? [] : [shardOf(customerId)]);
    return { traces, rest: restOf(item), sk: String(item["sk"]), shards };
  }

  async #apply(item: StoredItem, fate: Exclude<Fate, "keep">): Promise<boolean> {
    const family = familyOf(item);
    if (fate === "remove") {
      await this.#operations.delete(keyOf(item));
      return true;
    }
    if (family === "DEAL" && item["sk"] === "DEAL")
      return this.#blankDeal(rowAs(dealSchema, item), dealSchema.parse(fate));
    if (fate["sk"] !== item["sk"]) return this.#rename(item, fate);
    await this.#markYear(family, item);
    return replaceItem(this.#operations, item, fate);
  }

  #noteNotification(item: StoredItem, fate: Exclude<Fate, "keep">): void {
    if (fate === "remove" || fate["sk"] !== item["sk"]) this.#removedNotifications.add(String(item["id"]));
  }

  /** A notification under another id, with a row of the log for it. */
  async #rename(item: StoredItem, after: StoredItem): Promise<boolean> {
    const given = { id: String(after["id"]), dueAt: instantSchema.parse(after["dueAt"]) };
    return this.#operations.transact([
      { Delete: { Key: keyOf(item), ConditionExpression: "attribute_exists(pk)" } },
      { Put: { Item: { ...after, ...keyOf(after) }, ...mustBeNew } },
      { Put: { Item: logRow(this.#keys, () => Number(after["expiresAt"]), given) } },
    ]);
  }

  /** With a further version and an entry of its log, like any change of a deal; no event tells of it. */
  async #blankDeal(before: Deal, blank: Deal): Promise<boolean> {
    const { at, actorId, requestId } = this.#input;
    const after = { ...blank, version: before.version + 1, changedAt: at };
    const blocks = new DirtyBlocks();
    blocks.note(after);
    const counts = new CounterDelta();
    counts.change(before, after);
    const entry = { dealId: after.dealId, version: after.version, action: "updated", at, actorId, requestId } as const;
    return this.#operations.transact([
      putDeal(this.#keys, after, unchanged(before.version)),
      putLog(this.#keys, entry),
      ...counts.writes(this.#keys, after.planId),
      ...blocks.writes(this.#keys),
    ]);
  }

  /** A record of a customer who stays is blanked: its year is packed again. */
  async #markYear(family: string, item: StoredItem): Promise<void> {
    const event = EVENTS[family];
    const projection = projections.find((one) => one.event === event);
    if (event === undefined || projection === undefined) return;
    const customerId = customerIdSchema.parse(item["customerId"]);
    const year = Number(String(item["sk"]).slice(0, 4));
    await this.#operations.transact([markDirty(markKey(this.#keys, projection, customerId, year))]);
  }

  /** Before the last that tells of them, so that a stopped erasure finds these too; of nobody, nothing is made anew. */
  async #removeMadeAnew(): Promise<void> {
    if (this.#leading.size === 0 && this.#counts.kinds().length === 0) return;
    for (const key of this.#madeAnew) {
      const item = await this.#operations.get(key);
      if (item !== undefined) await this.#eraseFrom(item);
    }
  }

  async #removeLogRows(): Promise<void> {
    const gone = this.#logRows.filter(({ id }) => this.#removedNotifications.has(String(id)));
    if (gone.length === 0) return;
    this.#counts.add("notification log", "removed", gone.length);
    if (!this.#input.isDry) await this.#operations.batchDelete(gone.map(keyOf));
  }
}

/**
 * Items that lead to others are erased after those, one turn after the other, so that an erasure that was stopped finds the
 * rest when it is run again: notifications lead to rows of their log, introductions to notifications, persons to contacts
 * and addresses, contacts to deals. A person is found by the row of their id; those of a customer by themselves.
 * `undefined` for items that lead to none.
 */
function turnOf(
  item: StoredItem,
  { subject, found: { leadingKeys } }: Pick<ErasureInput, "subject" | "found">,
): number | undefined {
  const isCustomer = subject.type === "customer";
  const [family, sk] = [familyOf(item), String(item["sk"])];
  if (family === "OUT") return 1;
  if (family === "PROJ" || family === "INTRO") return 2;
  if (family === "PER" && sk === "PERSON") return 3;
  if (family === "WHO" && leadingKeys.has(String(item["pk"]))) return 4;
  if (family === "LEAD") return 5;
  if (family === "P") return isCustomer ? 7 : 6;
  if (family === "X" && restOf(item).startsWith("person#")) return isCustomer ? 6 : 7;
  return family === "S" && parseSnapshotSort(sk).letter === PROFILE_LETTER ? 8 : undefined;
}

/** Which projections have records that name a person. */
const EVENTS: Readonly<Record<string, string>> = { A: "activity-changed", REQ: "request-changed" };

const keyOf = ({ pk, sk }: StoredItem): Key => ({ pk: String(pk), sk: String(sk) });

/** What follows `T#<tenant>#` in the partition key, up to the next `#`, and what follows that. */
const partsOf = ({ pk }: StoredItem): readonly [family: string, rest: string] => {
  const [, , family = "", ...rest] = String(pk).split("#");
  return [family, rest.join("#")];
};
const familyOf = (item: StoredItem): string => partsOf(item)[0];
const restOf = (item: StoredItem): string => partsOf(item)[1];

const fateOf = (item: StoredItem): FamilyFate => fates[familyOf(item)] ?? otherFate;
