import { rowAs } from "@regulars/core/platform/unreadable-row";
import { type Session, type SessionStore, sessionSchema } from "@regulars/core/access/session";
import type { TenantId } from "@regulars/core/platform/values";
import { Operations } from "../engine/operations.ts";
import { type Table, noUsage } from "../engine/table.ts";
import { type Keys, keysOf } from "../keys.ts";

/** The sessions of one tenant, without the rest of its store: every request of the console reads one. */
export const openSessions = (table: Table, tenantId: TenantId): SessionStore =>
  new Sessions(new Operations(table, noUsage()), keysOf(tenantId));

/** One row per session, with a time to live; a session that was ended has none. */
class Sessions implements SessionStore {
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  async start(session: Session): Promise<void> {
    await this.#operations.put({ ...this.#keys.session(session.sessionId), ...session });
  }

  async find(sessionId: string): Promise<Session | undefined> {
    const item = await this.#operations.get(this.#keys.session(sessionId));
    return item === undefined ? undefined : rowAs(sessionSchema, item);
  }

  renew(sessionId: string, expiresAt: number): Promise<boolean> {
    return this.#operations.update({
      Key: this.#keys.session(sessionId),
      UpdateExpression: "SET expiresAt = :end",
      ConditionExpression: "attribute_exists(pk)",
      ExpressionAttributeValues: { ":end": expiresAt },
    });
  }

  async end(sessionId: string): Promise<void> {
    await this.#operations.delete(this.#keys.session(sessionId));
  }
}
