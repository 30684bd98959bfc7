import { expect, it } from "vitest";
import { userIdSchema } from "../platform/values.ts";
import { placesOf } from "./places.ts";

const channel = (id: string, name: string) => ({ id, name });
const all = {
  channel: channel("C0ALL", "all"),
  teamChannels: { north: channel("C0NORTH", "north") },
  repChannels: { sanne: channel("C0SANNE", "sanne") },
};
const rep = (userId: string, parts: object = {}) => ({ userId: userIdSchema.parse(userId), name: "A Rep", ...parts });
const idsOf = (...given: Parameters<typeof placesOf>) => placesOf(...given).map(({ id }) => id);

it("takes the rep's own channel, else the team's, else the tenant's, then the rep's direct messages", () => {
  expect(idsOf(all, rep("sanne", { teamId: "north", slackUserId: "U0SANNE" }))).toEqual(["C0SANNE", "U0SANNE"]);
  expect(idsOf(all, rep("bo", { teamId: "north", slackUserId: "U0BO" }))).toEqual(["C0NORTH", "U0BO"]);
  expect(idsOf(all, rep("bo", { teamId: "south" }))).toEqual(["C0ALL"]);
  expect(idsOf(all, undefined)).toEqual(["C0ALL"]);
});

it("puts direct messages first for who prefers them", () => {
  expect(idsOf(all, rep("bo", { slackUserId: "U0BO" }), "slack-direct")).toEqual(["U0BO", "C0ALL"]);
});

it("has no place in Slack without a channel and without a Slack id, also for ids of built-in names", () => {
  const none = { teamChannels: {}, repChannels: {} };
  expect(idsOf(none, rep("bo"))).toEqual([]);
  expect(idsOf(none, rep("constructor", { teamId: "toString" }))).toEqual([]);
});
