import { formatMoney } from "@regulars/core/platform/money";
import { type Instant, currencySchema, minor } from "@regulars/core/platform/values";
import type { User } from "@regulars/core/access/user";
import type { LogEntry } from "@regulars/core/deals/deal";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { RefusalReason } from "@regulars/core/sales-plans/refusal";
import { NOT_SPECIFIED } from "../refusals/report-text.ts";

/** Looks up names for the ids in a log row; returns the id if there is no name. */
export interface LogNames {
  readonly status: (statusId: string) => string;
  readonly user: (userId: string) => string;
  readonly reason: (reasonId: string) => string;
  readonly locale?: string | undefined;
}

/** Names for a plan's logs: its statuses including removed ones, and all users and reasons. */
export function logNamesOf(
  { statuses, tombstones }: Pick<SalesPlan, "statuses" | "tombstones">,
  users: readonly User[],
  reasons: Iterable<RefusalReason>,
  locale: string | undefined,
): LogNames {
  return {
    status: named([...tombstones, ...statuses].map(({ statusId, name }) => [statusId, name] as const)),
    user: named(users.map(({ userId, name }) => [userId, name] as const)),
    reason: named(Array.from(reasons, ({ reasonId, name }) => [reasonId, name] as const)),
    locale,
  };
}

function named(pairs: Iterable<readonly [string, string]>): (id: string) => string {
  const names = new Map(pairs);
  return (id) => names.get(id) ?? id;
}

/** One row of a deal's log as text. */
export interface LogWords {
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

/** A log row as text: "closed as Lost: Too expensive" (docs/reference/sales-plans.md 5.18). */
export function logWords(entry: LogEntry, names: LogNames): LogWords {
  const { at, actorId, action, before, after, comment, assignment } = entry;
  const status = (fields: Fields): string => names.status(text(fields, "statusId") ?? "");
  const manager = (fields: Fields): string => {
    const userId = text(fields, "managerId");
    return userId === undefined ? "nobody" : names.user(userId);
  };
  const what = {
    added: () => `came in as ${status(after)}, ${moneyOf(after, names.locale)}, ${manager(after)}`,
    assigned: () => `given to ${manager(after)}`,
    duplicate: () => "came in again: this deal was open",
    updated: () => `changed from ${termsOf(before, names.locale)} to ${termsOf(after, names.locale)}`,
    moved: () => `moved from ${status(before)} to ${status(after)}`,
    closed: () => `closed as ${status(after)}${reasonOf(after, names)}`,
    cancelled: () => `opened again: ${status(before)} was cancelled${reasonOf(before, names)}, now ${status(after)}`,
    transferred: () => `handed from ${manager(before)} to ${manager(after)}`,
    removed: () => "taken out of the plan",
  }[action]();
  const fallback = after?.["fallback"] === true ? fallbackOf(after) : undefined;
  const details = [comment, assignment?.why, fallback, notUsedOf(after)];
  const detail = details.filter((part) => part !== undefined).join("; ");
  return { at, who: actorWords(actorId, names), what, detail: detail === "" ? undefined : detail };
}

function reasonOf(fields: Fields, names: LogNames): string {
  const [reasonId, clarification] = [text(fields, "reasonId"), text(fields, "clarification")];
  if (reasonId === undefined && clarification === undefined) return "";
  const reason = reasonId === undefined ? NOT_SPECIFIED : names.reason(reasonId);
  return clarification === undefined ? ` (${reason})` : ` (${reason}: ${clarification})`;
}

function moneyOf(fields: Fields, locale: string | undefined): string {
  const [amount, currency] = [fields?.["amountMinor"], currencySchema.safeParse(fields?.["currency"])];
  return typeof amount === "number" && currency.success
    ? formatMoney(minor(amount), currency.data, locale)
    : "no amount";
}

const termsOf = (fields: Fields, locale: string | undefined): string =>
  [text(fields, "title"), moneyOf(fields, locale)].filter((part) => part !== undefined).join(", ");

function fallbackOf(after: Fields): string {
  const wanted = text(after, "wanted");
  return wanted === undefined
    ? "it is not known from where it was closed"
    : `${wanted}, from where it was closed, is no longer there`;
}

/** What of a lead could not be used: it is kept on the deal. */
function notUsedOf(after: Fields): string | undefined {
  const notUsed = after?.["notUsed"];
  return Array.isArray(notUsed) ? `not used: ${notUsed.join(", ")}` : undefined;
}

/** The actor as text: "user:anna" becomes Anna's name, "key:k1" becomes "key k1". */
function actorWords(actorId: string, { user }: LogNames): string {
  const [, kind, id = ""] = /^(user|key):(.+)$/.exec(actorId) ?? [];
  if (kind === "user") return user(id);
  return kind === "key" ? `key ${id}` : actorId;
}
