import type { FollowUp } from "@regulars/core/monitors/follow-up";
import type { Selection } from "@regulars/core/monitors/selection";
import type { SelectionChunk, SelectionOperation } from "@regulars/core/monitors/selection-action";
import type { StatusMonitor } from "@regulars/core/monitors/status-monitor";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import {
  activityIdSchema,
  customerIdSchema,
  day,
  personIdSchema,
  requestIdSchema,
} from "@regulars/core/platform/values";
import type { Filled } from "../fields.ts";
import { anna, at, by, operationId } from "./values.ts";

export const monitor: Filled<Omit<StatusMonitor, "unreadable">> = {
  statusId: monitorIdSchema.parse("neglected"),
  name: "Neglected",
  ownerType: "company",
  description: "<name> waits",
  rank: 3,
  isVisual: true,
  level: "high",
  quietDays: 7,
  told: { forYou: true, digest: true, alert: true },
  followUp: { type: "call", textTemplate: "Call <name>", mode: "automatic" },
  criteria: { field: "category", op: "is", value: "Customer" },
  isActive: true,
  number: 1,
  picture: { pictureId: "0".repeat(64), type: "image/png", width: 2, height: 1, altText: "A cobweb" },
  deletedAt: at,
  restoredOn: day("2026-11-01"),
  resumedIn: 2,
  settledUntil: day("2026-10-20"),
  version: 2,
  criteriaVersion: 1,
};

export const followUp: Filled<FollowUp> = {
  followUpId: "person:p-1:selection:T-9:op_1",
  cause: { type: "selection", operationId: "op_1", requestId: requestIdSchema.parse("T-9") },
  owner: { type: "person", customerId: customerIdSchema.parse("acme"), personId: personIdSchema.parse("p-1") },
  type: "call",
  text: "Call Ana about T-9",
  userId: anna,
  dueOn: day("2026-11-24"),
  state: "done",
  isAutomatic: true,
  activityId: activityIdSchema.parse("fu_1"),
  createdOn: day("2026-11-23"),
  createdAt: at,
  createdBy: "user:anna",
  touchedAt: at,
  endedAt: at,
  endedOn: day("2026-11-23"),
  endedBy: "user:anna",
  version: 1,
};

export const selection: Filled<Selection> = {
  selectionId: "sel_1",
  name: "Neglected in November",
  ownerType: "company",
  kind: "static",
  criteria: { field: "category", op: "is", value: "Customer" },
  frozenFrom: { selectionId: "sel_0", on: day("2026-11-22") },
  createdAt: at,
  createdBy: "user:anna",
  version: 1,
};

export const selectionOperation: Filled<SelectionOperation> = {
  operationId,
  ...by,
  state: "done",
  total: 2,
  next: 2,
  createdAt: at,
  finishedAt: at,
  selectionId: "sel_1",
  asked: { action: "follow-up", type: "call", text: "Call <name>", dueOn: day("2026-11-24"), userId: anna },
  made: 1,
  skipped: 1,
};

export const selectionChunk: SelectionChunk = {
  chunk: 0,
  members: [
    {
      owner: followUp.owner,
      requestId: requestIdSchema.parse("T-9"),
      mailTo: { name: "Ana", address: "ana@example.com" },
      unmailed: "no-address",
      sameAs: "acme",
      mailName: "0123abcd",
    },
  ],
  results: [{ state: "made", id: followUp.followUpId, reason: "gone", address: "ana@example.com" }],
};
