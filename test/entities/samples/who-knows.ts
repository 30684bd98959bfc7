import type { Introduction } from "@regulars/core/relationships/introduction";
import type { OptOut } from "@regulars/core/relationships/opt-out";
import { userIdSchema } from "@regulars/core/platform/values";
import type { Filled } from "../fields.ts";
import { anna, at } from "./values.ts";

export const optOut: Filled<OptOut> = { subject: { type: "team", id: "north" }, at, by: "user:ada" };

export const introduction: Filled<Introduction> = {
  introductionId: "intro_9",
  requesterId: anna,
  colleagueId: userIdSchema.parse("bo"),
  personId: "eva",
  state: "accepted",
  requestedAt: at,
  changedAt: at,
};
