import { builtInInsights } from "@regulars/core/insights/catalog";
import type { Activity } from "@regulars/core/customers/activity";
import type { Criterion } from "@regulars/core/monitors/criteria";
import { type OwnerType, ownerIdOf } from "@regulars/core/monitors/owner";
import { presetOf } from "@regulars/core/monitors/presets";
import { monitorSettingsOf } from "@regulars/core/monitors/tenant-settings";
import {
  activityIdSchema,
  currencySchema,
  customerIdSchema,
  day,
  minor,
  projectIdSchema,
  requestIdSchema,
  saleIdSchema,
  toInstant,
} from "@regulars/core/platform/values";
import { anOrder } from "@regulars/core/testing";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { valueOf } from "../../../test/fixtures/value-of.ts";
import { selectOwners } from "./select-owners.ts";

const AS_OF = day("2026-11-22");
const customer = (id: string) => customerIdSchema.parse(id);
const noon = (on: string) => toInstant(Date.parse(`${on}T12:00:00Z`));

describe("who meets criteria by what is stored", () => {
  let testTenant: TestTenant;

  const save = (...ids: readonly string[]) =>
    testTenant.store.imports.saveCustomers(ids.map((id) => ({ customerId: customer(id), name: id })));
  const contact = (customerId: string, on: string, more: Partial<Activity> = {}): Activity => ({
    activityId: activityIdSchema.parse(`${customerId}-${on}`),
    customerId: customer(customerId),
    type: "email",
    direction: "out",
    occurredAt: noon(on),
    occurredOn: day(on),
    completed: true,
    ...more,
  });
  const select = async (
    criteria: Criterion,
    monitors: Readonly<Record<string, unknown>> = {},
    ownerType: OwnerType = "company",
  ) => {
    const { store, tenant } = testTenant.another();
    const { owners } = valueOf(
      await selectOwners({
        tenant,
        nightly: store.nightly,
        monitors: store.monitors,
        fields: {
          ownerType,
          settings: monitorSettingsOf({ monitors }),
          kinds: builtInInsights.kinds.map(({ id }) => id),
        },
        criteria,
        asOf: AS_OF,
        canSee: () => true,
        now: noon("2026-11-23"),
      }),
    );
    return owners.map(ownerIdOf);
  };

  beforeEach(() => {
    testTenant = aTenantStore({ edition: "pro" });
  });

  it("SA12: counts an order day as one sold sale of its net value, and no order once the tenant says so", async () => {
    await save("orders", "sale");
    const { imports } = testTenant.store;
    await imports.saveOrders(
      ["a", "b"].map((orderId) =>
        anOrder({ on: "2026-11-20", customerId: "orders", orderId, lines: [{ netMinor: 60_000 }] }),
      ),
    );
    await imports.saveSales([
      {
        saleId: saleIdSchema.parse("s"),
        customerId: customer("sale"),
        status: "sold",
        saleOn: day("2026-11-20"),
        amountMinor: minor(60_000),
        currency: currencySchema.parse(testTenant.tenant.currency),
      },
    ]);
    const { currency } = testTenant.tenant;
    const amountClasses = [{ class: 1, currency, fromMinor: minor(100_000) }];
    const one: Criterion = { field: "sale.sold.total", op: "=", value: 1 };
    const large: Criterion = { field: "sale.sold.class1.total", op: "=", value: 1 };
    expect([await select(one), await select(large, { amountClasses })]).toEqual([["orders", "sale"], ["orders"]]);
    const without = { ordersAreSales: false, amountClasses };
    expect([await select(one, without), await select(large, without)]).toEqual([["sale"], []]);
  });

  it("SA12: counts what a program or a mass mailing did only where a comparison asks for it", async () => {
    await save("mass", "automatic", "crowd", "task", "called");
    await testTenant.store.imports.saveActivities([
      contact("mass", "2026-11-20", { mass: true }),
      contact("automatic", "2026-11-20", { automatic: true, direction: "in" }),
      contact("crowd", "2026-11-20", { attendees: 51 }),
      contact("task", "2026-11-21", { automatic: true, completed: false, type: "task" }),
      contact("called", "2026-11-20", { type: "call" }),
    ]);
    const some: Criterion = { field: "activity.totalIn1", op: ">", value: 0 };
    expect(await select(some)).toEqual(["called"]);
    expect(await select({ ...some, includeAutomatic: true })).toEqual(["automatic", "called", "crowd", "mass", "task"]);
  });

  it("SA19: are by a preset those that its name says, and no others", async () => {
    await save("fresh", "neglected", "sleeping", "expensive");
    const { imports } = testTenant.store;
    await imports.saveActivities([
      ...["fresh", "sleeping", "expensive"].map((id) => contact(id, "2026-11-20")),
      contact("neglected", "2026-10-23"),
    ]);
    const sold = (customerId: string, last: string, count: number) =>
      Array.from({ length: count }, (_, i) => ({
        saleId: saleIdSchema.parse(`${customerId}-${i}`),
        customerId: customer(customerId),
        status: "sold" as const,
        saleOn: day(last),
      }));
    await imports.saveSales([...sold("sleeping", "2026-09-21", 51), ...sold("fresh", "2026-11-20", 51)]);
    await imports.saveRequests(
      ["fresh", "expensive"].flatMap((customerId) =>
        Array.from({ length: 10 }, (_, i) => ({
          requestId: requestIdSchema.parse(`${customerId}-${i}`),
          customerId: customer(customerId),
          createdAt: noon("2026-10-01"),
          createdOn: day("2026-10-01"),
        })),
      ),
    );
    const eur = currencySchema.parse("EUR");
    const project = (name: string, more: object) => ({
      projectId: projectIdSchema.parse(name),
      customerId: customer("fresh"),
      name,
      ...more,
    });
    const [less, more] = [
      { minor: minor(1_000), currency: eur },
      { minor: minor(1_001), currency: eur },
    ];
    await imports.saveProjects([
      project("loss", { revenue: less, cost: more }),
      project("even", { revenue: less, cost: less }),
      project("unknown", { cost: more }),
    ]);
    const byPreset = (name: string) => {
      const preset = presetOf(name);
      if (preset?.criteria === undefined) throw new Error(`${name} has no criteria`);
      return select(preset.criteria, {}, preset.ownerType);
    };
    expect(await byPreset("neglected")).toEqual(["neglected"]);
    expect(await byPreset("sleeping")).toEqual(["sleeping"]);
    expect(await byPreset("expensive-customer")).toEqual(["expensive"]);
    expect(await byPreset("unprofitable-project")).toEqual(["loss"]);
  });
});
