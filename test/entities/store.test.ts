import { boardRow } from "@regulars/core/boards/board-row";
import { closingOf } from "@regulars/core/deals/deal";
import { describe, expect, it } from "vitest";
import { aTenantStore } from "../fixtures/tenant.ts";
import { emptyFields } from "./fields.ts";
import { deal, closing } from "./samples/deals.ts";
import { contact } from "./samples/leads.ts";
import { plan, state } from "./samples/sales-plans.ts";
import { at, planId, by } from "./samples/values.ts";
import { entities } from "./stored-entities.ts";

describe.each(entities)("$name", ({ schema, sample, throughStore }) => {
  it("has a sample with every field", () => {
    expect(emptyFields(schema, sample)).toEqual([]);
  });

  it("is read from the store with every field that was written", async () => {
    expect(await throughStore(aTenantStore())).toEqual(sample);
  });
});

it("a board's row of a deal is read as it was written", async () => {
  const testTenant = aTenantStore();
  const { removedAt: _removedAt, ...shown } = deal;
  await testTenant.store.sales.salesPlans.create(plan, state);
  await testTenant.store.sales.dealImports.save([{ deal: shown, newPerson: contact, newIdentities: [] }], {
    at,
    ...by,
  });
  expect(await testTenant.store.sales.boards.rows(planId)).toEqual([boardRow(shown, contact)]);
});

it("a closed outcome has every field of its deal's closing", () => {
  const { cancelled: _cancelled, ...made } = closing;
  expect(closingOf(deal, "key:k1")).toEqual(made);
});
