import { decodeId, decodeItemId, encodeId, encodeItemId } from "../platform/id-text.ts";
import {
  type Currency,
  type CustomerId,
  type Day,
  type FindingId,
  type Minor,
  type UserId,
  customerIdSchema,
  itemIdSchema,
} from "../platform/values.ts";
import { type Subject, aboutCustomer, customerIdOf, otherSubjectTypes } from "./subject.ts";

/**
 * How certain and urgent: `high` is sent immediately, `medium` is in the digest, `watch` is on the page only
 * (docs/reference/insights.md 2.2).
 */
export const levels = ["high", "medium", "watch"] as const;
export type Level = (typeof levels)[number];

/** `open` findings are sent; the other states are only listed, and say why. */
export const states = ["open", "lapsed", "disputed", "credit_hold", "unwanted", "dismissed"] as const;
export type State = (typeof states)[number];

/**
 * How a finding ended (docs/reference/insights.md 2.3, "Hold-open"): the customer bought the item again, bought the
 * substitute, the time to win it back expired, or the reason ended by itself (paid, corrected, no longer sold).
 */
export const outcomes = ["won_back", "substituted", "expired", "resolved"] as const;
export type FindingOutcome = (typeof outcomes)[number];

/** Plain JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json | undefined };

/** By hand, because facts are read by the hundred thousand: a schema of JSON tries every type of every value. */
export function isJson(value: unknown): value is Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  return typeof value === "object" && Object.values(value).every(isJson);
}

/** One inequality of a rule with both sides, so that it can be checked by hand (docs/reference/insights.md G15). */
export interface Check {
  readonly id: string;
  /** In English; `values` are those of its words, so that a reader has it in their language. Days as YYYY-MM-DD. */
  readonly says: string;
  readonly values?: Readonly<Record<string, number | string>>;
  readonly value: number | string;
  readonly op: "<=" | "<" | ">=" | ">";
  readonly threshold: number | string;
}

/**
 * Everything needed to recompute a finding by hand: the rule and its version, every operand, the source documents (at
 * most 20).
 */
export interface Evidence {
  readonly rule: string;
  readonly checks: readonly Check[];
  readonly documents: readonly string[];
  readonly [operand: string]: Json | undefined | readonly Check[];
}

/** The evaluation of a finding on one day. */
export interface Assessment {
  readonly level: Level;
  readonly state: State;
  readonly atStakeMinor: Minor;
  readonly currency: Currency;
  /** The first of the consecutive days on which it holds, up to the as-of day. */
  readonly since: Day;
  /**
   * The last day on which the rule itself held, for a finding that has stayed open since (docs/reference/insights.md
   * 2.3, "Hold-open"); absent while the rule holds.
   */
  readonly ruleHeldUntil?: Day | undefined;
  /** Sort keys for findings of equal money and level, ascending (docs/reference/insights.md 8.3). */
  readonly rank: readonly number[];
  readonly evidence: Evidence;
}

/** What the rest of the product knows of a finding, whatever its kind. */
export interface Finding extends Omit<Assessment, "rank"> {
  readonly id: FindingId;
  readonly kind: string;
  readonly subject: Subject;
  readonly repId?: UserId | undefined;
  readonly rank: readonly number[];
  /** The morning on which a snoozed finding is back; absent when it is dismissed for good, or not at all. */
  readonly dismissedUntil?: Day | undefined;
}

/** The parts of a finding's id. */
export interface FindingAddress {
  readonly kind: string;
  readonly subject: Subject;
}

/**
 * `<kind>:<customer>`, `<kind>:<customer>:<item>`, and for other subjects `<kind>:<customer>:<type>:<id>`, where the
 * customer is empty if there is none. The ids in it are encoded, so that ids of findings are unique and plain text.
 */
export function findingId({ kind, subject }: FindingAddress): FindingId {
  const customer = encodeId(customerIdOf(subject) ?? "");
  switch (subject.type) {
    case "customer":
      return idOfParts([kind, customer]);
    case "item":
      return idOfParts([kind, customer, encodeItemId(subject.id)]);
    default:
      return idOfParts([kind, customer, subject.type, encodeId(subject.id)]);
  }
}

const idOfParts = (parts: readonly string[]): FindingId => parts.join(":") as FindingId;

/** The parts of a finding's id, as `findingId` writes it; `undefined` when it is malformed. */
export function parseFindingId(text: string): FindingAddress | undefined {
  const [kind = "", customer = "", part, id, ...more] = text.split(":");
  if (more.length > 0) return undefined;
  if (id !== undefined) return otherAddress(kind, customer, part, id);
  const customerId = customerIdSchema.safeParse(decodeId(customer));
  const itemId = itemIdSchema.optional().safeParse(part === undefined ? undefined : decodeItemId(part));
  if (!customerId.success || !itemId.success) return undefined;
  if (itemId.data === undefined) return { kind, subject: aboutCustomer(customerId.data) };
  return { kind, subject: { type: "item", id: itemId.data, customerId: customerId.data } };
}

function otherAddress(
  kind: string,
  customer: string,
  type: string | undefined,
  encoded: string,
): FindingAddress | undefined {
  const known = otherSubjectTypes.find((one) => one === type);
  const id = decodeId(encoded);
  const customerId = customerOf(customer);
  if (known === undefined || id === undefined || id === "" || customerId === undefined) return undefined;
  return { kind, subject: { type: known, id, ...customerId } };
}

/** The customer part of an id: without a customer when empty, `undefined` when malformed. */
function customerOf(text: string): { readonly customerId?: CustomerId } | undefined {
  if (text === "") return {};
  const customerId = customerIdSchema.safeParse(decodeId(text));
  return customerId.success ? { customerId: customerId.data } : undefined;
}

/** Whether it is sent as an alert: open and `high` (docs/reference/insights.md 2.2). */
export const isSelected = (finding: Pick<Assessment, "level" | "state">): boolean =>
  finding.state === "open" && finding.level === "high";

/** Whether it is to act on, and in the daily digest: open, and at least `medium`. */
export const isInDigest = (finding: Pick<Assessment, "level" | "state">): boolean =>
  finding.state === "open" && finding.level !== "watch";

/** Whether every inequality of the evidence holds when it is recomputed by hand. */
export const checksHold = (evidence: Pick<Evidence, "checks">): boolean => evidence.checks.every(holds);

function holds({ value, op, threshold }: Check): boolean {
  switch (op) {
    case "<=":
      return value <= threshold;
    case "<":
      return value < threshold;
    case ">=":
      return value >= threshold;
    case ">":
      return value > threshold;
  }
}
