import type { StatusMonitor } from "@regulars/core/monitors/status-monitor";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import type { Filled } from "../fields.ts";
import { at } from "./values.ts";

export const monitor: Filled<StatusMonitor> = {
  statusId: monitorIdSchema.parse("neglected"),
  name: "Neglected",
  ownerType: "company",
  description: "<name> waits",
  rank: 3,
  isVisual: true,
  level: "high",
  told: { forYou: true, digest: true, alert: true },
  followUp: { type: "call", textTemplate: "Call <name>", mode: "automatic" },
  quietDays: 7,
  criteria: { field: "category", op: "is", value: "Customer" },
  isActive: true,
  picture: { pictureId: "0".repeat(64), type: "image/png", width: 2, height: 1, altText: "A cobweb" },
  deletedAt: at,
  restoredAt: at,
  version: 2,
  criteriaVersion: 1,
};
