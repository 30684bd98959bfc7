import { describe, expect, it } from "vitest";
import type { User } from "../access/user.ts";
import { type UserId, customerIdSchema, userIdSchema } from "../platform/values.ts";
import { gapsOf } from "./data-quality.ts";

const customerId = customerIdSchema.parse("acme");
const [anna, bo, nobody] = ["anna", "bo", "nobody"].map((id) => userIdSchema.parse(id));
const users = new Map<UserId, User>();
for (const [userId, isActive] of [
  [anna, true],
  [bo, false],
] as const)
  if (userId !== undefined) users.set(userId, { userId, name: userId, role: "rep", isActive });

describe("the gaps of a customer", () => {
  it.each([
    [{ name: "Acme", repId: anna, phone: "1", email: "a@b.example" }, []],
    [{}, ["no-name", "no-rep", "no-phone", "no-email"]],
    [{ name: "Acme", repId: nobody, phone: "1", email: "a@b.example" }, ["unknown-rep"]],
    [{ name: "Acme", repId: bo, phone: "1" }, ["rep-left", "no-email"]],
    [{ name: "Acme", territoryId: "north", phone: "1", email: "a@b.example" }, []],
  ] as const)("%j has %j", (fields, gaps) => {
    expect(gapsOf({ customerId, ...fields }, users)).toEqual(gaps);
  });
});
