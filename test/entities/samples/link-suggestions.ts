import type { LinkDecision, SuggestionRun } from "@regulars/core/code-red/link-review";
import type { LinkSuggestion } from "@regulars/core/code-red/suggest-links";
import { day, itemIdSchema, userIdSchema } from "@regulars/core/platform/values";
import type { Filled } from "../fields.ts";
import { at } from "./values.ts";

export const linkSuggestion: Filled<LinkSuggestion> = {
  itemId: itemIdSchema.parse("gun"),
  linkedItemId: itemIdSchema.parse("bullet"),
  ratio: 1,
  linkedRatio: 24,
  joint: 20,
  withItem: 40,
  withLinked: 50,
  orders: 200,
  buyers: 9,
  wouldBeRed: 1,
};

export const suggestionRun: Filled<SuggestionRun> = {
  from: day("2026-01-01"),
  percent: 10,
  metric: "support",
  minJoint: 7,
  literal: true,
  all: true,
  asOf: day("2026-11-22"),
  orders: 200,
  held: 3,
  at,
  by: userIdSchema.parse("ada"),
};

export const linkDecision: Filled<LinkDecision> = {
  ...linkSuggestion,
  state: "rejected",
  at,
  by: userIdSchema.parse("ada"),
  from: day("2026-01-01"),
  asOf: day("2026-11-22"),
};
