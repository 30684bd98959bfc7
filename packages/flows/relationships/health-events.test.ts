import { builtInInsights } from "@regulars/core/insights/catalog";
import type { Activity } from "@regulars/core/customers/activity";
import { addDays } from "@regulars/core/platform/period";
import {
  activityIdSchema,
  customerIdSchema,
  day,
  personIdSchema,
  toInstant,
  userIdSchema,
} from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, all, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { runNightly } from "../nightly/run-nightly.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";

const ACME = customerIdSchema.parse("acme");
/** The day on which a customer met every week until 2026-10-29 is no longer good. */
const FELL_ON = day("2026-11-29");

const meeting = (ago: number): Activity => {
  const occurredOn = addDays(day("2026-10-29"), -ago);
  return {
    activityId: activityIdSchema.parse(`m-${ago}`),
    customerId: ACME,
    type: "meeting",
    direction: "none",
    userId: userIdSchema.parse("ana"),
    personId: personIdSchema.parse("p-1"),
    occurredAt: toInstant(Date.parse(`${occurredOn}T09:00:00Z`)),
    occurredOn,
    completed: true,
  };
};

describe("events of relationship health", () => {
  let testTenant: TestTenant;
  const published: string[] = [];
  const night = async (asOf: typeof FELL_ON, relationships = {}) => {
    const { tenant, store } = testTenant;
    await runNightly({
      catalog: builtInInsights,
      tenant: { ...tenant, relationships },
      asOf,
      now: toInstant(Date.parse(`${addDays(asOf, 1)}T02:00:00Z`)),
      store: {
        ...store.nightly,
        isEventWanted: () => Promise.resolve(true),
        publish: (event) => {
          published.push(`${event.eventId} ${event.eventTypes.join(" ")}`);
          return Promise.resolve(true);
        },
      },
      links: { finding: () => "", rep: () => "", introductions: () => "" },
      isScheduled: true,
      isOnHold: false,
    });
  };

  beforeEach(async () => {
    testTenant = aTenantStore();
    published.length = 0;
    await testTenant.store.imports.saveCustomers([{ customerId: ACME, name: "ACME" }]);
    await testTenant.store.imports.saveActivities(Array.from({ length: 20 }, (_, i) => meeting(7 * i)));
  });

  it("RH02: tell once of each change, of the customer and of the person, also when a night runs twice", async () => {
    for (const asOf of [addDays(FELL_ON, -1), FELL_ON, FELL_ON, addDays(FELL_ON, 1)]) await night(asOf);
    expect(published.filter((one) => one.endsWith("health.gradeChanged"))).toEqual([
      "health.2026-11-29.acme health.gradeChanged",
      "health.2026-11-29.acme.p-1 health.gradeChanged",
    ]);
  });

  it("RH02: tell of the days of missed nights too", async () => {
    await night(addDays(FELL_ON, -8));
    published.length = 0;
    await night(addDays(FELL_ON, 3));
    expect(published).toEqual([
      "health.2026-11-23.acme health.trendDown",
      "health.2026-11-29.acme health.gradeChanged",
      "health.2026-11-23.acme.p-1 health.trendDown",
      "health.2026-11-29.acme.p-1 health.gradeChanged",
    ]);
  });

  it("RH12: follow a changed scale from the next night on, and so does the finding", async () => {
    const fallen = async () => {
      await indexesCaughtUp();
      const findings = await all(testTenant.store.nightly.ofRep(undefined));
      return findings.flatMap(({ kind, episode }) =>
        kind === "weak-relationship" && episode.startsWith("fell") ? [episode] : [],
      );
    };
    await night(addDays(FELL_ON, -4));
    expect(await fallen()).toEqual([]);
    await night(addDays(FELL_ON, -3), { goodMin: 80 });
    expect(await fallen()).toEqual(["fell:2026-11-21"]);
    published.length = 0;
    await night(FELL_ON, { goodMin: 80 });
    expect(published.filter((one) => one.endsWith("health.gradeChanged"))).toEqual([]);
  });

  it("leave a finding that is there from the fall on", async () => {
    await night(FELL_ON);
    await indexesCaughtUp();
    const found = (await all(testTenant.store.nightly.ofRep(undefined))).filter(
      ({ kind }) => kind === "weak-relationship",
    );
    expect(found.map(({ subject, episode }) => [subject.id, episode])).toEqual([["acme", "fell:2026-11-29"]]);
  });
});
