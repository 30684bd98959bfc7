import { describe, expect, it } from "vitest";
import type { Activity } from "../customers/activity.ts";
import {
  activityIdSchema,
  customerIdSchema,
  day,
  personIdSchema,
  toInstant,
  userIdSchema,
} from "../platform/values.ts";
import { seeded } from "../platform/random.ts";
import { interactionsOf } from "./interactions.ts";

const person = (id: number) => personIdSchema.parse(`p-${id}`);
const twelve = Array.from({ length: 12 }, (_, i) => person(i + 1));

const anActivity = (id: string, parts: Partial<Activity> = {}): Activity => ({
  activityId: activityIdSchema.parse(id),
  customerId: customerIdSchema.parse("acme"),
  type: "meeting",
  direction: "none",
  userId: userIdSchema.parse("ana"),
  personId: person(1),
  occurredAt: toInstant(Date.parse("2026-11-03T09:00:00Z")),
  occurredOn: day("2026-11-03"),
  completed: true,
  ...parts,
});

describe("the interactions of a customer", () => {
  it("leave out what a program sent and what went to a mass", () => {
    const given = [
      anActivity("1", { type: "email", automatic: true }),
      anActivity("2", { type: "email", mass: true }),
      anActivity("3", { type: "email", attendees: 51 }),
      anActivity("4", { type: "email", attendees: 50 }),
      anActivity("5", { type: "meeting", attendees: 51, occurredAt: toInstant(Date.parse("2026-11-03T10:00:00Z")) }),
    ];
    expect(interactionsOf(given).map(({ type, attendees }) => [type, attendees])).toEqual([
      ["email", 50],
      ["meeting", 51],
    ]);
  });

  it("are in the order of their instants, then ids, whatever order they come in", () => {
    const at = (hour: number) => toInstant(Date.parse(`2026-11-03T0${hour}:00:00Z`));
    const given = [
      anActivity("b", { type: "email", direction: "in", occurredAt: at(8) }),
      anActivity("a", { type: "email", direction: "out", occurredAt: at(8) }),
      anActivity("c", { type: "call", direction: "none", occurredAt: at(7) }),
    ];
    const seen = interactionsOf(given).map(({ type, direction }) => `${type} ${direction}`);
    expect(seen).toEqual(["call none", "email out", "email in"]);
    expect(interactionsOf(given.toReversed())).toEqual(interactionsOf(given));
  });

  it("are the same in 20,000 random histories, in whatever order they are told", () => {
    const random = seeded(16);
    const some = (count: number) => Math.floor(random() * count);
    const differing: number[] = [];
    for (let round = 0; round < 20_000; round += 1) {
      const given = Array.from({ length: 2 + some(7) }, (_, i) =>
        anActivity(`m-${i % 5}${random() < 0.5 ? `#${i}` : `x${i}`}`, {
          type: (["email", "meeting", "meeting", "call", "task"] as const)[some(5)] ?? "call",
          direction: (["in", "out", "none"] as const)[some(3)] ?? "none",
          userId: random() < 0.8 ? userIdSchema.parse(`u-${some(2)}`) : undefined,
          personId: random() < 0.8 ? person(some(3)) : undefined,
          ...(random() < 0.3 ? { attendees: 3, attendeeIds: twelve.slice(0, 3) } : {}),
          automatic: random() < 0.1,
          occurredAt: toInstant(Date.parse("2026-11-03T09:00:00Z") + 60_000 * some(2)),
        }),
      );
      const other = given
        .map((one) => ({ one, at: random() }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ one }) => one);
      if (JSON.stringify(interactionsOf(given)) !== JSON.stringify(interactionsOf(other))) differing.push(round);
    }
    expect(differing).toEqual([]);
  });

  it("are one meeting told for twelve people, as twelve rows or as one", () => {
    const asRows = interactionsOf(twelve.map((personId, i) => anActivity(`m-${i}`, { personId })));
    const asOne = interactionsOf([anActivity("m", { personId: undefined, attendees: 12, attendeeIds: twelve })]);
    const sorted = (views: typeof asRows) => views.map(({ personId, attendees }) => [personId, attendees]).toSorted();
    expect(sorted(asRows)).toEqual(twelve.map((id) => [id, 12]).toSorted());
    expect(sorted(asOne)).toEqual(sorted(asRows));
    for (const views of [asRows, asOne])
      expect(views.map(({ joinsPrevious }) => joinsPrevious === true)).toEqual(twelve.map((_, i) => i > 0));
  });

  it("are one meeting of two colleagues when the id is the same up to its last part, and two when it is not", () => {
    const bob = userIdSchema.parse("bob");
    const joined = (second: string) =>
      interactionsOf([anActivity("m-7#1"), anActivity(second, { userId: bob })]).map(
        ({ userId, joinsPrevious }) => `${userId}${joinsPrevious === true ? " too" : ""}`,
      );
    expect(joined("m-7#2")).toEqual(["ana", "bob too"]);
    expect(joined("m-8#2")).toEqual(["ana", "bob"]);
  });

  it("have a meeting once that is told twice of the same two, and two messages of one minute twice", () => {
    expect(interactionsOf([anActivity("m#1"), anActivity("m#2")])).toHaveLength(1);
    const mail = { type: "email", direction: "in" } as const;
    expect(interactionsOf([anActivity("1", mail), anActivity("2", mail)])).toHaveLength(2);
  });
});
