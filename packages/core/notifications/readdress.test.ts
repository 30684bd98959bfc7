import { describe, expect, it } from "vitest";
import { type User, userSchema } from "../access/user.ts";
import { customerSchema } from "../customers/customer.ts";
import type { CustomerId, UserId } from "../platform/values.ts";
import { alertSchema, digestSchema, noticeSchema } from "./message.ts";
import { customersIn, readdressed } from "./readdress.ts";

const usersOf = (...given: readonly object[]): ReadonlyMap<UserId, User> =>
  new Map(given.map((one) => userSchema.parse({ role: "rep", ...one })).map((user) => [user.userId, user]));
const profilesOf = (...given: readonly object[]) =>
  new Map(
    given
      .map((one) => customerSchema.parse(one))
      .map((customer): [CustomerId, typeof customer] => [customer.customerId, customer]),
  );

const ria = { userId: "ria", name: "Ria", email: "ria@x.example", teamId: "north" };
const mia = { userId: "mia", name: "Mia", email: "mia@x.example", teamId: "north", role: "manager" };
const sue = { userId: "sue", name: "Sue", email: "sue@x.example", teamId: "south", role: "manager" };
const text = { template: "t", variables: {} };
const line = (customerId: string) => ({
  findingId: `churn-risk:${customerId}`,
  level: "high",
  isNew: true,
  customerId,
  customerName: customerId,
  why: text,
  atStakeMinor: 1,
  currency: "EUR",
  link: "https://x.example",
  followUp: text,
  kind: "churn-risk",
  also: [],
});
const common = { tenantId: "t-1", tenantName: "Acme", asOf: "2026-11-22", locale: "en" };
const digest = digestSchema.parse({
  ...common,
  type: "digest",
  userId: "ria",
  to: { name: "Ria", address: "old@x.example" },
  sections: [{ kind: "churn-risk", count: 5, newCount: 5 }],
  lines: [line("acme"), line("blue")],
  link: "https://x.example/ria",
});
const both = profilesOf({ customerId: "acme", repId: "ria" }, { customerId: "blue", repId: "ria" });
const sent = (users: ReadonlyMap<UserId, User>, profiles = both) => {
  const message = readdressed(digest, users, profiles);
  if (!message.ok || message.value.type !== "digest") return message;
  const { to, sections, lines } = message.value;
  return { to: to.address, counts: sections.map(({ count }) => count), of: lines.map(({ customerId }) => customerId) };
};

describe("a queued digest", () => {
  it("A2: goes to the user's address of today", () => {
    expect(sent(usersOf(ria, mia))).toEqual({ to: "ria@x.example", counts: [5], of: ["acme", "blue"] });
    expect(customersIn(digest)).toEqual(["acme", "blue"]);
  });

  it("A2: of a user who has left goes to the active manager of their team, and to nobody without one", () => {
    const left = { ...ria, isActive: false };
    expect(sent(usersOf(left, sue, mia))).toEqual({ to: "mia@x.example", counts: [5], of: ["acme", "blue"] });
    expect(sent(usersOf(left, sue, { ...mia, isActive: false }))).toMatchObject({ ok: false, reason: "user-left" });
    expect(sent(usersOf(left, { ...mia, email: undefined }))).toMatchObject({ ok: false, reason: "no-address" });
  });

  it("A3: says nothing of a customer who is somebody else's since, and is not sent without any", () => {
    const moved = profilesOf({ customerId: "acme", repId: "mia" }, { customerId: "blue", repId: "ria" });
    expect(sent(usersOf(ria, mia), moved)).toEqual({ to: "ria@x.example", counts: [4], of: ["blue"] });
    const gone = digestSchema.parse({
      ...digest,
      sections: [{ ...digest.sections[0], count: 1 }],
      lines: [line("acme")],
    });
    expect(readdressed(gone, usersOf(ria, mia), moved)).toMatchObject({ ok: false, reason: "nothing-left" });
  });
});

it("A2: an alert names the manager instead of a rep who has left, and a notice to who has left is not sent", () => {
  const alert = alertSchema.parse({
    ...common,
    type: "alert",
    kind: "churn-risk",
    line: line("acme"),
    rep: { userId: "ria", name: "Ria", slackUserId: "U1" },
  });
  const left = usersOf({ ...ria, isActive: false }, { ...mia, slackUserId: "U2" });
  expect(readdressed(alert, left, both)).toMatchObject({
    ok: true,
    value: { rep: { userId: "mia", slackUserId: "U2" } },
  });
  const notice = noticeSchema.parse({
    ...common,
    type: "notice",
    userId: "ria",
    to: digest.to,
    title: "T",
    paragraphs: [],
  });
  expect(readdressed(notice, left, both)).toMatchObject({ ok: false, reason: "user-left" });
  expect(customersIn(notice)).toEqual([]);
});
