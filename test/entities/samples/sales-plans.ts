import type { AssignmentState } from "@regulars/core/assignment/assignment-state";
import { statusIdSchema } from "@regulars/core/platform/ids";
import { day, minor } from "@regulars/core/platform/values";
import type { RefusalReason } from "@regulars/core/sales-plans/refusal";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { Filled } from "../fields.ts";
import { at, anna, planId, statusId, reasonId, currency } from "./values.ts";

export const plan: Filled<SalesPlan> = {
  planId,
  name: "Courses",
  label: "CRS",
  averageMinor: minor(10_000),
  currency,
  distribution: {
    mode: "uniform",
    affinity: "related",
    balance: "least",
    ownerAway: "wait",
    loadScope: "tenant",
  },
  members: [
    {
      userId: anna,
      weight: 2,
      cap: 10,
      hours: [{ days: [1, 2], from: "09:00", to: "18:00" }],
      vacations: [{ from: day("2026-12-24"), to: day("2026-12-31") }],
      isPaused: true,
    },
  ],
  statuses: [
    { statusId, name: "Lost", kind: "lost", colour: "#cc0000", refusal: { isRequired: true, reasonIds: [reasonId] } },
  ],
  tombstones: [
    { statusId: statusIdSchema.parse("st_old"), name: "Old", kind: "lost", position: 3, replacedBy: statusId },
  ],
  isArchived: true,
  version: 1,
  createdAt: at,
};

export const state: Filled<AssignmentState> = {
  rules: { distribution: plan.distribution, members: plan.members },
  lastSequence: 4,
  assignedCount: 3,
  minPass: 720_720,
  rngState: 7,
  memberState: { [anna]: { pass: 720_720, last: 3 } },
};

export const reason: Filled<RefusalReason> = { reasonId, name: "Price", needsClarification: true, isArchived: true };
