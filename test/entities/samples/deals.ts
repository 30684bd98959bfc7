import type { Assignment } from "@regulars/core/assignment/assignment";
import type { ClosedOutcome, Deal, DealClosing, LogEntry } from "@regulars/core/deals/deal";
import { statusIdSchema } from "@regulars/core/platform/ids";
import type { Filled } from "../fields.ts";
import { at, anna, planId, statusId, dealId, personId, reasonId, worth, by } from "./values.ts";

export const assignment: Filled<Assignment> = {
  state: "unassigned",
  managerId: anna,
  rule: "related>least",
  by: "related",
  reason: "waits-for-related",
  why: "anna is away today",
  evidence: [{ kind: "owner", userId: anna }],
  candidates: [{ userId: anna, load: 2, weight: 1, pass: 720_720, last: 3 }],
  skipped: [{ userId: anna, reason: "on-vacation" }],
};

const { by: _by, evidence: _evidence, candidates: _candidates, skipped: _skipped, ...kept } = assignment;

/** The part of an assignment that is kept with its deal. */
export const brief = kept;

const dealClosing: Filled<DealClosing> = {
  kind: "lost",
  fromStatusId: statusIdSchema.parse("st_talk"),
  at,
  reasonId,
  clarification: "too dear",
};

export const deal: Filled<Deal> = {
  dealId,
  planId,
  personId,
  title: "Course A",
  ...worth,
  statusId,
  managerId: anna,
  closing: dealClosing,
  removedAt: at,
  isExtra: true,
  version: 2,
  sequence: 1,
  createdAt: at,
  changedAt: at,
  occurredAt: at,
  source: { tunnelId: "t1", blockId: "b1", utm: { source: "mail" } },
  fields: { size: "L" },
  notUsed: [{ path: "person.phone", code: "phone-unreadable", message: "is not a phone number", value: "none" }],
  assignment: brief,
};

export const log: Filled<LogEntry> = {
  dealId,
  version: 2,
  action: "closed",
  at,
  ...by,
  before: { statusId: "st_talk" },
  after: { statusId: "st_lost" },
  assignment,
  comment: "by phone",
};

export const closing: Filled<ClosedOutcome> = {
  ...dealClosing,
  dealId,
  planId,
  managerId: anna,
  statusId,
  ...worth,
  version: 2,
  actorId: "key:k1",
  cancelled: { at, actorId: "user:anna", comment: "by mistake" },
};
