import { day, dayNumber, minor, currencySchema, toDayNumber, type DayNumber } from "../platform/values.ts";
import { usualCounterSettings } from "./counter-settings.ts";
import type { FieldContext } from "./fields.ts";
import { healthFacts } from "./health-facts.ts";
import { type OwnerFacts, type OwnerInput, ownerFacts } from "./owner-facts.ts";
import type { CountedActivity, CountedRequest, CountedSale } from "./owner-records.ts";

/** What fields there are in tests: those of a company, with the usual periods and no insight kinds. */
export const TEST_FIELDS: FieldContext = {
  ownerType: "company",
  settings: usualCounterSettings,
  kinds: [],
};

/** A day number from "YYYY-MM-DD". */
export const on = (text: string): DayNumber => toDayNumber(day(text));

/** A sold sale, unless it says otherwise. */
interface SaleInput {
  readonly on: string;
  readonly status?: CountedSale["status"];
  readonly minor?: number;
  readonly currency?: string;
}

export const aSale = (given: string | SaleInput): CountedSale => {
  const {
    on: text,
    status = "sold",
    minor: amount,
    currency = "EUR",
  } = typeof given === "string" ? { on: given } : given;
  return {
    day: on(text),
    status,
    ...(amount === undefined ? {} : { amountMinor: minor(amount), currency: currencySchema.parse(currency) }),
  };
};

/** A completed outgoing call, unless it says otherwise. */
export type ActivityInput = Partial<Omit<CountedActivity, "day">> & { readonly on: string };

export const anActivity = (given: string | ActivityInput): CountedActivity => {
  const { on: text, ...rest } = typeof given === "string" ? { on: given } : given;
  return { type: "call", direction: "out", completed: true, ...rest, day: on(text) };
};

/** The day it was made, and the day it was closed if it was. */
type RequestInput = readonly [madeOn: string, closedOn?: string];

export const aRequest = ([madeOn, closedOn]: RequestInput): CountedRequest => ({
  createdOn: on(madeOn),
  ...(closedOn === undefined ? {} : { closedOn: on(closedOn) }),
});

export interface OwnerFixture extends Partial<Pick<OwnerInput, "card" | "health" | "levels" | "ownerType">> {
  readonly sales?: readonly (string | SaleInput)[];
  readonly activities?: readonly (string | ActivityInput)[];
  readonly requests?: readonly RequestInput[];
}

/** A company with only what the test is about; its health is that of its activities, by the usual settings. */
export const anOwner = ({ sales = [], activities = [], requests = [], ...given }: OwnerFixture): OwnerFacts =>
  ownerFacts({
    ownerType: "company",
    card: {},
    health: healthFacts(
      activities.map(anActivity).toSorted((a, b) => a.day - b.day),
      { relationships: {}, category: undefined, closures: [], outPersons: new Set() },
    ),
    ...given,
    records: {
      sales: sales.map(aSale),
      activities: activities.map(anActivity),
      requests: requests.map(aRequest),
    },
  });

/** So many days after a day. */
export const after = (from: number, days: number): DayNumber => dayNumber(from + days);
