import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { userSchema } from "@regulars/core/access/user";
import { customerSchema } from "@regulars/core/customers/customer";
import { type Finding, findingId } from "@regulars/core/insights/finding";
import { aboutCustomer } from "@regulars/core/insights/subject";
import { type Links, composeDigest, composeLine, digestId } from "@regulars/core/notifications/compose";
import type { Digest } from "@regulars/core/notifications/message";
import { languages, localeFor } from "@regulars/core/platform/languages";
import { currencySchema, day, instantSchema, minor } from "@regulars/core/platform/values";
import type { LocalSystem, OpenedTenant } from "@regulars/local/system";
import { digestHtml } from "@regulars/render/digest/html";
import { digestText } from "@regulars/render/digest/text";
import { wordDigest } from "@regulars/render/notifications/worded";
import * as z from "zod";
import { plainDigest } from "./plain-digest.ts";
import { type BenchFigure, inWorkspace, testTenantRecord } from "./workspace.ts";

const DIGESTS = 10_000;
const LINES = 10;
const TOGETHER = 100;
/** Garbage is collected after so many. */
const COLLECTED = 1_000;
const RENDERED = 1_000;
const MEGABYTE = 1024 * 1024;
const D = day("2026-11-22");
const DUE = instantSchema.parse("2026-11-23T06:30:00.000Z");
const EUR = currencySchema.parse("EUR");
/** US dollars for a million write units, on demand (https://aws.amazon.com/dynamodb/pricing/on-demand/). */
const USD_A_MILLION_WRITES = 0.625;

const links: Links = {
  finding: ({ findingId: id }) => `https://regulars.example/findings/${id}`,
  rep: (_tenantId, userId) => `https://regulars.example/for-you/${userId}`,
  introductions: () => "https://regulars.example/introductions",
};

/** The finding of the example in docs/reference/insights.md 2.1, of another customer each time. */
function aFinding(customerId: string): Finding {
  const subject = aboutCustomer(customerSchema.shape.customerId.parse(customerId));
  return {
    id: findingId({ kind: "overdue-payments", subject }),
    kind: "overdue-payments",
    subject,
    rank: [],
    level: "high",
    state: "open",
    atStakeMinor: minor(1_248_050),
    currency: EUR,
    since: D,
    evidence: {
      rule: "overdue-payments/2",
      checks: [],
      documents: [],
      openByCurrency: { EUR: 1_248_050 },
      invoices: 3,
      disputedInvoices: 1,
      daysPastDue: 53,
      oldestDueOn: "2026-10-01",
    },
  };
}

function digestOf(index: number, { tenant, catalog }: OpenedTenant): Digest {
  const rep = userSchema.parse({
    userId: `u-${index}`,
    name: `Rep ${index}`,
    role: "rep",
    email: `u${index}@example.com`,
  });
  const lines = Array.from({ length: LINES }, (_, at) => {
    const customerId = `c-${index}-${at}`;
    const customer = customerSchema.parse({ customerId, name: `Café ${customerId}`, phone: "+45 12 34 56 78" });
    const finding = aFinding(customerId);
    const kind = catalog.kindOf(finding.kind);
    if (kind === undefined) throw new Error(`there is no kind ${finding.kind}`);
    const line = composeLine(finding, { tenant, kind, customer, persons: [], rep, isNew: at < 3, links });
    return { ...line, kind: finding.kind, also: [] };
  });
  const counts = [{ kind: "overdue-payments", count: 24, newCount: 3 }];
  const digest = composeDigest(catalog, tenant, rep, D, { counts, lines }, links);
  if (digest === undefined) throw new Error("the digest has nothing in it");
  return digest;
}

