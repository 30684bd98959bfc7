import { type Moment, addMonths, localDay, parseMoment } from "../platform/period.ts";
import { ok } from "../platform/result.ts";
import type { Day, Instant } from "../platform/values.ts";
import type { Tenant } from "../tenants/tenant.ts";
import { type Validated, badDate, refuseColumn } from "./checked.ts";

/** An event further ahead is a slip: orders for later are placed for the season, not for the next decade. */
const EVENT_MONTHS_AHEAD = 12;
/** Instalments and leases are due years ahead. */
const DUE_MONTHS_AHEAD = 120;

/** What a date tells: when something happens, or until when something is to be paid. */
type DateUse = "event" | "due";

/** The last day that a date may have, by its use. */
type LatestDays = Readonly<Record<DateUse, Day>>;

/** The tenant that records come in for, and how far ahead their dates may be; without it they may be of any day. */
export type Intake<T extends Partial<Tenant> = Tenant> = T & { readonly latest?: LatestDays | undefined };

/** What an assembled record needs of it. */
export type Zone = Intake<Pick<Tenant, "timeZone" | "currency">>;

export function latestDays(now: Instant, zone: string): LatestDays {
  const today = localDay(now, zone);
  return { event: addMonths(today, EVENT_MONTHS_AHEAD), due: addMonths(today, DUE_MONTHS_AHEAD) };
}

/** The tenant as records come in now. */
export const intakeOf = (tenant: Tenant, now: Instant): Intake => ({
  ...tenant,
  latest: latestDays(now, tenant.timeZone),
});

/** The moment that a date means, or why it is none that can be meant: no date, or too far ahead. */
export function momentIn(
  column: string,
  text: string,
  { timeZone, latest }: Intake<Pick<Tenant, "timeZone">>,
  use: DateUse = "event",
): Validated<Moment> {
  const moment = parseMoment(text, timeZone);
  if (moment === undefined) return badDate(column, text);
  if (latest === undefined || moment.on <= latest[use]) return ok(moment);
  const years = use === "due" ? "ten years" : "a year";
  return refuseColumn(
    column,
    "too-far-ahead",
    `${column} "${text}" is more than ${years} ahead: the last day is ${latest[use]}, check the year`,
  );
}
