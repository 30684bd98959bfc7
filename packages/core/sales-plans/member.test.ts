import { expect, it } from "vitest";
import type { User } from "../access/user.ts";
import { toInstant, userIdSchema } from "../platform/values.ts";
import { memberSchema, nextArrival, availability } from "./member.ts";

const anna = userIdSchema.parse("anna");

/** Why Anna gets no lead at a time; "there" when she is available. */
function at(time: string, given: object, user: Partial<User> = {}): string {
  const users = new Map([[anna, { userId: anna, name: "Anna", role: "rep" as const, ...user }]]);
  const member = memberSchema.parse({ userId: "anna", ...given });
  return availability([member], users, toInstant(Date.parse(time)), "UTC")[0]?.absence ?? "there";
}

const nineToSix = { hours: [{ days: [1, 2, 3, 4, 5], from: "09:00", to: "18:00" }] };

it("BX11 a member without hours is available at any time", () => {
  expect(at("2026-11-22T03:00:00Z", {})).toBe("there");
});

it("BX11 hours begin at their first minute and end before their last", () => {
  expect(at("2026-11-23T08:59:59Z", nineToSix)).toBe("outside-hours");
  expect(at("2026-11-23T09:00:00Z", nineToSix)).toBe("there");
  expect(at("2026-11-23T17:59:59Z", nineToSix)).toBe("there");
  expect(at("2026-11-23T18:00:00Z", nineToSix)).toBe("outside-hours");
  expect(at("2026-11-22T12:00:00Z", nineToSix)).toBe("outside-hours");
});

it("BX11 hours are those of the member's own zone, through its clock changes", () => {
  const kyiv = { timeZone: "Europe/Kyiv" };
  expect(at("2026-11-23T07:00:00Z", nineToSix, kyiv)).toBe("there");
  expect(at("2026-11-23T16:00:00Z", nineToSix, kyiv)).toBe("outside-hours");
  expect(at("2026-07-06T06:00:00Z", nineToSix, kyiv)).toBe("there");
  expect(at("2026-07-06T05:59:00Z", nineToSix, kyiv)).toBe("outside-hours");
});

it("BX11 a night shift belongs to the day it begins on", () => {
  const friday = { hours: [{ days: [5], from: "22:00", to: "06:00" }] };
  expect(at("2026-11-27T22:00:00Z", friday)).toBe("there");
  expect(at("2026-11-28T05:59:00Z", friday)).toBe("there");
  expect(at("2026-11-28T06:00:00Z", friday)).toBe("outside-hours");
  expect(at("2026-11-27T05:00:00Z", friday)).toBe("outside-hours");
});

it("BX11 a vacation takes in its first and its last local day", () => {
  const away = { vacations: [{ from: "2026-11-23", to: "2026-11-24" }] };
  expect(at("2026-11-22T23:59:00Z", away)).toBe("there");
  expect(at("2026-11-23T00:00:00Z", away)).toBe("on-vacation");
  expect(at("2026-11-24T23:59:00Z", away)).toBe("on-vacation");
  expect(at("2026-11-25T00:00:00Z", away)).toBe("there");
  expect(at("2026-11-22T22:30:00Z", away, { timeZone: "Europe/Kyiv" })).toBe("on-vacation");
});

it("BX11 a member who is paused, inactive or unknown is not available", () => {
  expect(at("2026-11-23T12:00:00Z", { isPaused: true })).toBe("paused");
  expect(at("2026-11-23T12:00:00Z", {}, { isActive: false })).toBe("user-inactive");
  const member = memberSchema.parse({ userId: "nobody" });
  expect(availability([member], new Map(), toInstant(0), "UTC")).toEqual([{ member, absence: "user-inactive" }]);
});

it("refuses an invalid member", () => {
  for (const given of [
    { weight: 0 },
    { weight: 1.5 },
    { cap: -1 },
    { hours: [{ days: [8], from: "09:00", to: "18:00" }] },
    { hours: [{ days: [1], from: "9:00", to: "18:00" }] },
    { vacations: [{ from: "2026-11-24", to: "2026-11-23" }] },
    { nickname: "A" },
  ])
    expect(memberSchema.safeParse({ userId: "anna", ...given }).success).toBe(false);
});

it("BX11 a member outside their hours or on vacation returns on the minute; other absences have no end", () => {
  const users = new Map([[anna, { userId: anna, name: "Anna", role: "rep" as const, timeZone: "Europe/Kyiv" }]]);
  const backAt = (now: string, given: object, minutes = 5) =>
    nextArrival([memberSchema.parse({ userId: "anna", ...given })], users, toInstant(Date.parse(now)), "UTC", minutes);
  expect(backAt("2026-11-23T06:57:30.500Z", nineToSix)).toBe("2026-11-23T07:00:00.000Z");
  expect(backAt("2026-11-23T06:55:00Z", nineToSix)).toBe("2026-11-23T07:00:00.000Z");
  expect(backAt("2026-11-23T06:54:59Z", nineToSix)).toBeUndefined();
  expect(backAt("2026-11-23T07:00:00Z", nineToSix)).toBeUndefined();
  expect(backAt("2026-11-23T06:57:00Z", { ...nineToSix, isPaused: true })).toBeUndefined();
  expect(backAt("2026-11-23T06:57:00Z", {})).toBeUndefined();
  const away = { vacations: [{ from: "2026-11-23", to: "2026-11-24" }] };
  expect(backAt("2026-11-24T21:58:00Z", away)).toBe("2026-11-24T22:00:00.000Z");
  expect(backAt("2026-11-24T21:58:00Z", { ...away, ...nineToSix })).toBeUndefined();
});
