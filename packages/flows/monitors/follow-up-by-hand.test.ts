import { builtInInsights } from "@regulars/core/insights/catalog";
import { newMonitor } from "@regulars/core/monitors/change-monitor";
import type { Owner } from "@regulars/core/monitors/owner";
import { newMonitorSchema } from "@regulars/core/monitors/status-monitor";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import {
  customerIdSchema,
  day,
  personIdSchema,
  saleIdSchema,
  toInstant,
  userIdSchema,
} from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, all, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { dropFollowUp } from "./change-follow-up.ts";
import { type GivenFollowUp, followUpByHand } from "./follow-up-by-hand.ts";
import { settleChanged } from "./settle-changed.ts";

const customerId = customerIdSchema.parse("acme");
const acme: Owner = { type: "company", customerId };
const eva: Owner = { type: "person", customerId, personId: personIdSchema.parse("eva") };
const anna = userIdSchema.parse("anna");
const cem = userIdSchema.parse("cem");

describe("a follow-up by hand", () => {
  let testTenant: TestTenant;
  let ids = 0;
  const context = () => ({
    tenant: testTenant.tenant,
    catalog: builtInInsights,
    store: testTenant.store,
    now: toInstant(Date.parse("2026-11-23T09:00:00Z")),
    newId: () => `${(ids += 1)}`,
  });
  const save = (statusId: string, more: object) =>
    testTenant.store.monitors.create(
      newMonitor(
        monitorIdSchema.parse(statusId),
        newMonitorSchema.parse({ name: statusId, ownerType: "company", ...more }),
      ),
    );
  const make = (statusId: string, owner: Owner = acme, given: GivenFollowUp = {}) =>
    followUpByHand({ ...context(), statusId, owner, given, by: "user:cem", userId: cem });
  const made = async (...given: Parameters<typeof make>) => {
    const result = await make(...given);
    if (!result.ok) throw new Error(result.message);
    return result.value;
  };

  beforeEach(async () => {
    testTenant = aTenantStore({ edition: "pro" });
    const { imports } = testTenant.store;
    await imports.saveUsers([
      { userId: anna, name: "Anna Berg", role: "rep" },
      { userId: cem, name: "Cem", role: "rep" },
    ]);
    await imports.saveCustomers([
      { customerId, name: "Acme & Sons", category: "Customer", repId: anna, phone: "+45 1" },
      { customerId: customerIdSchema.parse("alone"), name: "Alone", category: "Customer" },
      { customerId: customerIdSchema.parse("lead"), name: "Lead", category: "Prospect" },
    ]);
    await imports.savePersons([{ personId: personIdSchema.parse("eva"), customerId, name: "Eva" }]);
    await imports.saveSales([
      { saleId: saleIdSchema.parse("s1"), customerId, status: "sold", saleOn: day("2026-09-01") },
    ]);
    const criteria = { field: "category", op: "is", value: "Customer" };
    await save("good", {
      criteria,
      followUp: { type: "meeting", textTemplate: "Ask <name> (<cpho|no phone>), last sale <lsal|never>: <cont>" },
    });
    await save("plain", { criteria });
    await save("known", { ownerType: "person", criteria: { field: "name", op: "isNotNull" } });
    await settleChanged({ ...context(), isEverybody: true });
  });

  it("SA04, SA05: has the type and the text that its status has, for our contact, due today", async () => {
    const { outcome, followUp } = await made("good");
    expect(outcome).toBe("created");
    expect(followUp).toMatchObject({
      followUpId: expect.stringMatching(/^company:acme:status:good:2026-/),
      type: "meeting",
      text: "Ask Acme & Sons (+45 1), last sale 2026-09-01: Anna Berg",
      userId: "anna",
      dueOn: "2026-11-23",
      isAutomatic: false,
      createdBy: "user:cem",
    });
    expect(await all(testTenant.store.records.activitiesOf(customerId))).toMatchObject([
      { type: "meeting", completed: false, automatic: true },
    ]);
  });

  it("SA04: is one, however often it is asked for, also by two at once; dropped it stays dropped", async () => {
    const two = await Promise.all([made("good"), made("good", acme, { text: "Other" })]);
    expect(two.map(({ outcome }) => outcome).toSorted()).toEqual(["created", "there"]);
    const { followUpId } = (await made("good")).followUp;
    await dropFollowUp({
      context: { ...testTenant.store, tenant: testTenant.tenant, clock: () => 0, newId: () => "" },
      followUpId,
      by: "user:cem",
    });
    expect(await made("good")).toMatchObject({ outcome: "there", followUp: { state: "closed" } });
    expect(await testTenant.store.followUps.ofCustomer(customerId)).toHaveLength(1);
  });

  it("may have another type, text, day and user; without a contact it is whose who asks", async () => {
    const given = { type: "task", text: "Visit <name>", dueOn: day("2026-12-01"), userId: cem } as const;
    expect((await made("plain", acme, given)).followUp).toMatchObject({ ...given, text: "Visit Acme & Sons" });
    const alone: Owner = { type: "company", customerId: customerIdSchema.parse("alone") };
    expect((await made("good", alone)).followUp).toMatchObject({
      userId: "cem",
      text: "Ask Alone (no phone), last sale never: Acme Foods",
    });
    expect((await made("known", eva, { text: "Greet <pers>" })).followUp).toMatchObject({
      followUpId: expect.stringMatching(/^person:eva:status:known:/),
      text: "Greet Eva",
    });
  });

  it("is refused without the status, without a text, and for a status that is not there", async () => {
    const lead: Owner = { type: "company", customerId: customerIdSchema.parse("lead") };
    for (const [statusId, owner, reason, said] of [
      ["good", lead, "status-not-held", "company lead does not have the status good now"],
      ["known", acme, "status-not-held", "company acme does not have the status known now"],
      ["plain", acme, "unusable-fields", "the status plain has no text for follow-ups: give one"],
      ["none", acme, "unknown-status", "there is no status monitor none"],
    ] as const)
      expect(await make(statusId, owner)).toMatchObject({ ok: false, reason, message: said });
    expect(await testTenant.store.followUps.ofCustomer(customerId)).toEqual([]);
  });

  it("is refused with a text that has an unknown variable; that of its status goes out as it was saved", async () => {
    expect(await make("good", acme, { text: "Call <nam>, \\<b> <name>" })).toMatchObject({
      ok: false,
      reason: "unusable-fields",
      errors: [
        {
          path: "text",
          code: "unknown-variable",
          message: expect.stringContaining("has the unknown variable <nam>: did you mean <name>? There are <name>, "),
        },
      ],
    });
    expect((await made("known", eva, { text: "Greet <pers>, \\<nam>" })).followUp.text).toBe("Greet Eva, <nam>");
    await save("odd", {
      criteria: { field: "category", op: "is", value: "Customer" },
      followUp: { type: "call", textTemplate: "Call <nam>" },
    });
    await settleChanged({ ...context(), isEverybody: true });
    expect((await made("odd")).followUp.text).toBe("Call <nam>");
  });
});
