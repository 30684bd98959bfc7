import { rowAs } from "@regulars/core/platform/unreadable-row";
import { randomUUID } from "node:crypto";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import {
  type AllPreferences,
  type PreferenceStore,
  type PreferencesEntry,
  type PreferencesLogPage,
  type PreferencesOwner,
  preferencesEntrySchema,
} from "@regulars/core/notifications/preference-store";
import {
  type NotificationPreferences,
  noPreferences,
  preferencesSchema,
} from "@regulars/core/notifications/preferences";
import { type UserId, userIdSchema } from "@regulars/core/platform/values";
import { writesOf } from "../engine/companion-writes.ts";
import { changesToFollow, toFollowWrite } from "./to-follow.ts";
import { newestFirst } from "../engine/document-pages.ts";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";
import { mustBeNew } from "../engine/own-write.ts";
import type { TransactWrite } from "../engine/transact-write.ts";

/** Changes that this process has logged: those of one millisecond stay in their order. */
let saved = 0;

/** Notification preferences: an item of the tenant, one for each user who has chosen something, and a log of each. */
export class StoredPreferences implements PreferenceStore {
  readonly #operations: Operations;
  readonly #keys: Keys;

  readonly toFollow: PreferenceStore["toFollow"];
  readonly followed: PreferenceStore["followed"];

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
    ({ toFollow: this.toFollow, followed: this.followed } = changesToFollow(operations, keys));
  }

  async of(owner: PreferencesOwner): Promise<NotificationPreferences> {
    const item = await this.#operations.get(this.#keyOf(owner));
    return item === undefined ? noPreferences : rowAs(preferencesSchema, item);
  }

  async all(): Promise<AllPreferences> {
    let tenant = noPreferences;
    const users = new Map<UserId, NotificationPreferences>();
    for await (const item of this.#operations.partition(this.#keys.notificationPreferences())) {
      const preferences = rowAs(preferencesSchema, item);
      if (item["userId"] === undefined) tenant = preferences;
      else users.set(userIdSchema.parse(item["userId"]), preferences);
    }
    return { tenant, users };
  }

  save(
    owner: PreferencesOwner,
    { before, after }: { readonly before: NotificationPreferences; readonly after: NotificationPreferences },
    entry: PreferencesEntry | undefined,
    companion?: CompanionWrites,
  ): Promise<boolean> {
    const whose = owner.type === "tenant" ? {} : { userId: owner.userId };
    const put: TransactWrite = {
      Put: {
        Item: { ...this.#keyOf(owner), ...whose, ...after },
        ...(before.version === 0 ? mustBeNew : since(before)),
      },
    };
    const log =
      entry === undefined
        ? []
        : [{ Put: { Item: { ...this.#entryKey(owner, entry), ...entry } } }, toFollowWrite(this.#keys, owner)];
    return this.#operations.transact([put, ...log, ...writesOf(companion)]);
  }

  async changes(
    owner: PreferencesOwner,
    { limit, before }: { readonly limit: number; readonly before?: string | undefined },
  ): Promise<PreferencesLogPage> {
    const pk = this.#logOf(owner);
    const entries: PreferencesEntry[] = [];
    let last: string | undefined;
    for await (const item of this.#operations.query(
      newestFirst(pk, before === undefined ? undefined : { pk, sk: before }, limit),
    )) {
      if (entries.length === limit) return { entries, next: last };
      entries.push(rowAs(preferencesEntrySchema, item));
      last = String(item["sk"]);
    }
    return { entries };
  }

  #keyOf = (owner: PreferencesOwner) =>
    owner.type === "tenant" ? this.#keys.tenantPreferences() : this.#keys.userPreferences(owner.userId);

  #logOf = (owner: PreferencesOwner): string =>
    owner.type === "tenant" ? this.#keys.tenantPreferencesLog() : this.#keys.userPreferencesLog(owner.userId);

  #entryKey(owner: PreferencesOwner, { at }: PreferencesEntry) {
    saved += 1;
    return { pk: this.#logOf(owner), sk: `${at}#${String(saved).padStart(9, "0")}-${randomUUID().slice(0, 8)}` };
  }
}

const since = ({ version }: NotificationPreferences) => ({
  ConditionExpression: "version = :version",
  ExpressionAttributeValues: { ":version": version },
});
