import { type Instant, currencySchema } from "@regulars/core/platform/values";
import type { User } from "@regulars/core/access/user";
import type { LogEntry } from "@regulars/core/deals/deal";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { RefusalReason } from "@regulars/core/sales-plans/refusal";
import type { PageWords } from "../texts/page-words.ts";
import { actorName } from "./actor-name.ts";
import { assignmentReason } from "./assignment-reason.ts";

/** Looks up names for the ids in a log row; returns the id if there is no name. */
interface LogNames {
  readonly status: (statusId: string) => string;
  readonly user: (userId: string) => string;
  readonly reason: (reasonId: string) => string;
}

/** Names for a plan's logs: its statuses including removed ones, and all users and reasons. */
export function logNamesOf(
  { statuses, tombstones }: Pick<SalesPlan, "statuses" | "tombstones">,
  users: readonly User[],
  reasons: Iterable<RefusalReason>,
): LogNames {
  return {
    status: named([...tombstones, ...statuses].map(({ statusId, name }) => [statusId, name] as const)),
    user: named(users.map(({ userId, name }) => [userId, name] as const)),
    reason: named(Array.from(reasons, ({ reasonId, name }) => [reasonId, name] as const)),
  };
}

function named(pairs: Iterable<readonly [string, string]>): (id: string) => string {
  const names = new Map(pairs);
  return (id) => names.get(id) ?? id;
}

/** One row of a deal's log as text. */
interface LogWords {
  readonly at: Instant;
  readonly who: string;
  readonly what: string;
  /** The reason or comment. */
  readonly detail: string | undefined;
}

type Fields = Readonly<Record<string, unknown>> | undefined;

const text = (fields: Fields, name: string): string | undefined => {
  const value = fields?.[name];
  return typeof value === "string" ? value : undefined;
};

/** A log row as text: "closed as Lost (Too expensive)" (docs/reference/sales-plans.md 5.18). */
export function logWords(entry: LogEntry, names: LogNames, words: PageWords): LogWords {
  const { at, actorId, after, comment, assignment } = entry;
  const fallback = after?.["fallback"] === true ? fallbackOf(after, words) : undefined;
  const details = [
    comment,
    assignment && assignmentReason(assignment, names.user, words),
    fallback,
    notUsedOf(after, words),
  ];
  const detail = details.filter((part) => part !== undefined).join("; ");
  return {
    at,
    who: actorName(actorId, names.user, words),
    what: whatOf(entry, names, words),
    detail: detail === "" ? undefined : detail,
  };
}

function whatOf({ action, before, after }: LogEntry, names: LogNames, words: PageWords): string {
  const { say } = words;
  const from = names.status(text(before, "statusId") ?? "");
  const stat = names.status(text(after, "statusId") ?? "");
  const [giver, manager] = [managerOf(before, names), managerOf(after, names)];
  switch (action) {
    case "added":
      return say("log.added", { stat, amnt: moneyOf(after, words), name: manager ?? say("log.nobody") });
    case "assigned":
      return manager === undefined ? say("log.unassigned") : say("log.assigned", { name: manager });
    case "duplicate":
    case "removed":
      return say(`log.${action}`);
    case "updated":
      return say("log.updated", { from: termsOf(before, words), what: termsOf(after, words) });
    case "moved":
      return say("log.moved", { from, stat });
    case "closed": {
      const because = reasonOf(after, names, words);
      return because === undefined ? say("log.closed", { stat }) : say("log.closedBecause", { stat, text: because });
    }
    case "cancelled": {
      const because = reasonOf(before, names, words);
      return because === undefined
        ? say("log.cancelled", { from, stat })
        : say("log.cancelledBecause", { from, stat, text: because });
    }
    case "transferred":
      if (manager === undefined) return say("log.transferredAway", { from: giver ?? say("log.nobody") });
      return giver === undefined
        ? say("log.transferredFirst", { name: manager })
        : say("log.transferred", { from: giver, name: manager });
  }
}

function managerOf(fields: Fields, { user }: LogNames): string | undefined {
  const userId = text(fields, "managerId");
  return userId === undefined ? undefined : user(userId);
}

function reasonOf(fields: Fields, names: LogNames, { say }: PageWords): string | undefined {
  const [reasonId, clarification] = [text(fields, "reasonId"), text(fields, "clarification")];
  if (reasonId === undefined && clarification === undefined) return undefined;
  const reason = reasonId === undefined ? say("log.notSpecified") : names.reason(reasonId);
  return clarification === undefined ? reason : `${reason}: ${clarification}`;
}

function moneyOf(fields: Fields, { say, formats }: PageWords): string {
  const [amount, currency] = [fields?.["amountMinor"], currencySchema.safeParse(fields?.["currency"])];
  return typeof amount === "number" && currency.success ? formats.money(amount, currency.data) : say("log.noAmount");
}

const termsOf = (fields: Fields, words: PageWords): string =>
  [text(fields, "title"), moneyOf(fields, words)].filter((part) => part !== undefined).join(", ");

function fallbackOf(after: Fields, { say }: PageWords): string {
  const wanted = text(after, "wanted");
  return wanted === undefined ? say("log.placeUnknown") : say("log.placeGone", { stat: wanted });
}

/** What of a lead could not be used: it is kept on the deal. */
function notUsedOf(after: Fields, { say }: PageWords): string | undefined {
  const notUsed = after?.["notUsed"];
  return Array.isArray(notUsed) ? say("log.notUsed", { list: notUsed.join(", ") }) : undefined;
}
