import { rowAs } from "@regulars/core/platform/unreadable-row";
import { type InstallState, installStateSchema } from "@regulars/core/slack/install-state";
import { type SlackInstallation, slackInstallationSchema } from "@regulars/core/slack/installation";
import type { SlackStore } from "@regulars/core/slack/slack-store";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import type { NewNotification } from "@regulars/core/notifications/notification";
import type { Instant } from "@regulars/core/platform/values";
import { type Handled, handledSchema } from "@regulars/core/slack/handled";
import { StoreWrites, writesOf } from "../engine/companion-writes.ts";
import type { Operations } from "../engine/operations.ts";
import { type Condition, mustBeNew } from "../engine/own-write.ts";
import type { Keys } from "../keys.ts";
import { type Expiry, notificationItem } from "../notifications/notification-item.ts";
import { logRow } from "../notifications/notification-log.ts";
import { installationsOfWorkspace } from "./keys.ts";

/**
 * A tenant's connection with Slack, and what its people do there. An item without tokens is in an index of the platform
 * by workspace, so that Slack's calls find their tenant.
 */
export class StoredSlack implements SlackStore {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #expiryOf: Expiry;

  constructor(operations: Operations, keys: Keys, expiryOf: Expiry) {
    this.#operations = operations;
    this.#keys = keys;
    this.#expiryOf = expiryOf;
  }

  async installation(): Promise<SlackInstallation | undefined> {
    const item = await this.#operations.get(this.#keys.slackInstallation());
    return item === undefined ? undefined : rowAs(slackInstallationSchema, item);
  }

  saveInstallation(installation: SlackInstallation, companion?: CompanionWrites): Promise<boolean> {
    const { workspaceId, version } = installation;
    const Item = { ...this.#keys.slackInstallation(), ...installation };
    const key = this.#keys.slackWorkspace();
    const place = { ...key, g1p: installationsOfWorkspace(workspaceId), g1s: key.pk };
    return this.#operations.transact([
      { Put: { Item, ...onVersion(version) } },
      { Put: { Item: place } },
      ...writesOf(companion),
    ]);
  }

  eraseInstallation(companion?: CompanionWrites): Promise<boolean> {
    const erased = { Key: this.#keys.slackInstallation(), ConditionExpression: "attribute_exists(pk)" };
    const place = { Delete: { Key: this.#keys.slackWorkspace() } };
    return this.#operations.transact([{ Delete: erased }, place, ...writesOf(companion)]);
  }

  tellOnce(problem: string, since: Instant, at: Instant, notices: readonly NewNotification[]): Promise<boolean> {
    const told = {
      Item: { ...this.#keys.slackProblem(problem), toldAt: at },
      ConditionExpression: "attribute_not_exists(pk) OR toldAt < :since",
      ExpressionAttributeValues: { ":since": since },
    };
    const queued = notices.flatMap((notice) => [
      { Put: { Item: notificationItem(this.#keys, this.#expiryOf, notice), ...mustBeNew } },
      { Put: { Item: logRow(this.#keys, this.#expiryOf, notice) } },
    ]);
    return this.#operations.transact([{ Put: told }, ...queued]);
  }

  async keepState(state: InstallState, companion?: CompanionWrites): Promise<void> {
    const expiresAt = Math.ceil(Date.parse(state.until) / 1000);
    const Item = { ...this.#keys.slackState(state.nonce), ...state, expiresAt };
    await this.#operations.transact([{ Put: { Item, ...mustBeNew } }, ...writesOf(companion)]);
  }

  async takeState(nonce: string): Promise<InstallState | undefined> {
    const key = this.#keys.slackState(nonce);
    const item = await this.#operations.get(key);
    const isOurs =
      item !== undefined && (await this.#operations.delete(key, { ConditionExpression: "attribute_exists(pk)" }));
    return isOurs ? rowAs(installStateSchema, item) : undefined;
  }

  async handled(findingId: string, episode: string): Promise<Handled | undefined> {
    const item = await this.#operations.get(this.#keys.slackHandled(findingId, episode));
    return item === undefined ? undefined : rowAs(handledSchema, item);
  }

  handledWrites(handled: Handled): StoreWrites {
    const { findingId, episode, version } = handled;
    const Item = { ...this.#keys.slackHandled(findingId, episode), ...handled };
    return new StoreWrites([{ Put: { Item, ...onVersion(version) } }]);
  }

  saveHandled(handled: Handled): Promise<boolean> {
    return this.#operations.transact([...this.handledWrites(handled).writes]);
  }
}

/** A change is saved on the version that it was made of. */
const onVersion = (version: number): Condition =>
  version === 1
    ? mustBeNew
    : { ConditionExpression: "version = :before", ExpressionAttributeValues: { ":before": version - 1 } };
