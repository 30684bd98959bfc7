import { rowAs } from "@regulars/core/platform/unreadable-row";
import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import type { OnUnreadable } from "@regulars/core/snapshots/unreadable-customer";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { writesOf } from "../engine/companion-writes.ts";
import { ContentionError } from "@regulars/core/platform/contention-error";
import type { Key } from "../engine/key.ts";
import type { Keys } from "../keys.ts";
import { NightHistory } from "./night-history.ts";
import type { Operations } from "../engine/operations.ts";
import { type StoredItem, mustBeNew } from "../engine/own-write.ts";
import { type TransactWrite, TRANSACTION_WRITES } from "../engine/transact-write.ts";
import {
  type ResolvedFinding,
  type StoredFinding,
  endedFindingSchema,
  storedFindingSchema,
} from "@regulars/core/insights/stored-finding";
import { type FindingAddress, findingId } from "@regulars/core/insights/finding";
import { customerIdOf, subjectPath, subjectSchema } from "@regulars/core/insights/subject";
import type { CustomerId, Day, UserId } from "@regulars/core/platform/values";
import { type FindingChanges, type NightlyRecord, nightRecordSchema } from "@regulars/core/nightly/nightly-store";
import { dismissalWrites, notedFinding } from "../insights/dismissal-writes.ts";
import { findingKey } from "../insights/finding-key.ts";
import { type Expiry, notificationItem } from "../notifications/notification-item.ts";
import { logRow } from "../notifications/notification-log.ts";
import type { Dismissal } from "@regulars/core/insights/dismissal";
import {
  type StatusNote,
  isAboutStatus,
  statusNotesOf,
  notesOfRemoved,
  writeNotes,
} from "../snapshots/status-notes.ts";

type NewsWrite = { readonly Put: { readonly Item: Key & StoredItem } };

/** What is written together: a notification with its row of the log and its finding, or a finding alone. */
interface Unit {
  readonly news?: NewsWrite;
  readonly writes: readonly TransactWrite[];
  readonly notes: readonly StatusNote[];
}

/** Two years: as long as last year's and this year's results are compared. They have no contents, only what became of it. */
const ENDED_KEPT_DAYS = 730;

const MAX_ROUNDS = 5;

/** Units in as few transactions as hold them; a customer's notes take one write of each. */
function* together(units: readonly Unit[]): Generator<readonly Unit[]> {
  let some: Unit[] = [];
  let size = 0;
  for (const unit of units) {
    const own = (unit.news === undefined ? 0 : 1) + unit.writes.length + unit.notes.length;
    if (size + own > TRANSACTION_WRITES) {
      yield some;
      [some, size] = [[], 0];
    }
    some.push(unit);
    size += own;
  }
  if (some.length > 0) yield some;
}

/** Whose the finding is, if that at least can be read. */
function customerOf(item: StoredItem): CustomerId | undefined {
  const subject = subjectSchema.safeParse(item["subject"]);
  return subject.success ? customerIdOf(subject.data) : undefined;
}

/**
 * Findings in the customer snapshots, or without a customer; listed by rep; and the notifications that are queued with
 * them.
 */
export class Findings {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #expiryOf: Expiry;

  constructor(operations: Operations, keys: Keys, expiryOf: Expiry) {
    this.#operations = operations;
    this.#keys = keys;
    this.#expiryOf = expiryOf;
  }

