import type { ErasureReport, ErasureSubject } from "@regulars/core/erasure/erasure";
import { toInstant } from "@regulars/core/platform/values";
import { beforeAll, describe, expect, it } from "vitest";
import { aTenantWithBirds, canary, sparrow } from "../../../test/fixtures/canary-tenant.ts";
import { insightNights } from "../../../test/fixtures/insight-nights.ts";
import { type Texts, storedTexts } from "../../../test/fixtures/stored-texts.ts";
import type { TestTenant } from "../../../test/fixtures/tenant.ts";
import { allItems } from "./all-items.ts";
import { eraseSubject } from "./erase-subject.ts";
import { itemsByQuery } from "./items-by-query.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";

const AT = toInstant(Date.parse("2026-11-24T12:00:00Z"));

async function erase({ table, tenant }: TestTenant, subject: ErasureSubject, isDry = false): Promise<ErasureReport> {
  await indexesCaughtUp();
  return eraseSubject({
    table,
    tenant,
    subject,
    at: AT,
    actorId: "command",
    requestId: "erasure-1",
    isDry,
    itemsOf: () => allItems(table, tenant.tenantId),
  });
}

const textsOf = ({ tenant }: TestTenant): Texts => storedTexts(tenant.tenantId);

/** Keys of the items in which something is found. */
const found = (texts: Texts, sought: RegExp): string[] =>
  Object.entries(texts)
    .filter(([, text]) => sought.test(text))
    .map(([key]) => key);

const counted = ({ kinds }: ErasureReport): Record<string, string> =>
  Object.fromEntries(kinds.map(({ kind, removed, blanked }) => [kind, `${removed} removed, ${blanked} blanked`]));

