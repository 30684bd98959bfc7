import { describe, expect, it } from "vitest";
import type { User } from "../access/user.ts";
import { userIdSchema } from "../platform/values.ts";
import { untoldOf, untoldText } from "./untold.ts";

const id = (text: string) => userIdSchema.parse(text);
const user = (userId: string, parts: Partial<User> = {}): User => ({
  userId: id(userId),
  name: userId,
  email: `${userId}@example.com`,
  role: "rep",
  ...parts,
});
const usersOf = (...users: readonly User[]) => new Map(users.map((one) => [one.userId, one]));

const ann = user("ann", { teamId: "north", territoryId: "kyiv" });

describe("why nobody gets a digest about a customer", () => {
  it.each([
    ["F6: somebody does: their rep", { repId: "ann" }, undefined],
    ["F6: somebody does: the assigned user, when the rep is nobody", { repId: "x", assignedUserId: "ann" }, undefined],
    ["F6: somebody does: a rep of the territory, when nobody owns it", { territoryId: "kyiv" }, undefined],
    ["F6: somebody does: a rep of the team, when nobody owns it", { teamId: "north" }, undefined],
    ["F6: it names no user", {}, { reason: "no-user", users: [] }],
    ["F6: its territory has no rep", { territoryId: "lviv" }, { reason: "no-user", users: [] }],
    [
      "F6: its territory decides over its team",
      { territoryId: "lviv", teamId: "north" },
      { reason: "no-user", users: [] },
    ],
    [
      "F6: it names users who are not there",
      { repId: "x", assignedUserId: "y" },
      { reason: "unknown-user", users: ["x", "y"] },
    ],
    ["F6: its rep has left, and there is no manager", { repId: "gone" }, { reason: "user-left", users: ["gone"] }],
    ["F6: its rep has no e-mail address", { repId: "mute" }, { reason: "no-address", users: ["mute"] }],
  ] as const)("%s", (_, { repId, assignedUserId, ...rest }: Record<string, string>, expected) => {
    const users = usersOf(ann, user("gone", { isActive: false }), user("mute", { email: undefined }));
    const customer = {
      ...rest,
      ...(repId === undefined ? {} : { repId: id(repId) }),
      ...(assignedUserId === undefined ? {} : { assignedUserId: id(assignedUserId) }),
    };
    expect(untoldOf(customer, users)).toEqual(expected);
  });

  it("F6: is that the manager who stands in for who has left has no address", () => {
    const users = usersOf(
      user("gone", { isActive: false, teamId: "north" }),
      user("max", { role: "manager", teamId: "north", email: undefined }),
    );
    expect(untoldOf({ repId: id("gone") }, users)).toEqual({ reason: "no-address", users: ["max"] });
  });

  it("F6: is said in a sentence with what to do", () => {
    expect(untoldText({ reason: "unknown-user", users: [id("x"), id("y")] })).toBe(
      "their repId or assignedUserId names nobody: import the users x, y, or name others",
    );
    expect(untoldText({ reason: "no-address", users: [id("mute")] })).toBe(
      'mute has no e-mail address: give one with "regulars import users FILE"',
    );
  });
});
