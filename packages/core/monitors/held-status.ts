import type { Customer } from "../customers/customer.ts";
import { fnv1a } from "../platform/hash.ts";
import type { MonitorId } from "../platform/ids.ts";
import {
  type Day,
  type DayNumber,
  dayNumber,
  personIdSchema,
  projectIdSchema,
  toDayNumber,
} from "../platform/values.ts";
import type { HeldStatus, StatusValues } from "../snapshots/status-values.ts";
import { type Owner, ownerIdOf } from "./owner.ts";
import { type StatusValue, settledUpTo } from "./settle.ts";

/** The values that were settled before, and of whom at the customer. */
export interface FormerStatuses extends Omit<StatusValues, "settled"> {
  /** The monitors that were settled. */
  readonly settled: readonly MonitorId[];
  /** The persons and projects that were settled, as the agenda names them. */
  readonly owners?: ReadonlySet<number> | undefined;
  /** For statuses that have not been settled since their monitor was paused or deleted: the last night before that. */
  readonly settledUntil?: ReadonlyMap<string, Day> | undefined;
}

/** A short name of a person or a project for the agenda: a hash of 32 bits. */
export const ownerName = (owner: Owner): number => fnv1a(`${owner.type} ${ownerIdOf(owner)}`);

/** Whose status it is, as a customer's values name them. */
export const ownerFields = (owner: Owner): Pick<HeldStatus, "ownerType" | "ownerId"> =>
  owner.type === "company" ? { ownerType: "company" } : { ownerType: owner.type, ownerId: ownerIdOf(owner) };

/** Whether a status is an owner's. */
export const isOf = ({ ownerType, ownerId }: HeldStatus, owner: Owner): boolean =>
  ownerType === owner.type && (ownerType === "company" || ownerId === ownerIdOf(owner));

/** The owner of a status that a customer's snapshot holds. */
export function ownerOf(
  { ownerType, ownerId = "" }: Pick<HeldStatus, "ownerType" | "ownerId">,
  { customerId }: Pick<Customer, "customerId">,
): Owner {
  if (ownerType === "company") return { type: "company", customerId };
  return ownerType === "person"
    ? { type: "person", customerId, personId: personIdSchema.parse(ownerId) }
    : { type: "project", customerId, projectId: projectIdSchema.parse(ownerId) };
}

/** What an owner has of a status. */
export const heldBy = (
  owner: Owner,
  statusId: string,
  before: Pick<StatusValues, "held"> | undefined,
): HeldStatus | undefined => before?.held.find((one) => one.statusId === statusId && isOf(one, owner));

/**
 * The values as they were settled before, also by a night that had nothing to write; none for a monitor, a person or a
 * project that has not been settled yet.
 */
export function valuesOf(
  owner: Owner,
  before: FormerStatuses | undefined,
  statusIds: readonly string[],
  lastNight?: DayNumber,
): ReadonlyMap<string, StatusValue> {
  if (before === undefined) return new Map();
  const isSettled = owner.type === "company" || before.owners?.has(ownerName(owner)) === true;
  const settled = new Set<string>(isSettled ? before.settled : []);
  return new Map(
    statusIds.flatMap((statusId): [string, StatusValue][] => {
      const held = heldBy(owner, statusId, before);
      const since = held && toDayNumber(held.since);
      if (since === undefined && !settled.has(statusId)) return [];
      const value = { on: since !== undefined, since, settledOn: toDayNumber(before.settledOn) };
      const until = before.settledUntil?.get(statusId);
      if (until === undefined) return [[statusId, settledUpTo(value, lastNight)]];
      return [[statusId, { ...value, settledOn: dayNumber(Math.min(value.settledOn, toDayNumber(until))) }]];
    }),
  );
}
