import { type SlackInstallation, slackInstallationSchema } from "@regulars/core/slack/installation";
import type { SlackStore } from "@regulars/core/slack/slack-store";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import type { NewNotification } from "@regulars/core/notifications/notification";
import type { Instant } from "@regulars/core/platform/values";
import { writesOf } from "../engine/companion-writes.ts";
import { type Operations, mustBeNew } from "../engine/operations.ts";
import type { Keys } from "../keys.ts";
import { notificationItem } from "../notifications/notification-item.ts";
import { logRow } from "../notifications/notification-log.ts";
import { installationsOfWorkspace } from "./keys.ts";

/** A tenant's connection with Slack. Its item is in an index of the platform by workspace, so that calls find it. */
export class StoredSlack implements SlackStore {
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  async installation(): Promise<SlackInstallation | undefined> {
    const item = await this.#operations.get(this.#keys.slackInstallation());
    return item === undefined ? undefined : slackInstallationSchema.parse(item);
  }

  saveInstallation(installation: SlackInstallation, companion?: CompanionWrites): Promise<boolean> {
    const { workspaceId, version } = installation;
    const key = this.#keys.slackInstallation();
    const Item = { ...key, ...installation, g1p: installationsOfWorkspace(workspaceId), g1s: key.pk };
    const condition =
      version === 1
        ? mustBeNew
        : { ConditionExpression: "version = :before", ExpressionAttributeValues: { ":before": version - 1 } };
    return this.#operations.transact([{ Put: { Item, ...condition } }, ...writesOf(companion)]);
  }

  eraseInstallation(companion?: CompanionWrites): Promise<boolean> {
    const erased = { Key: this.#keys.slackInstallation(), ConditionExpression: "attribute_exists(pk)" };
    return this.#operations.transact([{ Delete: erased }, ...writesOf(companion)]);
  }

  tellOnce(problem: string, since: Instant, at: Instant, notices: readonly NewNotification[]): Promise<boolean> {
    const told = {
      Item: { ...this.#keys.slackProblem(problem), toldAt: at },
      ConditionExpression: "attribute_not_exists(pk) OR toldAt < :since",
      ExpressionAttributeValues: { ":since": since },
    };
    const queued = notices.flatMap((notice) => [
      { Put: { Item: notificationItem(this.#keys, notice), ...mustBeNew } },
      { Put: { Item: logRow(this.#keys, notice) } },
    ]);
    return this.#operations.transact([{ Put: told }, ...queued]);
  }
}
