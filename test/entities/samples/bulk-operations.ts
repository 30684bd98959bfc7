import type { AudienceOperation, AudienceChunk } from "@regulars/core/bulk-operations/add-audience";
import type { DealOperation, DealOperationChunk } from "@regulars/core/bulk-operations/change-deals";
import { day } from "@regulars/core/platform/values";
import type { Filled } from "../fields.ts";
import { at, anna, planId, statusId, dealId, personId, reasonId, operationId, by } from "./values.ts";

export const audienceOperation: Filled<AudienceOperation> = {
  operationId,
  planId,
  state: "running",
  asked: {
    audience: {
      personIds: [personId],
      ownerId: anna,
      knownFrom: day("2026-11-01"),
      knownTo: day("2026-11-23"),
      hasEmail: true,
      hasPhone: true,
      search: "olena",
    },
    managerId: anna,
    statusId,
    title: "Course A",
  },
  total: 4,
  next: 3,
  added: 1,
  duplicates: 1,
  failed: 1,
  ...by,
  createdAt: at,
  finishedAt: at,
};
export const audiencePage: Filled<AudienceChunk> = {
  chunk: 0,
  members: [personId],
  results: [{ state: "failed", dealId, reason: "not-allowed" }],
};

export const dealOperation: Filled<DealOperation> = {
  operationId,
  planId,
  state: "running",
  change: { action: "move", statusId, reasonId, clarification: "too dear" },
  total: 4,
  next: 3,
  changed: 1,
  same: 1,
  failed: 1,
  ...by,
  createdAt: at,
  finishedAt: at,
};
export const dealPage: Filled<DealOperationChunk> = {
  chunk: 0,
  members: [{ dealId, managerId: anna }],
  results: [{ state: "failed", reason: "stale" }],
};
