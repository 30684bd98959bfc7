import { type Activity, activityTypes } from "@regulars/core/customers/activity";
import type { ImportedActivity } from "@regulars/core/imports/activities";
import { addDays, localDay } from "@regulars/core/platform/period";
import { seeded } from "@regulars/core/platform/random";
import {
  activityIdSchema,
  customerIdSchema,
  day,
  personIdSchema,
  toInstant,
  userIdSchema,
} from "@regulars/core/platform/values";
import { describe, expect, it } from "vitest";
import { type TestTenant, aTable, aTenant, testTenantOf } from "../../../test/fixtures/tenant.ts";
import { valueOf } from "../../../test/fixtures/value-of.ts";
import { askWhoKnows } from "../who-knows/ask-who-knows.ts";
import { findSomebody } from "../who-knows/find-target.ts";
import { readSomebodyHealth } from "../who-knows/somebody-health.ts";
import { readCustomerHealth } from "./read-customer-health.ts";

/** Whatever came before: late, told twice, corrected or deleted, the answers are those of what is told in the end. */

const CASES = 5;
const BATCH = 6;
const AS_OF = day("2026-03-05");
const NOW = toInstant(Date.parse("2026-03-08T12:00:00Z"));
const ACME = customerIdSchema.parse("acme");
const PERSONS = ["p1", "p2", "p3"] as const;
const USERS = ["ana", "bob", "cem"] as const;
const ZONES = ["Europe/Berlin", "America/Sao_Paulo", "Pacific/Kiritimati", "Asia/Kathmandu"] as const;
const CLOSURES = [[], [{ from: "12-24", to: "01-02" }], [{ from: "2026-02-23", to: "2026-03-03" }]] as const;

/** As imports save them: some together, each once. */
const batchesOf = (given: readonly ImportedActivity[]): ImportedActivity[][] =>
  Array.from({ length: Math.ceil(given.length / BATCH) }, (_, i) => [
    ...new Map(given.slice(i * BATCH, (i + 1) * BATCH).map((one) => [one.activityId, one])).values(),
  ]);

type Random = () => number;
const pick = <T>(random: Random, from: readonly [T, ...T[]]): T => from[Math.floor(random() * from.length)] ?? from[0];
const shuffled = <T>(random: Random, given: readonly T[]): T[] =>
  given
    .map((one) => ({ one, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ one }) => one);

/** Contacts up to a week after the as-of day, on few instants so that several are of one, with their person or of several. */
function anActivity(random: Random, id: string, zone: string): ImportedActivity {
  const ago = pick(random, [-4, 0, 1, 2, 3, 5, 9, 30, 64, 65, 66, 120, 200, 363, 364, 365, 366]);
  const at = toInstant(Date.parse(`${addDays(AS_OF, -ago)}T00:30:00Z`) + Math.floor(random() * 4) * 21_600_000);
  const type = pick<Activity["type"]>(random, [...activityTypes, "email", "email", "meeting"]);
  const isOfSeveral = type === "meeting" && random() < 0.4;
  return {
    activityId: activityIdSchema.parse(id),
    ...(random() < 0.6 ? { customerId: ACME } : {}),
    type,
    direction: type === "meeting" ? "none" : pick(random, ["in", "out", "out", "none"]),
    userId: userIdSchema.parse(pick(random, USERS)),
    personId: personIdSchema.parse(pick(random, PERSONS)),
    occurredAt: at,
    occurredOn: localDay(at, zone),
    completed: random() < 0.9,
    ...(isOfSeveral ? { attendees: 3, attendeeIds: PERSONS.map((one) => personIdSchema.parse(one)) } : {}),
    ...(random() < 0.1 ? { automatic: true } : {}),
    ...(random() < 0.1 ? { mass: true } : {}),
    ...(random() < 0.3 ? { durationMinutes: 30 } : {}),
  };
}

const saveUsers = ({ store }: TestTenant, inactive: readonly string[] = []) =>
  store.imports.saveUsers(
    USERS.map((id) => ({
      userId: userIdSchema.parse(id),
      name: id,
      role: "rep",
      ...(inactive.includes(id) ? { isActive: false } : {}),
    })),
  );
const savePersons = ({ store }: TestTenant) =>
  store.imports.savePersons(PERSONS.map((id) => ({ personId: personIdSchema.parse(id), customerId: ACME, name: id })));
