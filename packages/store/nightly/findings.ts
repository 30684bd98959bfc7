import * as z from "zod";
import type { OnUnreadable } from "@regulars/core/snapshots/unreadable-customer";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { writesOf } from "../engine/companion-writes.ts";
import { ContentionError } from "@regulars/core/platform/contention-error";
import type { Key } from "../engine/key.ts";
import type { Keys } from "../keys.ts";
import {
  type TransactWrite,
  type Operations,
  type StoredItem,
  TRANSACTION_WRITES,
  mustBeNew,
} from "../engine/operations.ts";
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
import { notificationItem } from "../notifications/notification-item.ts";
import { findingKey } from "../insights/finding-key.ts";
import { logRow } from "../notifications/notification-log.ts";
import type { Dismissal } from "@regulars/core/insights/dismissal";

type NewsWrite = { readonly Put: { readonly Item: Key & StoredItem } };

/** Most findings with an alert in one transaction: three writes each, with the row of the notification log. */
const PAIRS = Math.floor(TRANSACTION_WRITES / 3);

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

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  /**
   * Saves changed findings with the notifications they cause. An existing notification is left unchanged. If
   * one transaction is too small, several are used; an alert is always in the transaction of its finding.
   */
  async save({ put, remove, notify, resolved = [] }: FindingChanges): Promise<number> {
    const writes = new Map<string, TransactWrite>(
      put.map((finding) => [findingId(finding), { Put: { Item: this.#itemOf(finding) } }]),
    );
    const pairs = notify.map((notification) => {
      const news: NewsWrite = { Put: { Item: notificationItem(this.#keys, notification), ...mustBeNew } };
      const id = notification.message.type === "alert" ? notification.message.line.findingId : "";
      const finding = writes.get(id);
      writes.delete(id);
      const row: TransactWrite = { Put: { Item: logRow(this.#keys, notification) } };
      return { news, findings: finding === undefined ? [row] : [row, finding] };
    });
    const others: TransactWrite[] = [
      ...writes.values(),
      ...remove.map((one) => ({ Delete: { Key: findingKey(this.#keys, "finding", one) } })),
      ...resolved.map((one) => ({
        Put: { Item: { ...this.#keys.resolvedFinding(one.resolvedOn, findingId(one)), ...one } },
      })),
    ];
    let queued = 0;
    for (let i = 0; i < pairs.length; i += PAIRS) {
      const part = pairs.slice(i, i + PAIRS);
      queued += await this.#saveTogether(
        part.map(({ news }) => news),
        part.flatMap(({ findings }) => findings),
      );
    }
    for (let i = 0; i < others.length; i += TRANSACTION_WRITES)
      await this.#saveTogether([], others.slice(i, i + TRANSACTION_WRITES));
    return queued;
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

  async find(address: FindingAddress): Promise<StoredFinding | undefined> {
    const item = await this.#operations.get(findingKey(this.#keys, "finding", address));
    return item === undefined ? undefined : storedFindingSchema.parse(item);
  }

  /** Without `onUnreadable`, throws for a finding that cannot be read. */
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
      yield endedFindingSchema.parse(item);
  }

  /** Dismisses a finding, or takes that back: saves the dismissal and the changed finding together. */
  async saveDismissal(
    finding: StoredFinding,
    dismissal: Dismissal | undefined,
    companion?: CompanionWrites,
  ): Promise<void> {
    const key = findingKey(this.#keys, "dismissal", finding);
    const isSaved = await this.#operations.transact([
      dismissal === undefined ? { Delete: { Key: key } } : { Put: { Item: { ...key, ...dismissal } } },
      {
        Put: {
          Item: this.#itemOf(finding),
          // A nightly run may have resolved it, or found another episode, since it was read.
          ConditionExpression: "episode = :episode",
          ExpressionAttributeValues: { ":episode": finding.episode },
        },
      },
      ...writesOf(companion),
    ]);
    if (!isSaved) throw new ContentionError(`finding ${findingId(finding)} was changed at the same time; try again`);
  }

  async lastNightly(): Promise<NightlyRecord | undefined> {
    const item = await this.#operations.get(this.#keys.nightly());
    return item === undefined ? undefined : nightRecordSchema.parse(item);
  }

  async saveNightly(record: NightlyRecord): Promise<void> {
    await this.#operations.put({ ...this.#keys.nightly(), ...record });
  }
}
