import { assembleActivity } from "@regulars/core/imports/activities";
import { type ActivityRow, rowSchemas } from "@regulars/core/imports/rows";
import { type Day, toDayNumber } from "@regulars/core/platform/values";
import { day } from "@regulars/core/platform/values";
import { connectionsOf } from "@regulars/core/relationships/connections";
import { HealthOfTimeline } from "@regulars/core/relationships/health";
import { healthSettingsOf } from "@regulars/core/relationships/health-settings";
import { unionOf } from "@regulars/core/relationships/timeline";
import { CustomerWeaknesses } from "@regulars/core/relationships/weaknesses";
import { activityColumns } from "@regulars/core/snapshots/activity-columns";
import { interactionsOf } from "@regulars/core/snapshots/interactions";
import { describe, expect, it } from "vitest";
import { customerBook } from "./customer-book.ts";
import { contactPlans } from "./contact-plans.ts";
import { demoCompany } from "./demo-company.ts";
import { valueOf } from "../../../test/fixtures/value-of.ts";

const context = { settings: healthSettingsOf({}, undefined), closures: [] };

function relationshipsOf(asOf: Day, seed: number) {
  const { files, tenant } = demoCompany({ seed, asOf });
  const intake = { timeZone: tenant.timeZone };
  const rows = files.activities.map((row): ActivityRow => rowSchemas.activities.parse(row));
  const told = Map.groupBy(rows, ({ customerId }) => customerId);
  return new Map(
    [...told].map(([customerId, own]) => {
      const activities = own.map((row) => ({ ...valueOf(assembleActivity(row, intake)), customerId }));
      const views = interactionsOf(activities);
      return [
        customerId,
        {
          activities,
          health: new HealthOfTimeline(unionOf(views), context).on(asOf),
          weak: new CustomerWeaknesses(activityColumns(views), context).on(asOf).map(({ reason }) => reason),
          knownBy: connectionsOf(views, toDayNumber(asOf)).map(({ userId }) => userId),
        },
      ] as const;
    }),
  );
}

const days = ["2026-11-22", "2027-02-28", "2025-07-06", "2028-02-29", "2026-12-25", "2026-11-24"];

describe.each(days.map((on, i) => [day(on), (i % 3) + 1] as const))("the demo's contacts up to %s", (asOf, seed) => {
  const found = relationshipsOf(asOf, seed);
  const of = (customerId: string) => [...found].find(([id]) => id === customerId)?.[1];

  it("tell what is planted: who waits, who is met no more, who does not reply, and who knows whom", () => {
    expect(of("C1102")?.weak).toContain("waits");
    expect(of("C1302")?.weak).toContain("waits");
    expect(of("C1202")?.weak).toContain("no-reply");
    expect(of("C1112")?.weak).toContain("trend-down");
    expect(of("C1211")?.weak).toContain("trend-down");
    expect(of("C1104")?.knownBy.toSorted()).toEqual(["u-elin", "u-freja", "u-henrik"]);
    expect(of("C1304")?.knownBy.toSorted()).toEqual(["u-elin", "u-freja"]);
  });

  it("are in order with everybody else", () => {
    const others = [...found].filter(
      ([id, { weak }]) => contactPlans[id ?? ""]?.planted === undefined && weak.length > 0,
    );
    expect(others.map(([id, { weak }]) => `${id} ${weak.join(" ")}`)).toEqual([]);
  });

  it("make every grade, and none of those who only get newsletters", () => {
    const grades = Map.groupBy(found.values(), ({ health }) => health?.grade ?? "none");
    for (const grade of ["good", "fair", "poor"] as const) expect(grades.get(grade)?.length ?? 0).toBeGreaterThan(0);
    expect(grades.get("none")?.length).toBe(customerBook.filter(({ everyDays }) => everyDays === 0).length);
  });

  it("happened: none is after the as-of day", () => {
    const late = [...found.values()].flatMap(({ activities }) => activities.filter((one) => one.occurredOn > asOf));
    expect(late).toEqual([]);
  });
});
