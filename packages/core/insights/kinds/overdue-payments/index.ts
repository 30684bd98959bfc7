import { counted } from "../../../platform/counted.ts";
import * as z from "zod";
import type { History } from "../../../snapshots/history.ts";
import { remainingMinor } from "../../../invoices/overdue.ts";
import type { Receivable } from "../../../invoices/receivable.ts";
import { type Variable, dayOf, moneyOf, numberOf } from "../../../platform/message-text.ts";
import { template } from "../../../platform/template.ts";
import { addDays, daysBetween } from "../../../platform/period.ts";
import { type Day, currencySchema, daySchema, minor } from "../../../platform/values.ts";
import { type Detection, type EvaluationContext, defineInsight, operandOf } from "../../define.ts";
import type { Assessment, Evidence } from "../../finding.ts";
import { type UnpaidChances, noUnpaidDays, unpaidChance, unpaidChances } from "../../unpaid-days.ts";
import { firstOverdueDay } from "./first-overdue-day.ts";
import { evidenceTexts, translations } from "./texts.ts";
import { wholeFrom } from "../../../platform/whole-number.ts";

const settingsSchema = z.strictObject({
  graceDays: wholeFrom(0, 365).default(0),
  /** `high` once the oldest undisputed invoice is more than this many days past due (our decision). */
  highAfterDays: wholeFrom(0, 3650).default(30),
});
type Settings = z.infer<typeof settingsSchema>;

/** The most invoices listed one by one: more are too many to read, and a stored item has a limited size. */
const MOST_INVOICES = 500;

const factsSchema = z.object({
  since: daySchema,
  invoices: z.int(),
  openByCurrency: z.record(currencySchema, z.number()),
  overdue: z.array(
    z.object({
      invoiceId: z.string(),
      dueOn: daySchema,
      openMinor: z.number(),
      currency: currencySchema,
      disputed: z.boolean(),
    }),
  ),
  unappliedCreditMinor: z.number(),
  invoicesWithoutDueDate: z.int(),
});
type Facts = z.infer<typeof factsSchema>;
type Overdue = Facts["overdue"][number];

/**
 * `open > 0 and dueDate + grace <= asOf`; credit memos are neither listed nor netted (docs/reference/insights.md 2.1).
 */
function detect(history: History, asOf: Day, { graceDays }: Settings): readonly Detection<Facts>[] | undefined {
  const invoices = history.receivables.filter((receivable) => receivable.type === "invoice");
  if (invoices.length === 0) return undefined;
  const overdue = invoices.flatMap((invoice) => overdueOf(invoice, asOf, graceDays)).toSorted(byAge);
  const oldest = overdue[0];
  if (oldest === undefined) return [];
  const facts = {
    since: firstOverdueDay(invoices, asOf, graceDays),
    invoices: overdue.length,
    openByCurrency: openByCurrency(overdue),
    overdue: overdue.slice(0, MOST_INVOICES),
    unappliedCreditMinor: creditOf(history, asOf),
    invoicesWithoutDueDate: invoices.filter((one) => one.dueOn === undefined && remainingMinor(one, asOf) > 0).length,
  };
  // One alert for consecutive overdue days: when the oldest of several invoices is paid, there is no new alert.
  return [{ episode: facts.since, facts }];
}

function overdueOf(invoice: Receivable, asOf: Day, graceDays: number): Overdue[] {
  const { invoiceId, dueOn, currency, disputed } = invoice;
  const left = remainingMinor(invoice, asOf);
  if (left <= 0 || dueOn === undefined || daysBetween(dueOn, asOf) < graceDays) return [];
  return [{ invoiceId, dueOn, openMinor: left, currency, disputed }];
}

function byAge(a: Overdue, b: Overdue): number {
  if (a.dueOn !== b.dueOn) return a.dueOn < b.dueOn ? -1 : 1;
  return a.invoiceId < b.invoiceId ? -1 : 1;
}

/** Unused credit memos in the base currency. */
const creditOf = ({ receivables, currency }: History, asOf: Day): number =>
  receivables
    .filter((one) => one.type === "credit" && one.currency === currency)
    .reduce((total, one) => total + Math.max(0, remainingMinor(one, asOf)), 0);

const BUCKETS = [
  { name: "days1to30", until: 30 },
  { name: "days31to60", until: 60 },
  { name: "days61to90", until: 90 },
  { name: "over90", until: Number.POSITIVE_INFINITY },
] as const;

/** Days as of the morning after `asOf`: at least 1 (docs/reference/insights.md 2.1). */
const daysPastDue = (dueOn: Day, asOf: Day): number => daysBetween(dueOn, asOf) + 1;

