import { tenantIdSchema } from "@regulars/core/platform/values";
import { forJobs } from "@regulars/store/engine/patience";
import { type Table, closeTable } from "@regulars/store/engine/table";
import { openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { afterAll, beforeAll, expect, it } from "vitest";
import { API_NOW, type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { anApiFixture } from "../fixtures/api-tenants.ts";
import { loseAnswers } from "../fixtures/lost-answers.ts";
import { storedTexts } from "../fixtures/stored-texts.ts";
import { aTable } from "../fixtures/tenant.ts";
import { type Outage, anUnreliableTable } from "../fixtures/unreliable-table.ts";
import { type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";
import { type WritingCommand, writeCommandFiles, writingCommands } from "../fixtures/writing-commands.ts";
import { tableAddress } from "../fixtures/table-address.ts";

/**
 * Every command that writes while the database loses the answer of each write once, hangs, and throttles for a second,
 * ten and sixty: it ends, or says in one line to run it again, and in the end all is as after one undisturbed run.
 */

const DAY_MS = 86_400_000;
const OUTAGES: readonly Outage[] = [
  { does: "hangs", lastsMs: 600_000, afterWrites: 0 },
  { does: "throttles", lastsMs: 600_000, afterWrites: 1 },
  { does: "hangs", lastsMs: 600_000, afterWrites: 2 },
  { does: "throttles", lastsMs: 60_000, afterWrites: 0 },
  { does: "hangs", lastsMs: 60_000, afterWrites: 1 },
  { does: "throttles", lastsMs: 10_000, afterWrites: 0 },
  { does: "throttles", lastsMs: 1_000, afterWrites: 0 },
];

let apiClient: ApiTestClient;
let place: TempWorkspace;

beforeAll(async () => {
  apiClient = await anApiClient();
  place = await aWorkspace();
  await writeCommandFiles(place);
});
afterAll(async () => {
  await place.close();
  await apiClient.close();
});

/** Runs a command of a tenant. `doctor`, `restore` and `tenants` are about all tenants. */
async function run(args: readonly string[], tenantId: string, table: Table) {
  const named = args.map((word) => word.replace(/^T(?=$|\.gz$)/, tenantId));
  const ofAll = ["doctor", "restore", "tenants"].includes(named[0] ?? "");
  const { endpoint = "" } = tableAddress();
  return place.run([...named, ...(ofAll ? [] : ["--tenant", tenantId])], {
    table,
    clock: () => API_NOW + DAY_MS,
    env: { DYNAMODB_ENDPOINT: endpoint },
  });
}

/** A tenant for which a command has something to do. */
async function aTenantFor({ before = [] }: WritingCommand): Promise<string> {
  const { tenant } = await anApiFixture(apiClient);
  for (const args of before) {
    const { code, stderr } = await run(args, tenant.tenantId, apiClient.runtime.table);
    if (code !== 0) throw new Error(`${args.join(" ")}: ${stderr}`);
  }
  return tenant.tenantId;
}

/** What tells when, how often and by which attempt something was done, and what is random. */
const HOW =
  /"(?:expiresAt|queuedAt|doneAt|attempts|version|g1s|g2s|sk|b|sealedToken|fence|leaseUntil|owner|secretHash|messageId|providerId|content|hash|revision|stamp|rngState)":(?:"[^"]*"|\d+),?/g;
const RANDOM =
  /[0-9a-hjkmnp-tv-z]{26,}|[0-9a-f]{8}-[0-9a-f-]{27}|\bk(?!0)[0-9a-z]{12}\b|m-\d+|(?:pln|st)_(?!0000)[0-9a-z]{8,}/g;
/** Hints, and what is left of an attempt that did nothing: members of nothing, numbers drawn for nothing. */
const UNSEEN = /#(?:DUEROW|HEADS|RATE|AGENDAS|NIGHTRUN|OPERATION|LISTS|QUEUE|CHANGED|LINKRUN PAGE)/;
/** Stored before what names them, so that a list that was never made may have left the same as the one that was. */
const BEFOREHAND = /#SELMEMBER/;

const alike = (text: string): string =>
  text
    .replaceAll(HOW, "")
    .replaceAll(/t-[0-9a-f]{8}-[0-9a-f-]{27}/g, "t")
    .replaceAll(/#AUD#\d\d/g, "#AUD")
    .replaceAll(/#\d{9}-[0-9a-f]{8}/g, "#N")
    .replaceAll(RANDOM, "ID")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "AT");

/** All that is stored, once what is marked has been packed anew, as by the next reader. */
async function endOf(tenantId: string): Promise<readonly string[]> {
  const { table } = apiClient.runtime;
  const tenant = await openTenantDirectory(table).find(tenantIdSchema.parse(tenantId));
  const store = tenant && openTenantStore(table, tenant);
  for (const shard of store?.shards ?? []) await store?.rebuild(shard);
  const items = Object.entries(await storedTexts(table, tenantIdSchema.parse(tenantId)));
  const texts = items.filter(([key]) => !UNSEEN.test(key)).map(([key, text]) => alike(`${key} ${text}`));
  return texts.filter((text, i) => !BEFOREHAND.test(text) || texts.indexOf(text) === i).toSorted();
}

const differences = (wanted: readonly string[], found: readonly string[]): string[] => [
  ...wanted.filter((one) => !found.includes(one)).map((one) => `missing ${one.slice(0, 600)}`),
  ...found.filter((one) => !wanted.includes(one)).map((one) => `too much ${one.slice(0, 600)}`),
  ...(wanted.length === found.length ? [] : [`${wanted.length} items, not ${found.length}`]),
];

async function undisturbed(command: WritingCommand) {
  const tenantId = await aTenantFor(command);
  const { code, stdout, stderr } = await run(command.args, tenantId, apiClient.runtime.table);
  return { code, said: stdout + stderr, end: await endOf(tenantId) };
}

/** Runs it again after each outage, until it is done; what it said that was no line for people. */
async function runThroughOutages({ args }: WritingCommand, tenantId: string): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const outage of OUTAGES) {
    const unreliable = anUnreliableTable(forJobs);
    unreliable.begin(outage);
    const { code, stderr } = await run(args, tenantId, unreliable.table);
    closeTable(unreliable.table);
    if (code === 0) return faults;
    if (/\n\s+at /.test(stderr)) faults.push(`${outage.does} ${outage.lastsMs} after ${outage.afterWrites}: ${stderr}`);
  }
  await run(args, tenantId, apiClient.runtime.table);
  return faults;
}

it.each(writingCommands.map((command) => [command.args.join(" "), command] as const))(
  "OP02: %s ends as if the database had always answered",
  { timeout: 600_000 },
  async (_, command) => {
    const wanted = await undisturbed(command);
    // 1: a part of it was refused.
    expect([wanted.code, wanted.said]).toEqual([wanted.code === 1 ? 1 : 0, wanted.said]);

    const cutOff = await aTenantFor(command);
    const faults = await runThroughOutages(command, cutOff);
    expect([...faults, ...differences(wanted.end, await endOf(cutOff))]).toEqual([]);

    const unanswered = await aTenantFor(command);
    const table = aTable();
    const lost = loseAnswers(table, () => true);
    const { code, stdout, stderr } = await run(command.args, unanswered, table);
    closeTable(table);
    expect([code, stdout + stderr]).toEqual([wanted.code, stdout + stderr]);
    expect(lost()).toBeGreaterThan(0);
    expect(differences(wanted.end, await endOf(unanswered))).toEqual([]);
  },
);
