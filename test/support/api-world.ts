import { builtInInsights } from "@regulars/core/insights/catalog";
import { createHash } from "node:crypto";
import { anOrder } from "@regulars/core/testing";
import { formatKey } from "@regulars/core/access/api-key";
import { keyActions } from "@regulars/core/access/rights";
import type { Tenant } from "@regulars/core/tenants/tenant";
import {
  currencySchema,
  customerIdSchema,
  day,
  invoiceIdSchema,
  itemIdSchema,
  minor,
  personIdSchema,
  toInstant,
  userIdSchema,
} from "@regulars/core/platform/values";
import { startBacktest } from "@regulars/flows/insights/backtests/start-backtest";
import { workBacktest } from "@regulars/flows/insights/backtests/run-backtest";
import { runNight } from "@regulars/flows/nightly/run-nightly";
import { type TenantStore, openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { aTenant } from "../setup/tenant.ts";
import { type ApiDesk, DESK_NOW } from "./api-desk.ts";
import { aPlanWorld } from "./plan-world.ts";

/** The day of the world's last night. */
export const WORLD_AS_OF = day("2026-11-22");
/** The key that the documentation's examples speak of. */
export const EXAMPLE_KEY_ID = "k000000000001";

/** The key that the world's machine comes in with. */
export const WORLD_KEY_ID = "k000000000002";

/** The wholesaler that the documentation's examples speak of, with people, a key and a night behind it. */
export interface ApiWorld {
  readonly tenant: Tenant;
  readonly store: TenantStore;
  /** Anna is a rep in the north, Bo one in the south; Max manages the north; Ada is the admin. */
  readonly tokens: { readonly anna: string; readonly bo: string; readonly max: string; readonly ada: string };
  /** A machine key with every action there is. */
  readonly machineKey: string;
}

/** `mark` stands in every name and text of the world, so that it is recognised wherever it turns up. */
export async function anApiWorld(desk: ApiDesk, mark = ""): Promise<ApiWorld> {
  const tenant = aTenant({ name: `Nordic Foods${mark}` });
  await openTenantDirectory(desk.runtime.table).ensure(tenant, toInstant(DESK_NOW));
  const store = openTenantStore(desk.runtime.table, tenant);
  await fill(store, mark);
  await aPlanWorld(tenant, store, mark);
  await aBacktest(tenant, store);
  await runNight({
    tenant,
    catalog: builtInInsights,
    store: store.night,
    asOf: WORLD_AS_OF,
    now: toInstant(DESK_NOW),
    links: {
      finding: ({ findingId }) => `http://127.0.0.1/${findingId}`,
      rep: (_, userId) => `http://127.0.0.1/${userId}`,
    },
    isScheduled: false,
    isWithheld: false,
  });
  const tokenOf = (userId: string): Promise<string> => desk.tokenOf(tenant, userId);
  return {
    tenant,
    store,
    tokens: {
      anna: await tokenOf("anna"),
      bo: await tokenOf("bo"),
      max: await tokenOf("max"),
      ada: await tokenOf("ada"),
    },
    machineKey: await aMachineKey(tenant, store, mark),
  };
}

/** Asked for at the desk's moment, and done. */
async function aBacktest(tenant: Tenant, { backtests, night }: TenantStore): Promise<void> {
  const options = { horizonDays: 90, seed: 1, resamples: 20 };
  const asked = { tenant, store: backtests, options, actorId: "user:ada", now: toInstant(DESK_NOW) };
  const started = await startBacktest({ ...asked, letters: "0000000000" });
  if (!started.ok) throw new Error(started.message);
  const world = { clock: () => DESK_NOW, elapsed: () => 0, wait: () => Promise.resolve() };
  const { backtestId } = started.value;
  await workBacktest({
    tenant,
    catalog: builtInInsights,
    store: backtests,
    night,
    world,
    backtestId,
    patienceMs: 60_000,
  });
}

async function aMachineKey(tenant: Tenant, store: TenantStore, mark: string): Promise<string> {
  const secret = createHash("sha256").update(tenant.tenantId).digest("base64url");
  const made = { actions: [...keyActions], createdAt: toInstant(DESK_NOW), createdBy: "user:ada" };
  const secretHash = createHash("sha256").update(secret).digest("hex");
  await store.machineKeys.create({ ...made, keyId: EXAMPLE_KEY_ID, name: `old erp${mark}`, secretHash: "" }, []);
  await store.machineKeys.create({ ...made, keyId: WORLD_KEY_ID, name: `erp${mark}`, secretHash }, []);
  return formatKey({ tenantId: tenant.tenantId, keyId: WORLD_KEY_ID, secret });
}

const userId = (text: string) => userIdSchema.parse(text);
const customerId = (text: string) => customerIdSchema.parse(text);
const EUR = currencySchema.parse("EUR");

async function fill(store: TenantStore, mark: string): Promise<void> {
  const { intake } = store;
  await intake.saveUsers([
    { userId: userId("anna"), name: `Anna Berg${mark}`, role: "rep", teamId: "north", email: "anna@example.com" },
    { userId: userId("bo"), name: `Bo Lund${mark}`, role: "rep", teamId: "south" },
    { userId: userId("max"), name: `Max Holm${mark}`, role: "manager", teamId: "north" },
    { userId: userId("ada"), name: `Ada Ek${mark}`, role: "admin" },
  ]);
  await intake.saveCustomers([
    { customerId: customerId("acme"), name: `Acme Café${mark}`, repId: userId("anna"), phone: "+45 12 34 56 78" },
    { customerId: customerId("blue"), name: `Blue Bistro${mark}`, repId: userId("anna") },
    { customerId: customerId("cove"), name: `Cove Kitchen${mark}`, repId: userId("bo") },
  ]);
  await intake.savePersons([
    {
      personId: personIdSchema.parse("eva"),
      customerId: customerId("acme"),
      name: `Eva Dahl${mark}`,
      phone: "+4511223344",
    },
  ]);
  await intake.saveItems([{ itemId: itemIdSchema.parse("rye"), name: `Rye bread${mark}` }]);
  await intake.saveOrders([...regularOrders("acme", "SO-1"), ...regularOrders("cove", "SO-2")]);
  await intake.saveInvoices(
    ["acme", "cove"].map((id, i) => ({
      invoice: {
        invoiceId: invoiceIdSchema.parse(`INV-200${i + 1}`),
        customerId: customerId(id),
        invoicedOn: day("2026-09-20"),
        dueOn: day("2026-10-20"),
        totalMinor: minor(119_000),
        currency: EUR,
        type: "invoice" as const,
        disputed: false,
      },
    })),
  );
}

/** The example of insights.md 2.2: silent since August. */
const regularOrders = (customer: string, prefix: string) =>
  ["2026-06-01", "2026-06-15", "2026-07-01", "2026-07-14", "2026-08-03", "2026-08-10"].map((on, i) =>
    anOrder({ on, customerId: customer, orderId: `${prefix}00${i + 1}`, lines: [{ itemId: "rye", quantity: 4 }] }),
  );
