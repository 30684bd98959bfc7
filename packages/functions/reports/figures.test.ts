import { describe, expect, it } from "vitest";
import { editions } from "@regulars/core/tenants/tenant";
import { measuredEditions } from "../../../infra/metrics.ts";
import { editionFiguresOf, figuresOf } from "./figures.ts";

const of = (what: string, given: object) =>
  Object.fromEntries(figuresOf(what, given).map(({ name, value }) => [name, value]));

describe("metrics of work", () => {
  it("of a tick say what it started and who is late", () => {
    expect(of("tick", { nightly: 3, outgoing: 2, lateNightlyRuns: 1, late: ["acme"], oldestDueMs: 60_000 })).toEqual({
      StartedNightlyRuns: 3,
      LateNightlyRuns: 1,
      OldestDueMs: 60_000,
    });
  });

  it("of a nightly run say how long it took, what it found and what it used", () => {
    const given = { tenantId: "acme", ms: 840, findings: { added: 2, ongoing: 5, resolved: 1 } };
    expect(figuresOf("nightly", { ...given, readRequestUnits: 590.5, writeRequestUnits: 12 })).toEqual([
      { name: "NightlyRuns", unit: "Count", value: 1 },
      { name: "NightlyMs", unit: "Milliseconds", value: 840 },
      { name: "NewFindings", unit: "Count", value: 2 },
      { name: "SetAsideCustomers", unit: "Count", value: 0 },
      { name: "ReadUnits", unit: "Count", value: 590.5 },
      { name: "WriteUnits", unit: "Count", value: 12 },
    ]);
  });

  it("of a nightly run say how many customers it has passed over", () => {
    const given = { ms: 840, findings: { added: 0 }, readRequestUnits: 1, writeRequestUnits: 1 };
    const setAside = { count: 3, first: [{ customerId: "C1", reason: "cannot be read" }] };
    expect(of("nightly", { ...given, setAside })).toMatchObject({ NightlyRuns: 1, SetAsideCustomers: 3 });
  });

  it("of deliveries say how many were sent, failed, and may have arrived twice", () => {
    expect(of("deliver", { sent: 4, failed: 1, maybeDuplicates: 1, hasMore: false })).toEqual({
      SentNotifications: 4,
      FailedNotifications: 1,
      MaybeDuplicates: 1,
    });
  });

  it("of a request say how long it took, and whether it was refused", () => {
    expect(of("request", { status: 200, ms: 31 })).toEqual({ Requests: 1, RefusedRequests: 0, RequestMs: 31 });
    expect(of("request", { status: 429, ms: 2 })).toEqual({ Requests: 1, RefusedRequests: 1, RequestMs: 2 });
    expect(of("request", { status: 500, ms: 7 })).toEqual({ Requests: 1, RefusedRequests: 0, RequestMs: 7 });
  });

  it("are kept for each edition that a tenant may have", () => {
    expect(measuredEditions).toEqual(editions);
    for (const edition of editions)
      expect(editionFiguresOf("deliver", { edition, sent: 4, failed: 1, maybeDuplicates: 0 })).toEqual({
        edition,
        figures: [{ name: "SentNotifications", unit: "Count", value: 4 }],
      });
  });

  it("are none of what no chart uses", () => {
    expect(figuresOf("something else", { ms: 1 })).toEqual([]);
  });

  it("are not invented when the report has none", () => {
    expect(() => figuresOf("deliver", {})).toThrow("sent");
  });
});
