import { describe, expect, it } from "vitest";
import { planIdSchema } from "../platform/ids.ts";
import { type UserId, userIdSchema } from "../platform/values.ts";
import type { Actor } from "./actor.ts";
import { holds, may } from "./may.ts";
import { type Right, rights } from "./rights.ts";
import { fieldBeyond } from "./standing.ts";
import { userSchema } from "./user.ts";

const id = (text: string): UserId => userIdSchema.parse(text);
const user = (given: object): Actor => ({
  type: "user",
  user: userSchema.parse({ userId: "me", name: "Me", role: "rep", ...given }),
});
const key = (actions: readonly Right[], planIds?: readonly string[]): Actor => ({
  type: "key",
  keyId: "k1",
  name: "tunnel",
  actions,
  planIds: planIds?.map((one) => planIdSchema.parse(one)),
});
const plan = { planId: planIdSchema.parse("pln_a"), members: [{ userId: id("anna") }] };
const deal = { plan, manager: { userId: id("anna"), teamId: "north" } };

describe("who has left", () => {
  it("A2: holds no right and may do nothing, not even to their own things", () => {
    const gone = user({ userId: "anna", role: "admin", isActive: false });
    expect(rights.filter((right) => holds(gone, right))).toEqual([]);
    expect(may(gone, "deal.see", deal)).toBe(false);
    expect(may(gone, "customer.see", { owners: [{ userId: id("anna") }] })).toBe(false);
  });
});

describe("a deal", () => {
  it("A1, A4: is seen and changed by its manager of today, by who changes all, and by nobody else", () => {
    const may4 = (actor: Actor) =>
      (["deal.see", "deal.edit", "deal.overrule", "deal.refresh"] as const).map((action) => may(actor, action, deal));
    expect(may4(user({ userId: "anna" }))).toEqual([true, true, false, true]);
    expect(may4(user({ userId: "bo" }))).toEqual([false, false, false, false]);
    expect(may4(user({ role: "manager" }))).toEqual([true, true, true, true]);
    expect(may4(user({ dealRights: ["deals.edit_bulk"] }))).toEqual([false, false, false, false]);
    expect(may4(user({ userId: "anna", dealRights: ["deals.edit_bulk"] }))).toEqual([true, true, true, true]);
    expect(may4(key(["deals.edit_all"]))).toEqual([true, true, true, true]);
    expect(may4(key(["deals.edit_all"], ["pln_b"]))).toEqual([false, false, false, false]);
    expect(may4(key(["insights.view_all"]))).toEqual([true, false, false, false]);
  });

  it("A4: is seen by the key whose sender added it", () => {
    const adds = key(["leads.add"]);
    expect(may(adds, "deal.see", { ...deal, addedBy: "machine:tunnel" })).toBe(true);
    expect(may(adds, "deal.see", { ...deal, addedBy: "machine:other" })).toBe(false);
    expect(may(adds, "deal.see", deal)).toBe(false);
    expect(may(key(["leads.add"], ["pln_b"]), "deal.see", { ...deal, addedBy: "machine:tunnel" })).toBe(false);
  });
});

describe("a customer", () => {
  const owned = { owners: [{ userId: id("anna"), teamId: "north", territoryId: "t1" }] };

  it("A3: is its owners', their team's manager's, and without an owner the territory's or the team's", () => {
    const sees = (actor: Actor, customer: Parameters<typeof may<"customer.see">>[2]) =>
      may(actor, "customer.see", customer);
    expect(sees(user({ userId: "anna" }), owned)).toBe(true);
    expect(sees(user({ userId: "bo", teamId: "north" }), owned)).toBe(false);
    expect(sees(user({ role: "manager", teamId: "north" }), owned)).toBe(true);
    expect(sees(user({ role: "manager", teamId: "south" }), owned)).toBe(false);
    expect(sees(user({ role: "manager", territoryId: "t1" }), owned)).toBe(true);
    const nobodys = { owners: [], teamId: "north", territoryId: "t1" };
    expect(sees(user({ territoryId: "t1" }), nobodys)).toBe(true);
    expect(sees(user({ teamId: "north" }), nobodys)).toBe(false);
    expect(sees(user({ teamId: "north" }), { owners: [], teamId: "north" })).toBe(true);
    expect(sees(key(["insights.view_all"]), owned)).toBe(true);
    expect(sees(key(["insights.view_team"]), owned)).toBe(false);
  });

  it("A4: is reviewed by a key only with the right to it", () => {
    expect(may(key(["insights.view_all"]), "customer.review", owned)).toBe(false);
    expect(may(key(["insights.review"]), "customer.review", owned)).toBe(false);
    expect(may(key(["insights.view_all", "insights.review"]), "customer.review", owned)).toBe(true);
    expect(may(user({ userId: "anna" }), "customer.review", owned)).toBe(true);
  });
});

it("A4: nobody gives rights that they do not have, and taking them away is free", () => {
  const hr = key(["users.manage"]);
  const rep = { role: "rep" } as const;
  expect(fieldBeyond(hr, undefined, rep)).toBeUndefined();
  expect(fieldBeyond(hr, undefined, { role: "manager" })).toBe("role");
  expect(fieldBeyond(hr, rep, { ...rep, dealRights: ["deals.edit_all"] })).toBe("dealRights");
  expect(fieldBeyond(hr, { role: "admin" }, { role: "admin" })).toBeUndefined();
  expect(fieldBeyond(hr, { role: "admin" }, rep)).toBeUndefined();
  expect(fieldBeyond(hr, { role: "admin", isActive: false }, { role: "admin" })).toBe("isActive");
  expect(fieldBeyond(hr, { role: "admin" }, { role: "admin", isActive: false })).toBeUndefined();
  expect(fieldBeyond(user({ role: "admin" }), undefined, { role: "admin" })).toBeUndefined();
  expect(fieldBeyond(user({ role: "manager" }), undefined, rep)).toBeUndefined();
});
