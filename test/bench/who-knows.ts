import { addDays } from "@regulars/core/platform/period";
import {
  activityIdSchema,
  customerIdSchema,
  day,
  personIdSchema,
  toInstant,
  userIdSchema,
} from "@regulars/core/platform/values";
import type { LocalSystem } from "@regulars/local/system";
import { p95, timesOf, tokenOf } from "./calls.ts";
import { type BenchFigure, testTenantRecord } from "./workspace.ts";

const PERSONS = 50;
const ACTIVITIES_EACH = 200;
const COLLEAGUES = 40;
const LIMIT_MS = 50;
const ACME = customerIdSchema.parse("acme");
const LAST = day("2026-11-20");

/** Who knows a person of a customer with 10,000 activities, over HTTP. */
export async function whoKnowsFigures(system: LocalSystem): Promise<BenchFigure[]> {
  const tenant = await system.makeTenant(testTenantRecord("who-knows", "EUR"));
  const { store } = await system.openTenant(tenant.tenantId);
  const users = Array.from({ length: COLLEAGUES }, (_, i) => userIdSchema.parse(`u${i}`));
  await store.imports.saveUsers(users.map((userId) => ({ userId, name: userId, role: "admin" })));
  await store.imports.saveCustomers([{ customerId: ACME, name: "ACME" }]);
  const persons = Array.from({ length: PERSONS }, (_, i) => personIdSchema.parse(`p${i}`));
  await store.imports.savePersons(
    persons.map((personId) => ({ personId, customerId: ACME, email: `${personId}@acme.example` })),
  );
  for (const [p, personId] of persons.entries())
    await store.imports.saveActivities(
      Array.from({ length: ACTIVITIES_EACH }, (_, i) => {
        const on = addDays(LAST, -i * 2);
        return {
          activityId: activityIdSchema.parse(`a${p}-${i}`),
          customerId: ACME,
          type: i % 9 === 0 ? "meeting" : "email",
          direction: i % 2 === 0 ? "in" : "out",
          userId: users[(i * 7 + p) % COLLEAGUES],
          personId,
          occurredAt: toInstant(Date.parse(`${on}T09:00:00Z`) + p * 60_000),
          occurredOn: on,
          completed: true,
        } as const;
      }),
    );
  for (const shard of store.shards) await store.rebuild(shard);
  const token = await tokenOf(system, tenant.tenantId, "u1");
  const ask = async (path: string): Promise<void> => {
    const answer = await fetch(`${system.url}${path}?asOf=2026-11-22`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { colleagues } = (await answer.json()) as { readonly colleagues?: readonly unknown[] };
    if (colleagues?.length !== 5) throw new Error(`${path} answers ${answer.status} without five colleagues`);
  };
  return [
    {
      name: "who knows a person of 10,000 activities, p95",
      value: p95(await timesOf(() => ask("/v1/persons/p7/who-knows"), 60)),
      unit: "ms",
      limit: LIMIT_MS,
    },
    {
      name: "who knows the customer of them, p95",
      value: p95(await timesOf(() => ask("/v1/customers/acme/who-knows"), 30)),
      unit: "ms",
      limit: LIMIT_MS,
    },
  ];
}