const saveCustomer = ({ store }: TestTenant) => store.imports.saveCustomers([{ customerId: ACME, name: "ACME" }]);
const rebuild = async ({ store }: TestTenant): Promise<void> => {
  for (const shard of store.shards) await store.rebuild(shard);
};

/** All that is told at once, of persons who are known. */
async function toldAtOnce(testTenant: TestTenant, told: readonly ImportedActivity[]): Promise<void> {
  await saveCustomer(testTenant);
  await saveUsers(testTenant);
  await savePersons(testTenant);
  await testTenant.store.imports.saveActivities(told);
  await rebuild(testTenant);
}

/** The same in the end: in any order and partly twice, with what is corrected or deleted later, asked in between. */
async function toldBitByBit(testTenant: TestTenant, told: readonly ImportedActivity[], random: Random): Promise<void> {
  const { store, tenant } = testTenant;
  await saveCustomer(testTenant);
  const corrected = told.filter(() => random() < 0.4);
  const wrong = corrected.map(({ activityId }) => anActivity(random, activityId, tenant.timeZone));
  const mistaken = Array.from({ length: 8 }, (_, i) => anActivity(random, `mistaken-${i}`, tenant.timeZone));
  await saveUsers(testTenant, ["ana"]);
  const first = shuffled(random, [...told, ...wrong, ...mistaken]);
  const steps = [
    ...batchesOf(first).map((batch) => () => store.imports.saveActivities(batch)),
    ...[1, 2, 3].map(() => () => rebuild(testTenant)),
    () => savePersons(testTenant),
    () => answersOf(testTenant, addDays(AS_OF, -1)),
    () => saveUsers(testTenant, ["bob"]),
  ];
  for (const step of shuffled(random, steps)) await step();
  for (const batch of batchesOf(shuffled(random, corrected))) await store.imports.saveActivities(batch);
  for (const { activityId } of mistaken) await store.records.remove("activities", activityId);
  await saveUsers(testTenant);
  if (random() < 0.5) await rebuild(testTenant);
}

async function answersOf(testTenant: TestTenant, asOf = AS_OF) {
  const { tenant, store } = testTenant.another();
  const { nightly, records, whoKnows, sales } = store;
  const reading = { tenant, store: nightly, records, asOf, now: NOW };
  const customer = valueOf(await readCustomerHealth({ ...reading, scope: { canSee: () => true }, customerId: ACME }));
  const known = (target: Parameters<typeof askWhoKnows>[0]["target"]) =>
    askWhoKnows({ tenant, store: whoKnows, target, asOf, now: NOW });
  const persons = await Promise.all(
    PERSONS.map(async (id) => {
      const found = await findSomebody({ store: whoKnows, contacts: sales.contacts }, id);
      if (!found.ok) return found;
      const somebody = found.value;
      const { health, kpis, scores } = valueOf(await readSomebodyHealth({ ...reading, whoKnows, somebody }));
      return { id, health, kpis, scores, known: await known({ type: "person", somebody }) };
    }),
  );
  return { customer, knownOfCustomer: await known({ type: "customer", customerId: ACME }), persons };
}

describe("activities that come late, twice, corrected or deleted", () => {
  it.each(Array.from({ length: CASES }, (_, i) => i))(
    "give the scores, figures and strengths of a history that was always so: case %i",
    async (seed) => {
      const random = seeded(seed);
      const table = aTable();
      const given = { timeZone: pick(random, ZONES), closures: pick<readonly object[]>(random, [...CLOSURES]) };
      const tenants = [0, 1].map(() => testTenantOf(aTenant(given), () => table));
      const [always, late] = tenants;
      if (always === undefined || late === undefined) throw new Error("there are two tenants");
      const told = Array.from({ length: 10 + Math.floor(random() * 30) }, (_, i) =>
        anActivity(random, `a-${i}`, given.timeZone),
      );
      await toldAtOnce(always, told);
      await toldBitByBit(late, told, random);
      const expected = await answersOf(always);
      expect(await answersOf(late)).toEqual(expected);
      // A person is answered alike by themselves and among those of their customer.
      const byThemselves = expected.persons.flatMap((one) =>
        "health" in one && one.health ? [[one.id, one.health]] : [],
      );
      const atCustomer = expected.customer.persons.flatMap(({ personId, health }) =>
        health ? [[personId, health]] : [],
      );
      expect(byThemselves).toEqual(atCustomer);
    },
  );
});
