import { rowAs } from "@regulars/core/platform/unreadable-row";
import {
  type ApiKeyStore,
  type KeyStamp,
  type StoredApiKey,
  storedApiKeySchema,
} from "@regulars/core/access/api-key-store";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { type ApiKey, loggedKey } from "@regulars/core/access/api-key";
import type { Day } from "@regulars/core/platform/values";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";
import { mustBeNew } from "../engine/own-write.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import { writesOf } from "../engine/companion-writes.ts";

/** The writes that log what has changed of a key. */
type LogOfKeys = (keyId: string, before: object, after: object, stamp: KeyStamp) => readonly TransactWrite[];

/**
 * API keys, and a row for each name with the ids of its active keys. The row limits a name to two active keys, also for
 * concurrent requests.
 */
export class ApiKeys implements ApiKeyStore {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #logged: LogOfKeys;

  constructor(operations: Operations, keys: Keys, logged: LogOfKeys) {
    this.#operations = operations;
    this.#keys = keys;
    this.#logged = logged;
  }

  async find(keyId: string): Promise<StoredApiKey | undefined> {
    const item = await this.#operations.get(this.#keys.apiKey(keyId));
    return item === undefined ? undefined : rowAs(storedApiKeySchema, item);
  }

  async list(): Promise<ApiKey[]> {
    const found: ApiKey[] = [];
    for await (const item of this.#operations.partition(this.#keys.apiKeys(), "K#")) {
      const { secretHash: _secretHash, ...key } = rowAs(storedApiKeySchema, item);
      found.push(key);
    }
    return found.toSorted((a, b) => (a.createdAt > b.createdAt ? -1 : a.createdAt < b.createdAt ? 1 : 0));
  }

  create(key: StoredApiKey, liveSeen: readonly string[], companion?: CompanionWrites): Promise<boolean> {
    const live = new Set([...liveSeen, key.keyId]);
    return this.#operations.transact([
      { Put: { Item: { ...this.#keys.apiKey(key.keyId), ...key }, ...mustBeNew } },
      {
        Update: {
          Key: this.#keys.apiKeyName(key.name),
          UpdateExpression: "SET live = :live",
          ...(liveSeen.length === 0
            ? {
                ConditionExpression: "attribute_not_exists(live)",
                ExpressionAttributeValues: { ":live": live },
              }
            : {
                ConditionExpression: "live = :seen",
                ExpressionAttributeValues: { ":live": live, ":seen": new Set(liveSeen) },
              }),
        },
      },
      ...this.#logged(key.keyId, {}, loggedKey(key), { at: key.createdAt, by: key.createdBy }),
      ...writesOf(companion),
    ]);
  }

  revoke(key: ApiKey, stamp: KeyStamp, companion?: CompanionWrites): Promise<boolean> {
    const { keyId, name } = key;
    const { at } = stamp;
    return this.#operations.transact([
      {
        Update: {
          Key: this.#keys.apiKey(keyId),
          UpdateExpression: "SET revokedAt = :at",
          ConditionExpression: "attribute_exists(pk) AND attribute_not_exists(revokedAt)",
          ExpressionAttributeValues: { ":at": at },
        },
      },
      {
        Update: {
          Key: this.#keys.apiKeyName(name),
          UpdateExpression: "DELETE live :gone",
          ExpressionAttributeValues: { ":gone": new Set([keyId]) },
        },
      },
      ...this.#logged(keyId, loggedKey(key), loggedKey({ ...key, revokedAt: at }), stamp),
      ...writesOf(companion),
    ]);
  }

  async noteUse(keyId: string, on: Day): Promise<void> {
    await this.#operations.update({
      Key: this.#keys.apiKey(keyId),
      UpdateExpression: "SET lastUsedOn = :on",
      ConditionExpression: "attribute_exists(pk) AND (attribute_not_exists(lastUsedOn) OR lastUsedOn < :on)",
      ExpressionAttributeValues: { ":on": on },
    });
  }
}
