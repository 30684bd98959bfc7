import type { Activity } from "@regulars/core/customers/activity";
import type { Scope } from "@regulars/core/customers/visible-customers";
import type { RecordStore } from "@regulars/core/imports/record-store";
import { closuresOf } from "@regulars/core/insights/evaluate";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { addDays } from "@regulars/core/platform/period";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { CustomerId, Day, PersonId, UserId } from "@regulars/core/platform/values";
import { topFifthMinor } from "@regulars/core/relationships/breadth";
import { NOTICE_OF_RIGHTS, showsEachEmployee } from "@regulars/core/relationships/employee-figures";
import { HealthOfTimeline } from "@regulars/core/relationships/health";
import { type Kpis, kpisOf } from "@regulars/core/relationships/kpis";
import { speakable } from "@regulars/core/relationships/opt-out";
import { unionOf } from "@regulars/core/relationships/timeline";
import { nonPersonTest } from "@regulars/core/snapshots/non-persons";
import { type AssessedPerson, assessCustomer, assessPersons } from "./assess-customer.ts";
import { type HealthDayInput, healthDayOf, offFor } from "./health-day.ts";
import { type HealthRow, listHealth, rowOf } from "./list-health.ts";

interface ReadInput extends HealthDayInput {
  readonly store: NightlyStore;
  readonly records: Pick<RecordStore, "activitiesOf">;
  readonly scope: Pick<Scope, "canSee">;
  readonly customerId: CustomerId;
  readonly viewerId?: UserId | undefined;
}

/** A person at the customer: known from an import, or from activities. */
interface PersonHealth extends AssessedPerson {
  readonly name: string | undefined;
}

/** One customer's health with all that explains it. */
export interface CustomerHealth {
  readonly asOf: Day;
  readonly row: HealthRow;
  readonly persons: readonly PersonHealth[];
  readonly kpis: Kpis;
  /** Formula scores of the days that the trend compares, the oldest first. */
  readonly scores: readonly (number | undefined)[];
  /** There was contact in the last year, and nobody who had it is still with the company. */
  readonly isKnownByNobody: boolean;
  /** The employees who had contact both ways, by name. */
  readonly userNames: ReadonlyMap<UserId, string>;
  /** Where figures of single employees are shown. */
  readonly notice: string | undefined;
}

/** How far back a message may wait, and how far ahead a contact may be planned. */
const YEAR_DAYS = 365;

/** The health of one customer; a customer out of sight is unknown. */
export async function readCustomerHealth(input: ReadInput): Promise<Result<CustomerHealth>> {
  const { tenant, store, records, customerId, viewerId } = input;
  const at = await healthDayOf(input);
  if (!at.ok) return at;
  const { asOf } = at.value;
  const snapshot = await store.snapshotOf(customerId, at.value);
  if (snapshot === undefined || !input.scope.canSee(snapshot.customer))
    return refuse("unknown-customer", `there is no customer ${customerId}`);
  const { customer } = snapshot;
  const off = offFor(tenant, { name: customer.category });
  const assessed = assessCustomer(snapshot, tenant, asOf);
  if (off !== undefined || assessed === undefined) return off ?? refuse("health-off", "relationship health is off");
  const activities = snapshot.activities();
  const [stored, users, optOuts, told] = await Promise.all([
    store.personsOf(customerId),
    store.users(),
    store.optOuts(),
    toldOf(records, customerId, asOf),
  ]);
  const isNonPerson = nonPersonTest(users);
  const speak = speakable(optOuts, users);
  const known = stored.filter((person) => !isNonPerson(person) && speak.person(person.personId));
  const nonPersons = new Set(stored.filter(isNonPerson).map(({ personId }) => personId));
  const names = new Map(known.map(({ personId, name }) => [personId, name]));
  const persons = assessPersons(activities, customer, tenant, asOf).map((one) => ({
    ...one,
    name: names.get(one.personId),
  }));
  const closures = closuresOf(customer, tenant);
  const { timeZone } = tenant;
  const showsEach = showsEachEmployee(tenant.relationships);
  return ok({
    asOf,
    row: {
      ...rowOf(assessed, speak.named),
      isTopFifth: assessed.breadth.persons.length === 1 && (await isTopFifth(input, assessed.turnoverMinor)),
    },
    persons,
    kpis: kpisOf(notCounting(nonPersons, told), {
      asOf,
      timeZone,
      closures,
      persons: known.map(({ personId }) => personId),
      isNamed: speak.person,
      employees: { viewerId, showsEach, isNamed: speak.named },
    }),
    scores: new HealthOfTimeline(unionOf(activities), { settings: assessed.settings, closures }).scores(asOf),
    isKnownByNobody: assessed.knownBy.some(speak.formerColleague) && !assessed.knownBy.some(speak.colleague),
    userNames: new Map(users.map(({ userId, name }) => [userId, name])),
    notice: showsEach ? NOTICE_OF_RIGHTS : undefined,
  });
}

/** What is told of a non-person is shown and counted nowhere. */
const notCounting = (nonPersons: ReadonlySet<PersonId>, told: readonly Activity[]): readonly Activity[] =>
  told.map((one) => (one.personId !== undefined && nonPersons.has(one.personId) ? { ...one, automatic: true } : one));

async function toldOf(records: ReadInput["records"], customerId: CustomerId, asOf: Day): Promise<Activity[]> {
  const told: Activity[] = [];
  const range = { from: addDays(asOf, -YEAR_DAYS), to: addDays(asOf, YEAR_DAYS) };
  for await (const activity of records.activitiesOf(customerId, range)) told.push(activity);
  return told;
}

/** Reads all customers: asked only of one whose contact is with a single person, where alone it matters. */
async function isTopFifth(input: ReadInput, turnoverMinor: number): Promise<boolean> {
  const all = await listHealth({ ...input, scope: { canSee: () => true } });
  return all.ok && turnoverMinor >= topFifthMinor(all.value.rows.map((row) => row.turnoverMinor));
}
