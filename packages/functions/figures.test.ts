import { describe, expect, it } from "vitest";
import { figuresOf } from "./figures.ts";

const of = (what: string, told: object) =>
  Object.fromEntries(figuresOf(what, told).map(({ name, value }) => [name, value]));

describe("figures of work", () => {
  it("of a tick say that it ran, what it started and who is late", () => {
    expect(of("tick", { nights: 3, deliveries: 2, lateNights: 1, late: ["acme"] })).toEqual({
      Ticks: 1,
      StartedNights: 3,
      LateNights: 1,
    });
  });

  it("of a night say how long it took, what it found and what it used", () => {
    const told = { tenantId: "acme", ms: 840, findings: { fresh: 2, lasting: 5, resolved: 1 } };
    expect(figuresOf("night", { ...told, readRequestUnits: 590.5, writeRequestUnits: 12 })).toEqual([
      { name: "Nights", unit: "Count", value: 1 },
      { name: "NightMs", unit: "Milliseconds", value: 840 },
      { name: "FreshFindings", unit: "Count", value: 2 },
      { name: "ReadUnits", unit: "Count", value: 590.5 },
      { name: "WriteUnits", unit: "Count", value: 12 },
    ]);
  });

  it("of deliveries say how many were sent, failed, and may have arrived twice", () => {
    expect(of("deliver", { sent: 4, failed: 1, maybeDuplicates: 1, hasMore: false })).toEqual({
      SentDeliveries: 4,
      FailedDeliveries: 1,
      MaybeDuplicates: 1,
    });
  });

  it("are none of what no chart asks for", () => {
    expect(figuresOf("something else", { ms: 1 })).toEqual([]);
  });

  it("are not made up when the report has none", () => {
    expect(() => figuresOf("deliver", {})).toThrow("sent");
  });
});
