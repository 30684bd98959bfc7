import * as z from "zod";

/** What was counted of one piece of work; units are DynamoDB's request units, also fractions of them. */
const unitsSchema = z.object({ reads: z.number(), writes: z.number() });
export type Units = z.output<typeof unitsSchema>;

/** Counted by `npm run bench:costs` (test/bench/count-stage.ts), and kept in stage-counts.json. */
export const stageCountsSchema = z.object({
  countedOn: z.iso.date(),
  /** A tick, for all tenants together. */
  tick: unitsSchema,
  /** The night of a tenant that has nothing. */
  emptyNight: unitsSchema,
  /** For a customer of 25 orders of 20 lines: in a quiet night, its processor time, and what is stored. */
  customer: z.object({ night: unitsSchema, nightMs: z.number(), bytes: z.number() }),
  /** For a customer who has changed: their year packed anew, and the night after it. */
  changed: unitsSchema,
  /** An order that is written, with its marker. */
  order: unitsSchema,
  /** A message from its queueing to its sending. */
  message: unitsSchema,
});
export type StageCounts = z.output<typeof stageCountsSchema>;

/** US dollars, us-east-1, on demand. */
export const prices = {
  listedIn: "November 2024",
  readUnit: 0.125e-6,
  writeUnit: 0.625e-6,
  /** A month; the second is for the backup of every second of 35 days. */
  storedGb: 0.25 + 0.2,
  /** arm64. */
  functionGbSecond: 0.0000133334,
  functionCall: 0.2e-6,
  queueRequest: 0.4e-6,
  apiRequest: 1e-6,
  mail: 0.1e-3,
} as const;

/** A tenant whose cost is stated. */
export interface Customers {
  readonly customers: number;
}

/** How such a tenant is used; the table's introduction in docs/operations.md says the same. */
const CUSTOMERS_OF_A_REP = 500;
const ORDERS_A_YEAR = 25;
/** One customer of so many is changed in a night. */
const CHANGED_ONE_OF = 20;
const REQUESTS_OF_A_REP = 10_000;
const DIGEST_DAYS = 22;
/** A month. */
const NIGHTS = 365 / 12;
/** Above so many customers a night reads them twice (functions/workers/nightly.ts). */
const MOST_AT_ONCE = 50_000;

/** Memory of functions (infra/jobs.ts, infra/functions.ts), and how long a call takes beside its processor time, s. */
const NIGHT_GB = 1_769 / 1_024;
const JOB_GB = 0.5;
const NIGHT_START_SECONDS = 1;
const JOB_SECONDS = 0.3;
const REQUEST_SECONDS = 0.03;
/** To send, to receive and to delete a message. */
const REQUESTS_OF_A_MESSAGE = 3;

const dollarsOf = ({ reads, writes }: Units, times = 1): number =>
  times * (reads * prices.readUnit + writes * prices.writeUnit);

const callOf = (seconds: number, gb: number): number => prices.functionCall + seconds * gb * prices.functionGbSecond;

/** What a tenant costs a month, by what for. */
export function costsOf({ customers }: Customers, counts: StageCounts) {
  const reps = customers / CUSTOMERS_OF_A_REP;
  const readings = customers > MOST_AT_ONCE ? 2 : 1;
  const changed = (customers / CHANGED_ONE_OF) * NIGHTS;
  const orders = (customers * ORDERS_A_YEAR) / 12;
  const mails = reps * DIGEST_DAYS;
  const nightSeconds = NIGHT_START_SECONDS + (readings * customers * counts.customer.nightMs) / 1_000;
  // A night and what it sends on; a rebuild of every tenth order, because many come together.
  const messages = 2 * NIGHTS + mails / 10 + orders / 10;
  const requests = reps * REQUESTS_OF_A_REP;
  return {
    "nightly runs: reads and writes":
      dollarsOf(counts.emptyNight, NIGHTS) + dollarsOf(counts.customer.night, NIGHTS * customers * readings),
    "orders written, histories packed": dollarsOf(counts.order, orders) + dollarsOf(counts.changed, changed),
    "storage, with every second of 35 days": ((customers * counts.customer.bytes) / 1e9) * prices.storedGb,
    "functions, queues, API (10,000 requests a rep)":
      NIGHTS * callOf(nightSeconds, NIGHT_GB) +
      messages * (REQUESTS_OF_A_MESSAGE * prices.queueRequest + callOf(JOB_SECONDS, JOB_GB)) +
      requests * (prices.apiRequest + callOf(REQUEST_SECONDS, JOB_GB)),
    "digests by e-mail": dollarsOf(counts.message, mails) + mails * prices.mail,
  };
}

const COLUMNS = [
  { title: "none", customers: 0, decimals: 4 },
  { title: "1,000", customers: 1_000, decimals: 2 },
  { title: "10,000", customers: 10_000, decimals: 2 },
  { title: "100,000", customers: 100_000, decimals: 2 },
] as const;

/** The table of docs/operations.md, its rows as cells. */
export function costTable(counts: StageCounts): readonly (readonly string[])[] {
  const costs = COLUMNS.map((column) => ({ ...column, rows: Object.entries(costsOf(column, counts)) }));
  const names = Object.keys(costsOf({ customers: 0 }, counts));
  const sums = costs.map(({ rows, decimals }) => rows.reduce((sum, [, dollars]) => sum + dollars, 0).toFixed(decimals));
  return [
    ["customers", ...COLUMNS.map(({ title }) => title)],
    ...names.map((name, i) => [name, ...costs.map(({ rows, decimals }) => (rows[i]?.[1] ?? 0).toFixed(decimals))]),
    ["**together**", ...sums.map((sum) => `**${sum}**`)],
  ];
}

/** The cost of the ticks of a month, whatever the number of idle tenants: one each quarter of an hour. */
export const ticksCost = ({ tick }: StageCounts): number => dollarsOf(tick, NIGHTS * 24 * 4);
