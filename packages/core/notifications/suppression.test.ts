import { array, assert, boolean, integer, property, record, shuffledSubarray } from "fast-check";
import { describe, expect, it } from "vitest";
import { toInstant } from "../platform/values.ts";
import type { MailEvent } from "./mail-event.ts";
import { type AddressRecord, afterEvent, freshRecord, lifted, suppressionText } from "./suppression.ts";

const MONDAY = Date.parse("2026-11-23T07:30:00.000Z");
const HOUR = 3_600_000;

const event = (hours: number, parts: Partial<MailEvent> = {}): MailEvent => ({
  id: `event-${hours}`,
  at: toInstant(MONDAY + hours * HOUR),
  fate: "bounced",
  isPermanent: false,
  addresses: ["ase@acme.example"],
  ...parts,
});

const after = (events: readonly MailEvent[], from: AddressRecord = freshRecord("ase@acme.example")) =>
  events.reduce(afterEvent, from);

describe("an address that mail comes back from", () => {
  it("BX18: gets no more mail after one permanent bounce, and after one complaint", () => {
    expect(after([event(0, { isPermanent: true, detail: "550 unknown user", notificationId: "n-1" })])).toEqual({
      address: "ase@acme.example",
      version: 1,
      transient: [],
      suppressed: {
        reason: "permanent-bounce",
        at: "2026-11-23T07:30:00.000Z",
        detail: "550 unknown user",
        notificationId: "n-1",
      },
    });
    expect(after([event(0, { fate: "complained" })]).suppressed?.reason).toBe("complaint");
  });

  it("BX18: gets no more mail after three transient bounces within seven days, and not after two", () => {
    expect(after([event(0), event(80)]).suppressed).toBeUndefined();
    expect(after([event(0), event(80), event(168 - 1 / 60)]).suppressed).toEqual({
      reason: "repeated-bounces",
      at: "2026-11-30T07:29:00.000Z",
    });
  });

  it("still gets mail when the third comes exactly seven days after the first", () => {
    expect(after([event(0), event(80), event(168)]).suppressed).toBeUndefined();
  });

  it("is not suppressed by one bounce that is told three times", () => {
    expect(after([event(0), event(0), event(0)])).toMatchObject({ version: 1, transient: [{ id: "event-0" }] });
  });

  it.each(["delivered", "delayed", "rejected"] as const)("is none because of a mail that was %s", (fate) => {
    const known = freshRecord("ase@acme.example");
    expect(afterEvent(known, event(0, { fate }))).toBe(known);
  });

  it("gets mail again once that is lifted; what happened before no longer counts, what happens later does", () => {
    const stopped = after([event(0), event(1), event(2)]);
    const again = lifted(stopped, "olga", toInstant(MONDAY + 5 * HOUR));
    expect(again).toMatchObject({ version: 4, transient: [], lifted: { by: "olga" } });
    expect(again.suppressed).toBeUndefined();
    expect(afterEvent(again, event(4, { isPermanent: true }))).toBe(again);
    expect(afterEvent(again, event(5, { isPermanent: true }))).toBe(again);
    expect(afterEvent(again, event(6, { isPermanent: true })).suppressed?.reason).toBe("permanent-bounce");
  });

  it("says why in a sentence", () => {
    const said = (events: readonly MailEvent[]) => {
      const { suppressed } = after(events);
      return suppressed && suppressionText(suppressed);
    };
    expect(said([event(0, { isPermanent: true, detail: "550 unknown user" })])).toBe(
      "the address does not take mail (2026-11-23: 550 unknown user)",
    );
    expect(said([event(0, { fate: "complained" })])).toBe("its reader called a mail spam (2026-11-23)");
    expect(said([event(0), event(1), event(2)])).toBe("3 mails came back within 7 days (2026-11-23)");
  });

  it("is suppressed or not by the same rule in whatever order and however often the events are told", () => {
    const bounce = record({ hours: integer({ min: 0, max: 400 }), isPermanent: boolean() });
    assert(
      property(
        array(bounce, { maxLength: 12 }).chain((given) => {
          const told = given.map(({ hours, isPermanent }, i) =>
            event(hours, { id: `event-${i}`, isPermanent: isPermanent && i % 5 === 0 }),
          );
          const all = [...told, ...told];
          return shuffledSubarray(all, { minLength: all.length }).map((shuffled) => ({ told, shuffled }));
        }),
        ({ told, shuffled }) => {
          expect(after(shuffled).suppressed !== undefined).toBe(isSuppressedByTheRule(told));
        },
      ),
    );
  });
});

/** A second reading of the rule, over all events at once. */
function isSuppressedByTheRule(told: readonly MailEvent[]): boolean {
  if (told.some(({ isPermanent }) => isPermanent)) return true;
  const times = told.map(({ at }) => Date.parse(at));
  return times.some((from) => times.filter((at) => at >= from && at < from + 168 * HOUR).length >= 3);
}