  /**
   * Saves changed findings with the notifications they cause. An existing notification is left unchanged. If
   * one transaction is too small, several are used; an alert is always in the transaction of its finding.
   */
  async save({ put, remove, notify, resolved = [] }: FindingChanges): Promise<number> {
    const found = new Map<string, StoredFinding>(put.map((finding) => [findingId(finding), finding]));
    const putOf = (finding: StoredFinding): Omit<Unit, "news"> => ({
      writes: [{ Put: { Item: this.#itemOf(finding) } }],
      notes: statusNotesOf(finding),
    });
    const told = notify.map((notification): Unit => {
      const news: NewsWrite = {
        Put: { Item: notificationItem(this.#keys, this.#expiryOf, notification), ...mustBeNew },
      };
      const id = notification.message.type === "alert" ? notification.message.line.findingId : "";
      const finding = found.get(id);
      found.delete(id);
      const row: TransactWrite = { Put: { Item: logRow(this.#keys, this.#expiryOf, notification) } };
      const { writes, notes } = finding === undefined ? { writes: [], notes: [] } : putOf(finding);
      return { news, writes: [row, ...writes], notes };
    });
    const outcomes = new Map(resolved.map((one) => [findingId(one), one]));
    const gone = remove.map((one): Unit => {
      const id = findingId(one);
      const outcome = outcomes.get(id);
      outcomes.delete(id);
      return {
        writes: [
          { Delete: { Key: findingKey(this.#keys, "finding", one) } },
          ...(outcome === undefined ? [] : [this.#outcomeWrite(outcome)]),
        ],
        notes: notesOfRemoved(one),
      };
    });
    const others = [...outcomes.values()].map((one): Unit => ({ writes: [this.#outcomeWrite(one)], notes: [] }));
    let queued = 0;
    for (const units of together([...told, ...[...found.values()].map(putOf), ...gone, ...others]))
      queued += await this.#saveTogether(
        units.flatMap(({ news = [] }) => news),
        [
          ...units.flatMap(({ writes }) => writes),
          ...writeNotes(
            this.#keys,
            units.flatMap(({ notes }) => notes),
          ),
        ],
      );
    return queued;
  }

  #outcomeWrite(one: ResolvedFinding): TransactWrite {
    const expiresAt = Date.parse(one.resolvedOn) / 1_000 + ENDED_KEPT_DAYS * 86_400;
    return { Put: { Item: { ...this.#keys.resolvedFinding(one.resolvedOn, findingId(one)), ...one, expiresAt } } };
  }

  /**
   * Notifications that another process of the same nightly run has queued are left as they are; the findings are saved
   * all the same.
   */
  async #saveTogether(news: readonly NewsWrite[], findings: readonly TransactWrite[]): Promise<number> {
    if (await this.#operations.transact([...news, ...findings])) return news.length;
    const known = await this.#operations.batchGet(news.map(({ Put: { Item } }) => ({ pk: Item.pk, sk: Item.sk })));
    const given = new Set(known.map((item) => item["sk"]));
    const added = news.filter(({ Put: { Item } }) => !given.has(Item.sk));
    if (await this.#operations.transact([...added, ...findings])) return added.length;
    throw new ContentionError("another process is saving the same notifications of this nightly run; try again");
  }

  #itemOf(finding: StoredFinding) {
    const { kind, subject, repId } = finding;
    const customerId = customerIdOf(subject) ?? "";
    return {
      ...findingKey(this.#keys, "finding", finding),
      ...finding,
      g1p: this.#keys.repFindings(repId),
      g1s: ["F", kind, customerId, subjectPath(subject)].filter((part) => part !== undefined).join("#"),
    };
  }

  /** The findings about statuses of a customer, its persons and projects. */
  async aboutStatuses(customerId: CustomerId): Promise<readonly StoredFinding[]> {
    const { prefix } = this.#keys.snapshot(customerId);
    const found: StoredFinding[] = [];
    for await (const item of this.#operations.partition(this.#keys.statusFindings(customerId), prefix))
      found.push(rowAs(storedFindingSchema, item));
    return found;
  }

  async find(address: FindingAddress): Promise<StoredFinding | undefined> {
    const item =
      (await this.#operations.get(findingKey(this.#keys, "finding", address))) ?? (await this.#misplaced(address));
    return item === undefined ? undefined : rowAs(storedFindingSchema, item);
  }

  /** A finding about a status where an earlier version stored it: the next nightly run moves it. */
  async #misplaced({ kind, subject }: FindingAddress): Promise<StoredItem | undefined> {
    if (!isAboutStatus(subject)) return undefined;
    return this.#operations.get(this.#keys.snapshotPart(subject.customerId, { part: "finding", kind, subject }));
  }

  /**
   * What a list shows of a rep; a change of the last second may be missing. What is decided about one finding is decided
   * on `find`. Without `onUnreadable`, throws for a finding that cannot be read.
   */
  async *ofRep(repId: UserId | undefined, onUnreadable?: OnUnreadable): AsyncGenerator<StoredFinding> {
    for await (const item of this.#operations.query({
      IndexName: "gsi1",
      KeyConditionExpression: "g1p = :rep",
      ExpressionAttributeValues: { ":rep": this.#keys.repFindings(repId) },
    })) {
      const read = storedFindingSchema.safeParse(item);
      const customerId = read.success ? undefined : customerOf(item);
      if (read.success) yield read.data;
      else if (onUnreadable === undefined || customerId === undefined) throw read.error;
      else onUnreadable({ customerId, reason: `a stored part cannot be read: ${z.prettifyError(read.error)}` });
    }
  }

  /** Resolved findings that ended on or after a day, oldest first. */
  async *resolvedSince(from: Day): AsyncGenerator<ResolvedFinding> {
    for await (const item of this.#operations.query({
      KeyConditionExpression: "pk = :pk AND sk >= :from",
      ExpressionAttributeValues: { ":pk": this.#keys.resolvedFindings(), ":from": from },
    }))
      yield rowAs(endedFindingSchema, item);
  }

  /**
   * Dismisses a finding, or takes that back: saves the dismissal and the finding's new state together. One about a status
   * that a nightly run has written meanwhile is read again.
   */
  async saveDismissal(
    finding: StoredFinding,
    dismissal: Dismissal | undefined,
    companion?: CompanionWrites,
  ): Promise<void> {
    const { kind, subject, episode, state, reachedOn } = finding;
    const decided = { kind, subject, episode, state, reachedOn, dismissal };
    let noted = await notedFinding(this.#operations, this.#keys, finding);
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const writes = dismissalWrites(this.#keys, decided, noted);
      if (await this.#operations.transact([...writes, ...writesOf(companion)])) return;
      const before = noted;
      noted = await notedFinding(this.#operations, this.#keys, finding);
      if (isDeepStrictEqual(noted, before)) break;
    }
    throw new ContentionError(`finding ${findingId(finding)} was changed at the same time; try again`);
  }

  async lastNightly(): Promise<NightlyRecord | undefined> {
    const item = await this.#operations.get(this.#keys.nightly());
    return item === undefined ? undefined : rowAs(nightRecordSchema, item);
  }

  /** The record, and the figures that are kept of every night. */
  async saveNightly(record: NightlyRecord): Promise<void> {
    await new NightHistory(this.#operations, this.#keys).note(record);
    await this.#operations.put({ ...this.#keys.nightly(), ...record });
  }
}