function assess(facts: Facts, context: EvaluationContext, settings: Settings): Assessment {
  const { asOf, currency, measures } = context;
  const inBase = facts.overdue.filter((invoice) => invoice.currency === currency);
  const open = minor(facts.openByCurrency[currency] ?? 0);
  const oldest = facts.overdue[0]?.dueOn ?? asOf;
  const undisputed = facts.overdue.find((invoice) => !invoice.disputed);
  const days = daysPastDue(oldest, asOf);
  const chances = unpaidChances(measures?.unpaid ?? noUnpaidDays);
  const expected = expectedMinor(inBase, open, asOf, chances);
  return {
    level: levelOf(undisputed, asOf, settings),
    state: undisputed === undefined ? "disputed" : "open",
    atStakeMinor: minor(Math.round(expected)),
    currency,
    since: facts.since,
    rank: [open === 0 ? 0 : -expected / open, -days],
    evidence: {
      rule: "overdue-payments/2",
      checks: [
        {
          id: "OV1",
          says: "open amount of the oldest invoice, in minor units of its currency",
          value: facts.overdue[0]?.openMinor ?? 0,
          op: ">",
          threshold: 0,
        },
        {
          id: "OV2",
          says: `due day of the oldest invoice plus ${counted(settings.graceDays, "day")} of grace`,
          values: { days: settings.graceDays },
          value: addDays(oldest, settings.graceDays),
          op: "<=",
          threshold: asOf,
        },
      ],
      invoices: facts.invoices,
      openMinor: open,
      daysPastDue: days,
      oldestDueOn: oldest,
      ageingMinor: ageingOf(inBase, asOf),
      openByCurrency: facts.openByCurrency,
      invoicesInOtherCurrencies: facts.overdue.length - inBase.length,
      disputedInvoices: facts.overdue.filter((invoice) => invoice.disputed).length,
      undisputedDaysPastDue: undisputed === undefined ? null : daysPastDue(undisputed.dueOn, asOf),
      unpaidChance: { days1to30: chances.days1to30, days31to60: chances.days31to60, over60: chances.over60 },
      unpaidDays: measures?.unpaid ?? noUnpaidDays,
      unpaidChanceOfMonth: measures?.month ?? null,
      atStakeRule:
        "each open amount times unpaidChance of its age, the chance that it is not paid in 30 days by the tenant's own payments",
      levelRule: `The oldest undisputed invoice decides: more than ${counted(settings.highAfterDays, "day")} past due is high, else medium; while all are disputed, watch.`,
      highAfterDays: settings.highAfterDays,
      unappliedCreditMinor: facts.unappliedCreditMinor,
      invoicesWithoutDueDate: facts.invoicesWithoutDueDate,
      overdue: facts.overdue,
      documents: facts.overdue.slice(0, 20).map((invoice) => invoice.invoiceId),
    },
  };
}

/**
 * The part of the open amounts that is expected to be unpaid in 30 days, minor units. Invoices that are not listed count
 * with the age of the youngest listed one.
 */
function expectedMinor(listed: readonly Overdue[], open: number, asOf: Day, chances: UnpaidChances): number {
  const chanceOf = ({ dueOn }: Overdue): number => unpaidChance(chances, daysPastDue(dueOn, asOf));
  const expected = listed.reduce((total, invoice) => total + invoice.openMinor * chanceOf(invoice), 0);
  const unlisted = open - listed.reduce((total, invoice) => total + invoice.openMinor, 0);
  const youngest = listed.at(-1);
  return expected + (youngest === undefined ? 0 : unlisted * chanceOf(youngest));
}

function levelOf(oldestUndisputed: Overdue | undefined, asOf: Day, { highAfterDays }: Settings) {
  if (oldestUndisputed === undefined) return "watch";
  return daysPastDue(oldestUndisputed.dueOn, asOf) > highAfterDays ? "high" : "medium";
}

function ageingOf(overdue: readonly Overdue[], asOf: Day): Record<string, number> {
  const ageing: Record<string, number> = Object.fromEntries(BUCKETS.map(({ name }) => [name, 0]));
  for (const invoice of overdue) {
    const days = daysPastDue(invoice.dueOn, asOf);
    const bucket = BUCKETS.find(({ until }) => days <= until) ?? BUCKETS[3];
    ageing[bucket.name] = (ageing[bucket.name] ?? 0) + invoice.openMinor;
  }
  return ageing;
}

/** Amounts of different currencies are never added together. */
function openByCurrency(overdue: readonly Overdue[]): Record<string, number> {
  const open: Record<string, number> = {};
  for (const invoice of overdue) open[invoice.currency] = (open[invoice.currency] ?? 0) + invoice.openMinor;
  return open;
}

const openSchema = z.record(currencySchema, z.number());

const openAmounts = (evidence: Evidence): Variable =>
  moneyOf(
    Object.entries(openSchema.parse(evidence["openByCurrency"])).map(([currency, open]) => ({
      minor: open,
      currency: currencySchema.parse(currency),
    })),
  );

/** Customers with at least one unpaid invoice that is past its due date. */
export const overduePayments = defineInsight({
  id: "overdue-payments",
  title: "Overdue payments",
  noun: { one: "overdue", many: "overdue" },
  version: 2,
  position: 10,
  settings: settingsSchema,
  facts: factsSchema,
  detect,
  assess,
  variables: (evidence) => ({
    ovrd: openAmounts(evidence),
    invo: numberOf(operandOf(evidence["invoices"])),
    disp: numberOf(operandOf(evidence["disputedInvoices"])),
    dpdu: numberOf(operandOf(evidence["daysPastDue"])),
    dued: dayOf(daySchema.parse(evidence["oldestDueOn"])),
  }),
  text: template(
    "owes <ovrd> on {invo, plural, one {# invoice} other {# invoices}}{disp, plural, =0 {} other {, # of them disputed}}; the oldest was due <dued>, {dpdu, plural, one {# day} other {# days}} ago",
  ),
  followUp: template(
    "Hello <pers>, perhaps it slipped by: <ovrd> on {invo, plural, one {# invoice} other {# invoices}} is still open, the oldest since <dued>. Could you have a look and tell me when the payment will come? If it is on its way already, or something is wrong with an invoice, just reply. Best regards, <cont>",
  ),
  translations,
  evidenceTexts,
});
