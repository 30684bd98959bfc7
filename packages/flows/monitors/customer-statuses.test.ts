import { builtInInsights } from "@regulars/core/insights/catalog";
import { newMonitor } from "@regulars/core/monitors/change-monitor";
import { newMonitorSchema } from "@regulars/core/monitors/status-monitor";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import {
  currencySchema,
  customerIdSchema,
  day,
  invoiceIdSchema,
  minor,
  personIdSchema,
  projectIdSchema,
  saleIdSchema,
  toInstant,
  userIdSchema,
} from "@regulars/core/platform/values";
import { expect, it } from "vitest";
import { aTenantStore } from "../../../test/fixtures/tenant.ts";
import { customerStatuses } from "./customer-statuses.ts";
import { settleChanged } from "./settle-changed.ts";

const customerId = customerIdSchema.parse("acme");
const EUR = currencySchema.parse("EUR");
const NOW = toInstant(Date.parse("2026-11-23T10:00:00Z"));

it("SA09: texts have the person's, the project's and the company's data, and what is overdue on the day", async () => {
  const { tenant, store } = aTenantStore();
  const { imports, monitors, statuses, nightly } = store;
  await imports.saveUsers([{ userId: userIdSchema.parse("anna"), name: "Anna Berg", role: "rep" }]);
  await imports.saveCustomers([{ customerId, name: "Acme & Sons", repId: userIdSchema.parse("anna") }]);
  await imports.savePersons([
    { personId: personIdSchema.parse("eva"), customerId, name: "Eva <Holm>", phone: "+45 1" },
  ]);
  await imports.saveProjects([{ projectId: projectIdSchema.parse("bar"), customerId, name: "Bar", status: "late" }]);
  await imports.saveSales([{ saleId: saleIdSchema.parse("s"), customerId, status: "sold", saleOn: day("2026-10-01") }]);
  for (const [id, dueOn] of [
    ["past", "2026-11-22"],
    ["ahead", "2026-12-01"],
  ] as const)
    await imports.saveInvoices([
      {
        invoice: {
          invoiceId: invoiceIdSchema.parse(id),
          customerId,
          invoicedOn: day("2026-10-01"),
          dueOn: day(dueOn),
          totalMinor: minor(123_450),
          currency: EUR,
          type: "invoice",
          disputed: false,
        },
      },
    ]);
  const texts = [
    ["company", "<name>, <cont>: <ovrd|nothing> overdue, <dlst> days since <lsal>", "name"],
    ["person", "<pers> (<ppho|no phone>, <pmai|no mail>) of <name>", "name"],
    ["project", "<proj> is <psta>: <stat> since <sinc>", "name"],
  ] as const;
  for (const [ownerType, description, field] of texts)
    await monitors.create(
      newMonitor(
        monitorIdSchema.parse(ownerType),
        newMonitorSchema.parse({ name: ownerType, ownerType, description, criteria: { field, op: "isNotNull" } }),
      ),
    );
  await settleChanged({ tenant, catalog: builtInInsights, store, now: NOW, newId: () => "1", isEverybody: true });
  const shown = async (now = NOW) => {
    const [customer] = (await nightly.profiles([customerId])).values();
    if (customer === undefined) throw new Error("acme is gone");
    const given = { tenant, monitors, statuses, nightly, customer, contactName: "Anna Berg", now };
    const found = await customerStatuses(given);
    return found.ok ? found.value.map(({ text }) => text) : found;
  };
  expect(await shown()).toEqual([
    "Acme & Sons, Anna Berg: €1,234.50 overdue, 53 days since 2026-10-01",
    "Eva <Holm> (+45 1, no mail) of Acme & Sons",
    "Bar is late: project since 2026-11-23",
  ]);
  await nightly.saveNightly({ asOf: day("2026-12-01"), customers: 1, kinds: {} });
  expect(await shown(toInstant(Date.parse("2026-12-02T10:00:00Z")))).toMatchObject([
    "Acme & Sons, Anna Berg: €2,469.00 overdue, 62 days since 2026-10-01",
    expect.any(String),
    expect.any(String),
  ]);
});
