import { queueWorkers } from "@regulars/functions/workers/jobs";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { anApiFixture } from "../fixtures/api-tenants.ts";
import { type CommandPlace, aCommandPlace, atOnce } from "../fixtures/command-place.ts";
import { writingCommands } from "../fixtures/writing-commands.ts";

/** Every command that writes, one after the other in one tenant, while every job that they start fails. */

/** They start no job and would leave the others nothing to do, or are another kind of file of the same command. */
const LEFT_OUT = /^(?:tenants|restore|selections delete|import (?!orders|payments))\b/;
const SETTING_OF_STATUSES = ["settings", "--closure", "2026-12-24..2026-12-26"];

let place: CommandPlace;

beforeAll(async () => {
  place = await aCommandPlace();
});
afterAll(async () => {
  vi.restoreAllMocks();
  await place?.close();
});

it("OP02: a command whose job fails says so and how the rest is done, and exits 1, whichever command it is", async () => {
  let tried = 0;
  for (const worker of Object.values(queueWorkers))
    vi.spyOn(worker, "handlerFor").mockImplementation(({ log }) => () => {
      tried += 1;
      log.error("job failed", { reason: "the job is out of order" });
      return Promise.reject(new Error("the job is out of order"));
    });
  const { tenant } = await anApiFixture(place.apiClient);
  const withJobs = new Set<string>();
  const silent: string[] = [];
  let settled = 0;
  const commands = writingCommands.filter(({ args }) => !LEFT_OUT.test(args.join(" ")));
  const all = [
    ...commands.flatMap(({ before = [], args }) => [...before, args]),
    SETTING_OF_STATUSES,
    SETTING_OF_STATUSES,
  ];
  for (const args of all) {
    tried = 0;
    const { code, stderr } = await place.run([...args, "--tenant", tenant.tenantId], undefined, atOnce);
    if (tried === 0) continue;
    if (args === SETTING_OF_STATUSES) settled += 1;
    withJobs.add(args.slice(0, ["import", "night"].includes(args[0] ?? "") ? 1 : 2).join(" "));
    if (code !== 1 || !/: the job is out of order \(.*What was saved is safe: .*\n$/.test(stderr))
      silent.push(`${args.join(" ")}: ${code} ${stderr}`);
  }
  expect(silent).toEqual([]);
  // The second time the setting is stored already, and statuses are still to be settled.
  expect(settled).toBe(2);
  expect([...withJobs].toSorted()).toEqual([
    "deals cancel",
    "deals cancel-many",
    "deals move",
    "deals move-many",
    "deals resume",
    "deals transfer",
    "deals transfer-many",
    "deliveries --resend",
    "follow-ups complete",
    "import",
    "introductions accept",
    "introductions ask",
    "introductions decline",
    "night",
    "payments take-back",
    "selections mail",
    "settings --closure",
    "status create",
    "status delete",
    "status edit",
    "status restore",
  ]);
});
