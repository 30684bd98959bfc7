import { createHash } from "node:crypto";
import { type BaseSession, createProgram } from "@regulars/cli/program";
import type { SlackStore } from "@regulars/core/slack/slack-store";
import type { TenantId } from "@regulars/core/platform/values";
import { sealingWith } from "@regulars/functions/slack/sealing";
import { apiSecretsOf } from "@regulars/local/http/issuer";
import { Operations } from "@regulars/store/engine/operations";
import { forJobs } from "@regulars/store/engine/patience";
import { type Table, closeTable, noUsage } from "@regulars/store/engine/table";
import { keysOf } from "@regulars/store/keys";
import { afterAll, beforeAll, expect, it } from "vitest";
import { anApiFixture } from "../fixtures/api-tenants.ts";
import { type CommandPlace, aCommandPlace } from "../fixtures/command-place.ts";
import { loseAnswers } from "../fixtures/lost-answers.ts";
import { seeded } from "../fixtures/random-records.ts";
import { differences, endOf } from "../fixtures/tenant-end.ts";
import { aTable } from "../fixtures/tenant.ts";
import { type Outage, anUnreliableTable } from "../fixtures/unreliable-table.ts";
import { type WritingCommand, writingCommands } from "../fixtures/writing-commands.ts";

/**
 * Every command that writes while the database loses the answer of each write once, hangs, and throttles for a second,
 * ten and sixty: it ends, or says in one line to run it again, and in the end all is as after one undisturbed run.
 */

/** How long the outages last that a command meets one after the other, until it is done. */
const LAST_MS = [600_000, 600_000, 600_000, 60_000, 60_000, 10_000, 1_000];

let place: CommandPlace;

beforeAll(async () => {
  place = await aCommandPlace();
});
afterAll(() => place?.close());

/** Runs a command of a tenant. `restore` and `tenants` are about all tenants. */
async function run(args: readonly string[], tenantId: string, table: Table) {
  const named = args.map((word) => word.replace(/^T(?=$|\.gz$)/, tenantId));
  const ofAll = ["restore", "tenants"].includes(named[0] ?? "");
  return place.run([...named, ...(ofAll ? [] : ["--tenant", tenantId])], table);
}

/** Each begins at one of the command's writes, of which fewer and fewer are left: at others for another command. */
function outagesOf({ args }: WritingCommand, writes: number): readonly Outage[] {
  const below = seeded(createHash("sha256").update(args.join(" ")).digest().readInt32LE());
  return LAST_MS.map((lastsMs, i) => ({
    does: below(2) === 0 ? "hangs" : "throttles",
    lastsMs,
    afterWrites: below(Math.max(1, Math.ceil(writes / 2 ** i))),
  }));
}

/** A tenant for which a command has something to do. */
async function aTenantFor({ args, before = [], isDamaged }: WritingCommand): Promise<string> {
  const { tenant, store } = await anApiFixture(place.apiClient);
  if (args[0] === "slack") await sealHere(tenant.tenantId, store.slack);
  if (isDamaged) for (const shard of store.shards) await losePackedYears(keysOf(tenant.tenantId).shard(shard));
  for (const earlier of before) {
    const { code, stderr } = await run(earlier, tenant.tenantId, place.apiClient.runtime.table);
    if (code !== 0) throw new Error(`${earlier.join(" ")}: ${stderr}`);
  }
  return tenant.tenantId;
}

/** Seals the token with the key of the machine that commands run on. */
async function sealHere(tenantId: TenantId, slack: SlackStore): Promise<void> {
  const installation = await slack.installation();
  const { SEALING_KEY } = await apiSecretsOf(place.data);
  if (installation === undefined) throw new Error("the fixture has no Slack");
  const sealedToken = sealingWith(SEALING_KEY).seal(tenantId, "xoxb-fixture");
  await slack.saveInstallation({ ...installation, sealedToken, version: installation.version + 1 });
}

const PACKED_YEAR = /^C#.*#[A-Z]#\d{4}/;

async function losePackedYears(partition: string): Promise<void> {
  const operations = new Operations(place.apiClient.runtime.table, noUsage());
  for await (const { pk, sk } of operations.partition(partition))
    if (PACKED_YEAR.test(String(sk))) await operations.delete({ pk: String(pk), sk: String(sk) });
}

const { commands } = createProgram({} as BaseSession, () => undefined);

/** A command with each of some of its actions; alone, when it has none. */
const withActions = (name: string, actions: string | undefined): readonly string[] =>
  actions === undefined ? [name] : actions.split(/, | or /).map((action) => `${name} ${action}`);

/** Every command with each of its actions, as help names them. */
const all = commands.flatMap((command) => {
  const [argument] = command.registeredArguments;
  const [, named] = /^(?:what to (?:do|show)|what the file has): (.*)$/.exec(argument?.description ?? "") ?? [];
  return withActions(command.name(), named);
});

/** Those of which help says that they change nothing; `start` is tried by test/local/start.test.ts. */
const reading = commands.flatMap((command) => {
  const said = /(?:It changes|These change) nothing that is stored(?:: (.*))?\.$/.exec(command.description());
  return said === null ? [] : withActions(command.name(), said[1]);
});

it("OP02: is tried of every command and action, unless it only reads", () => {
  const written = new Set(writingCommands.flatMap(({ args }) => [args[0] ?? "", args.slice(0, 2).join(" ")]));
  expect(all.filter((one) => !written.has(one) && !reading.includes(one))).toEqual(["start"]);
  expect(reading.filter((one) => !all.includes(one) || written.has(one))).toEqual([]);
});

async function undisturbed(command: WritingCommand) {
  const tenantId = await aTenantFor(command);
  const { table, writes } = anUnreliableTable(forJobs);
  const { code, stdout, stderr } = await run(command.args, tenantId, table);
  closeTable(table);
  return { code, said: stdout + stderr, writes: writes(), end: await endOf(place.apiClient.runtime.table, tenantId) };
}

/** Runs it again after each outage, until it is done; what it said that was no line for people. */
async function runThroughOutages(
  { args, isOnce }: WritingCommand,
  outages: readonly Outage[],
  tenantId: string,
): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const outage of outages) {
    const unreliable = anUnreliableTable(forJobs);
    unreliable.begin(outage);
    const { code, stderr } = await run(args, tenantId, unreliable.table);
    closeTable(unreliable.table);
    if (code === 0 || (isOnce === true && stderr.includes("the next nightly run does the rest"))) return faults;
    if (/\n\s+at /.test(stderr)) faults.push(`${outage.does} ${outage.lastsMs} after ${outage.afterWrites}: ${stderr}`);
  }
  await run(args, tenantId, place.apiClient.runtime.table);
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
    const faults = await runThroughOutages(command, outagesOf(command, wanted.writes), cutOff);
    expect([...faults, ...differences(wanted.end, await endOf(place.apiClient.runtime.table, cutOff))]).toEqual([]);

    const unanswered = await aTenantFor(command);
    const table = aTable();
    const lost = loseAnswers(table, () => true);
    const { code, stdout, stderr } = await run(command.args, unanswered, table);
    closeTable(table);
    expect([code, stdout + stderr]).toEqual([wanted.code, stdout + stderr]);
    expect(lost()).toBeGreaterThan(0);
    expect(differences(wanted.end, await endOf(place.apiClient.runtime.table, unanswered))).toEqual([]);
  },
);