/** Composing and queueing of a morning's digests, what it costs, and rendering against plain string templates. */
export async function digestFigures(system: LocalSystem): Promise<BenchFigure[]> {
  const tenant = await system.makeTenant(testTenantRecord("digests", "EUR"));
  const opened = await system.openTenant(tenant.tenantId);
  const { usage, outbox } = opened.store;
  const queue = (from: number): Promise<number> => {
    const messages = Array.from({ length: TOGETHER }, (_, at) => digestOf(from + at, opened));
    return outbox.queue(
      messages.map((message) => ({ id: digestId(message.userId, D), dueAt: DUE, message, isOnHold: false })),
    );
  };
  // Code, connections and the database's own caches are there before it is counted.
  await queue(DIGESTS);
  const written = usage.writeRequestUnits;
  collectGarbage();
  const memoryBefore = process.memoryUsage().rss;
  let memory = memoryBefore;
  const before = await processorSeconds(system);
  for (let from = 0; from < DIGESTS; from += TOGETHER) {
    if (from % COLLECTED === 0) collectGarbage();
    await queue(from);
    memory = Math.max(memory, process.memoryUsage().rss);
  }
  const took = (await processorSeconds(system)) - before;
  const units = (usage.writeRequestUnits - written) / DIGESTS;
  return [
    {
      name: "10,000 digests composed and queued, processor time with the database's",
      value: took,
      unit: "s",
      limit: 20,
    },
    { name: "… memory that this takes", value: (memory - memoryBefore) / MEGABYTE, unit: "MB", limit: 200 },
    { name: "… written a digest", value: units, unit: "WRU" },
    { name: "… cost of 1,000 digests, without mail", value: (units * USD_A_MILLION_WRITES) / 1000, unit: "USD" },
    {
      name: "digest rendered in four languages, by plain templates",
      value: renderedAgainstPlain(opened),
      unit: "x",
      limit: 3,
    },
  ];
}

/** Processor time of this process and of its database, seconds. */
async function processorSeconds(system: LocalSystem): Promise<number> {
  const { user, system: kernel } = process.cpuUsage();
  const { pid } = engineSchema.parse(JSON.parse(await readFile(join(system.folder, "engine.json"), "utf8")));
  // Fields 14 and 15 of proc(5), in ticks of a hundredth of a second.
  const fields = (await readFile(`/proc/${pid}/stat`, "utf8")).split(" ");
  return (user + kernel) / 1_000_000 + (Number(fields[13]) + Number(fields[14])) / 100;
}

const engineSchema = z.object({ pid: z.int() });

/** Frees what is not used any more: what is counted is what the work needs, not what the collector leaves for later. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}

/** How many times as long words and HTML take as the same digest by template literals in one language. */
function renderedAgainstPlain(opened: OpenedTenant): number {
  const digest = digestOf(0, opened);
  const locales = languages.map((language) => localeFor(language, "xx"));
  const worded = (index: number): number => {
    const one = wordDigest({ ...digest, locale: locales[index % locales.length] ?? "en" }, opened.catalog.textOf);
    return digestHtml(one, "subject").length + digestText(one).length;
  };
  const plain = (): number => plainDigest(digest).length;
  return medianRatio(worded, plain);
}

const ROUNDS = 9;

/** The middle of several ratios, each of two rounds right after one another, so that a busy machine slows both. */
function medianRatio(render: (index: number) => number, than: (index: number) => number): number {
  const ratios = Array.from({ length: ROUNDS }, () => seconds(render) / seconds(than));
  return ratios.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Infinity;
}

/** Processor time of the rounds. */
function seconds(render: (index: number) => number): number {
  const before = process.cpuUsage();
  for (let index = 0; index < RENDERED; index += 1) render(index);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000_000;
}

if (import.meta.main) {
  const figures = await inWorkspace(digestFigures);
  for (const { name, value, unit, limit } of figures)
    process.stdout.write(
      `${name}: ${Math.round(1000 * value) / 1000} ${unit}${limit === undefined ? "" : ` (at most ${limit})`}\n`,
    );
  if (figures.some(({ value, limit = Infinity }) => value > limit)) process.exitCode = 1;
}