/** What nightly runs and boards make of the records. */
const projectionsOf = (texts: Texts) =>
  Object.fromEntries(
    Object.entries(texts).filter(([key]) => /^T#t#(?:S|CALLS|FIGURES|FINDINGS|REP|CHANGED)\b/.test(key)),
  );

describe("erasing a customer", () => {
  const CANARY = /canary|carla|5550 ?1234/i;
  let testTenant: TestTenant;
  let dry: ErasureReport;
  let report: ErasureReport;
  let before: Texts;
  let afterDry: Texts;
  let after: Texts;

  beforeAll(async () => {
    ({ testTenant } = await aTenantWithBirds([sparrow, canary]));
    before = textsOf(testTenant);
    dry = await erase(testTenant, { type: "customer", id: canary.customerId }, true);
    afterDry = textsOf(testTenant);
    report = await erase(testTenant, { type: "customer", id: canary.customerId });
    after = textsOf(testTenant);
  });

  it("OP03: leaves no item of the tenant with a text or an id of theirs, whatever kind it is", () => {
    const families = new Set(found(before, CANARY).map((key) => key.split(/[# ]/)[2]));
    expect([...families].toSorted().join(" ")).toBe(
      "A ASKED BOARD CALLS CHANGED CNAME CONFIG DEAL DOMAIN END EVENT FB FIGURES FINDINGS FU IDEMPOTENCY IGNORE INBOUND INTRO " +
        "LEAD LISTS MAILADDR O OPERATION OPTOUT OUT OUTLOG P PER PLACE PROGRAMS PROJ QUEUE REQ S SALE SELMEMBER SENT SF SLACKDONE " +
        "STATUSLOG V WHO X",
    );
    expect(found(after, CANARY)).toEqual([]);
  });

  it("OP03: reports what was erased by kind, and a rehearsal the same without changing anything", () => {
    expect(counted(report)).toEqual({
      "actions in Slack": "1 removed, 0 blanked",
      activities: "1 removed, 0 blanked",
      "addresses that mails came back from": "1 removed, 0 blanked",
      "answers to requests": "1 removed, 0 blanked",
      "bulk operations": "0 removed, 1 blanked",
      "call list": "1 removed, 0 blanked",
      contacts: "0 removed, 1 blanked",
      deals: "0 removed, 6 blanked",
      "ended findings": "2 removed, 0 blanked",
      events: "1 removed, 0 blanked",
      feedback: "1 removed, 0 blanked",
      findings: "1 removed, 0 blanked",
      "findings about statuses": "2 removed, 0 blanked",
      "follow-ups": "1 removed, 0 blanked",
      identities: "4 removed, 0 blanked",
      "ids of records": "12 removed, 0 blanked",
      "ignored rows": "1 removed, 0 blanked",
      "imported contacts": "1 removed, 0 blanked",
      introductions: "2 removed, 0 blanked",
      "invoices and payments": "2 removed, 0 blanked",
      "last nightly run": "0 removed, 1 blanked",
      "lists of findings": "2 removed, 0 blanked",
      markers: "1 removed, 0 blanked",
      "members of selections": "2 removed, 0 blanked",
      "names of customers": "1 removed, 0 blanked",
      "notification log": "6 removed, 0 blanked",
      notifications: "5 removed, 4 blanked",
      "opt-outs": "1 removed, 0 blanked",
      orders: "6 removed, 0 blanked",
      persons: "1 removed, 0 blanked",
      "persons by mail domain": "1 removed, 0 blanked",
      "places of persons": "1 removed, 0 blanked",
      "programs' addresses": "1 removed, 0 blanked",
      projects: "1 removed, 0 blanked",
      "queued leads": "0 removed, 3 blanked",
      "requests of senders": "1 removed, 0 blanked",
      sales: "1 removed, 0 blanked",
      "sales figures": "0 removed, 4 blanked",
      snapshots: "10 removed, 0 blanked",
      "status log": "1 removed, 0 blanked",
      "support requests": "1 removed, 0 blanked",
      "webhook deliveries": "1 removed, 0 blanked",
    });
    expect(counted(dry)).toEqual(counted(report));
    expect(afterDry).toEqual(before);
  });

  it("OP03: run again, changes nothing more", async () => {
    expect((await erase(testTenant, { type: "customer", id: canary.customerId })).kinds).toEqual([]);
    expect(textsOf(testTenant)).toEqual(after);
  });

  it.each(["customer", "person"] as const)(
    "OP03: of a %s who is not there finds nothing and changes nothing",
    async (type) => {
      const { testTenant: other } = await aTenantWithBirds([sparrow]);
      const stored = textsOf(other);
      const nobody = { type, id: "nobody-7" };
      expect((await erase(other, nobody, true)).kinds).toEqual([]);
      expect((await erase(other, nobody)).kinds).toEqual([]);
      expect(textsOf(other)).toEqual(stored);
    },
  );

  it("OP03: keeps what is stored of others, and the numbers of deals", async () => {
    const SPARROW = /sparrow|5550 ?9999/i;
    // Lists of findings are made anew by the next nightly run.
    const theirs = (texts: Texts) => found(texts, SPARROW).filter((key) => !/ALERTS?:|alerts?:|#LISTS /.test(key));
    expect(theirs(after)).toEqual(theirs(before));
    const deals = Object.entries(after).filter(([key]) => /#DEAL#\S+ DEAL$/.test(key));
    expect(deals.map(([, text]) => /"title":"([^"]*)"/.exec(text)?.[1]).toSorted()).toEqual([
      "Sparrow Foods lost",
      "Sparrow Foods open",
      "Sparrow Foods removed",
      "erased",
      "erased",
      "erased",
    ]);
    expect(deals.every(([, text]) => text.includes('"amountMinor":10000'))).toBe(true);
  });

  it("OP03: leaves projections like those of a tenant that never had them", async () => {
    const alone = (await aTenantWithBirds([sparrow])).testTenant;
    for (const one of [testTenant, alone]) await insightNights(one).nightly("2026-09-21");
    expect(projectionsOf(textsOf(testTenant))).toEqual(projectionsOf(await textsOf(alone)));
  });
});

describe("erasing by queries alone, as functions on AWS must,", () => {
  it.each(["customer", "person"] as const)(
    "OP03: finds of a %s what a scan finds, but answers to requests",
    async (type) => {
      const { testTenant } = await aTenantWithBirds([sparrow, canary]);
      const subject = { type, id: type === "customer" ? canary.customerId : canary.person.id };
      const scanned = counted(await erase(testTenant, subject, true));
      const { table, tenant } = testTenant;
      const asked = await eraseSubject({
        table,
        tenant,
        subject,
        at: AT,
        actorId: "user:ada",
        requestId: "erasure-1",
        isDry: true,
        itemsOf: itemsByQuery,
      });
      const { "answers to requests": answers, ...rest } = scanned;
      expect([answers, counted(asked)]).toEqual(["1 removed, 0 blanked", rest]);
    },
  );
});

describe("erasing a person", () => {
  it("OP03: leaves no item with a text or an id of theirs, and keeps their customer", async () => {
    const { testTenant } = await aTenantWithBirds([sparrow, canary]);
    const report = await erase(testTenant, { type: "person", id: canary.person.id });
    const after = textsOf(testTenant);
    expect(found(after, /canary-p7|canaryson|carla|5550 ?1234/i)).toEqual([]);
    expect(found(after, /Canary Foods/).length).toBeGreaterThan(5);
    expect(counted(report)).toEqual({
      activities: "0 removed, 1 blanked",
      "addresses that mails came back from": "1 removed, 0 blanked",
      "answers to requests": "1 removed, 0 blanked",
      "bulk operations": "0 removed, 1 blanked",
      "call list": "1 removed, 0 blanked",
      contacts: "0 removed, 1 blanked",
      deals: "0 removed, 6 blanked",
      "ended findings": "1 removed, 0 blanked",
      findings: "1 removed, 0 blanked",
      "findings about statuses": "2 removed, 0 blanked",
      "follow-ups": "1 removed, 0 blanked",
      identities: "4 removed, 0 blanked",
      "ids of records": "1 removed, 0 blanked",
      "imported contacts": "1 removed, 0 blanked",
      introductions: "2 removed, 0 blanked",
      "last nightly run": "0 removed, 1 blanked",
      "lists of findings": "2 removed, 0 blanked",
      "members of selections": "1 removed, 0 blanked",
      "notification log": "4 removed, 0 blanked",
      notifications: "4 removed, 4 blanked",
      "opt-outs": "1 removed, 0 blanked",
      persons: "1 removed, 0 blanked",
      "persons by mail domain": "1 removed, 0 blanked",
      "places of persons": "1 removed, 0 blanked",
      "programs' addresses": "1 removed, 0 blanked",
      "queued leads": "0 removed, 3 blanked",
      "requests of senders": "1 removed, 0 blanked",
      snapshots: "0 removed, 1 blanked",
      "status log": "1 removed, 0 blanked",
      "support requests": "0 removed, 1 blanked",
      "webhook deliveries": "1 removed, 0 blanked",
    });
    for (const shard of testTenant.store.shards)
      expect(await testTenant.another().store.verify(shard)).toMatchObject({ mended: 0 });
  });
});
