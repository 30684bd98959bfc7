import { describe, expect, it } from "vitest";
import { isInScope, ownerIdOf, scopeName, scopeOfUser, scopesOf } from "./list-scope.ts";
import type { User } from "../access/user.ts";
import { userIdSchema } from "../platform/values.ts";

const id = (text: string) => userIdSchema.parse(text);
const aUser = (userId: string, more: Partial<User> = {}): User => ({
  userId: id(userId),
  name: userId,
  role: "rep",
  ...more,
});
const usersOf = (...users: readonly User[]) => new Map(users.map((user) => [user.userId, user]));

const users = usersOf(
  aUser("ria", { teamId: "red", territoryId: "north" }),
  aUser("sam", { teamId: "blue", territoryId: "north" }),
  aUser("max", { role: "manager", teamId: "red", territoryId: "north" }),
);
const namesOf = (customer: Parameters<typeof scopesOf>[0]) => scopesOf(customer, users).map(scopeName);

describe("a customer", () => {
  it("is owned by its rep, else the assigned user; somebody who is not a user owns nothing", () => {
    const isUser = (userId: string) => userId !== "gone";
    expect(ownerIdOf({ repId: id("ria"), assignedUserId: id("sam") }, isUser)).toBe("ria");
    expect(ownerIdOf({ repId: id("gone"), assignedUserId: id("sam") }, isUser)).toBe("sam");
    expect(ownerIdOf({ repId: id("gone") }, isUser)).toBeUndefined();
  });

  it("lies in its own team and territory, else in its owner's", () => {
    expect(namesOf({ repId: id("ria") })).toEqual(["all", "team red", "territory north", "rep ria"]);
    expect(namesOf({ repId: id("ria"), teamId: "blue", territoryId: "west" })).toEqual([
      "all",
      "team blue",
      "territory west",
      "rep ria",
    ]);
  });

  it("without an owner is in the list of every rep of its territory, or of its team when it has none", () => {
    expect(namesOf({ territoryId: "north" })).toEqual(["all", "territory north", "rep ria", "rep sam"]);
    expect(namesOf({ teamId: "blue" })).toEqual(["all", "team blue", "rep sam"]);
    expect(namesOf({})).toEqual(["all"]);
  });
});

describe("a user's scope", () => {
  it("is a rep's own, a manager's team or territory, an admin's everything", () => {
    const scopeOf = (more: Partial<User>) => scopeName(scopeOfUser(aUser("u", more)));
    expect(scopeOf({ teamId: "red" })).toBe("rep u");
    expect(scopeOf({ role: "manager", teamId: "red", territoryId: "north" })).toBe("team red");
    expect(scopeOf({ role: "manager", territoryId: "north" })).toBe("territory north");
    expect(scopeOf({ role: "manager" })).toBe("all");
    expect(scopeOf({ role: "admin", teamId: "red" })).toBe("all");
  });

  it("holds the customers that lie in it", () => {
    const own = { type: "rep", userId: id("ria") } as const;
    expect(isInScope({ repId: id("ria") }, own, users)).toBe(true);
    expect(isInScope({ repId: id("sam") }, own, users)).toBe(false);
    expect(isInScope({}, { type: "all" }, users)).toBe(true);
  });
});
