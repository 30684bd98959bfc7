import type { Activity } from "@regulars/core/customers/activity";
import type { Customer } from "@regulars/core/customers/customer";
import type { RecordStore } from "@regulars/core/imports/record-store";
import { closuresOf } from "@regulars/core/insights/evaluate";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { addDays, instantOf } from "@regulars/core/platform/period";
import { type Result, ok } from "@regulars/core/platform/result";
import {
  type CustomerId,
  type Day,
  type UserId,
  activityIdSchema,
  customerIdSchema,
  toDay,
} from "@regulars/core/platform/values";
import { NOTICE_OF_RIGHTS, showsEachEmployee } from "@regulars/core/relationships/employee-figures";
import { type Health, HealthOfTimeline } from "@regulars/core/relationships/health";
import { type HealthSettings, healthSettingsOf } from "@regulars/core/relationships/health-settings";
import { type Kpis, kpisOf } from "@regulars/core/relationships/kpis";
import { speakable } from "@regulars/core/relationships/opt-out";
import { unionOf } from "@regulars/core/relationships/timeline";
import type { ActivityView } from "@regulars/core/snapshots/activity-view";
import { interactionsOf } from "@regulars/core/snapshots/interactions";
import type { WhoKnowsStore } from "@regulars/core/who-knows/who-knows-store";
import { type HealthDayInput, healthDayOf, offFor } from "../relationships/health-day.ts";
import { toldOfPerson } from "../relationships/told-of-person.ts";
import type { Somebody } from "./acquaintance.ts";

interface SomebodyInput extends HealthDayInput {
  readonly store: Pick<NightlyStore, "lastNightly" | "users" | "optOuts">;
  readonly whoKnows: Pick<WhoKnowsStore, "placesOf" | "notedWith" | "customer">;
  readonly records: Pick<RecordStore, "activitiesOf">;
  readonly somebody: Somebody;
  /** Of a deal: when it was opened, and its activities are its customer's too. */
  readonly deal?: { readonly openedOn: Day } | undefined;
  readonly viewerId?: UserId | undefined;
}

/** The health of a person, of a lead, or of a deal. */
export interface SomebodyHealth {
  readonly asOf: Day;
  readonly settings: HealthSettings;
  readonly health: Health | undefined;
  readonly kpis: Kpis;
  readonly scores: readonly (number | undefined)[];
  /** Where figures of single employees are shown. */
  readonly notice: string | undefined;
}

/** As far back as the oldest score of the longest trend looks; as far ahead as a contact may be planned. */
const DAYS_BACK = 180 + 4 * 90;
const DAYS_AHEAD = 365;
/** Of notes on a contact, which belong to no customer. */
const NOWHERE = customerIdSchema.parse("-");

/**
 * The health of somebody, of their own activities wherever they are stored (docs/reference/relationships.md 2). Of who is
 * out nothing is known; a deal with them has its customer's activities alone.
 */
export async function readSomebodyHealth(input: SomebodyInput): Promise<Result<SomebodyHealth>> {
  const at = await healthDayOf(input);
  if (!at.ok) return at;
  const { asOf } = at.value;
  const { tenant, whoKnows, somebody, deal } = input;
  const customer = somebody.customerId === undefined ? undefined : await whoKnows.customer(somebody.customerId);
  const off = offFor(tenant, { name: customer?.category });
  if (off !== undefined) return off;
  const [users, optOuts] = await Promise.all([input.store.users(), input.store.optOuts()]);
  const speak = speakable(optOuts, users);
  const isOut = !speak.person(somebody.personId) || !speak.person(somebody.contactId);
  const all = await activitiesOf(isOut ? { ...input, somebody: atCustomer(input) } : input, asOf);
  const told = all.filter((one) => deal === undefined || one.occurredOn >= deal.openedOn);
  const settings = healthSettingsOf(tenant.relationships, customer?.category);
  const closures = closuresOf(customer, tenant);
  const timeline = unionOf(interactionsOf(told.filter((one) => one.occurredOn <= asOf)));
  const health = new HealthOfTimeline(timeline, { settings, closures });
  const persons = somebody.personId === undefined || isOut ? [] : [somebody.personId];
  const showsEach = showsEachEmployee(tenant.relationships);
  const employees = { viewerId: input.viewerId, showsEach, isNamed: speak.named };
  return ok({
    asOf,
    settings,
    health: health.on(asOf),
    kpis: kpisOf(told, { asOf, timeZone: tenant.timeZone, closures, persons, isNamed: speak.person, employees }),
    scores: health.scores(asOf),
    notice: showsEach ? NOTICE_OF_RIGHTS : undefined,
  });
}

/** What is left of somebody who is out: where they work, if a deal is asked about. */
const atCustomer = ({ deal, somebody: { customerId } }: SomebodyInput): Somebody =>
  deal === undefined ? {} : { customerId };

async function activitiesOf(input: SomebodyInput, asOf: Day): Promise<readonly Activity[]> {
  const { whoKnows, somebody, tenant, deal } = input;
  const { personId, contactId, customerId } = somebody;
  const noted = contactId === undefined ? [] : await whoKnows.notedWith(contactId);
  const places = new Set<CustomerId>([
    ...(customerId === undefined ? [] : [customerId]),
    ...(personId === undefined ? [] : await whoKnows.placesOf(personId)),
  ]);
  const told = await Promise.all([...places].map((place) => toldAt(input.records, place, asOf)));
  const theirs = told.flat().filter((one) => deal !== undefined && one.customerId === customerId);
  const own = personId === undefined ? [] : toldOfPerson(told.flat(), personId);
  const ids = new Set(theirs.map(({ activityId }) => activityId));
  return [
    ...theirs,
    ...own.filter(({ activityId }) => !ids.has(activityId)),
    ...noted.map((one, i) => asActivity(one, i, tenant.timeZone)),
  ];
}

async function toldAt(
  records: SomebodyInput["records"],
  place: Customer["customerId"],
  asOf: Day,
): Promise<Activity[]> {
  const told: Activity[] = [];
  const range = { from: addDays(asOf, -DAYS_BACK), to: addDays(asOf, DAYS_AHEAD) };
  for await (const activity of records.activitiesOf(place, range)) told.push(activity);
  return told;
}

/** What was noted on a contact's deals, on whose day only is known. */
const asActivity = (
  { day, type, direction, completed, userId }: ActivityView,
  nth: number,
  zone: string,
): Activity => ({
  activityId: activityIdSchema.parse(`noted-${nth}`),
  customerId: NOWHERE,
  type,
  direction,
  completed,
  userId,
  occurredOn: toDay(day),
  occurredAt: instantOf(toDay(day), "12:00", zone),
});
