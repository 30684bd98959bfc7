import { queueWorkers } from "@regulars/functions/workers/jobs";
import { makeDataFolder } from "@regulars/local/engine/data-folder";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { API_NOW, type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { anApiFixture } from "../fixtures/api-tenants.ts";
import { tableAddress } from "../fixtures/table-address.ts";
import { type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";
import { writeCommandFiles, writingCommands } from "../fixtures/writing-commands.ts";

/** Every command that writes, one after the other in one tenant, while every job that they start fails. */

const DAY_MS = 86_400_000;
/** They start no job and would leave the others nothing to do, or are another kind of file of the same command. */
const LEFT_OUT = /^(?:tenants|restore|selections delete|import (?!orders|payments))\b/;
const SETTING_OF_STATUSES = ["settings", "--closure", "2026-12-24..2026-12-26"];

let apiClient: ApiTestClient;
let place: TempWorkspace;

beforeAll(async () => {
  apiClient = await anApiClient();
  place = await aWorkspace();
  await writeCommandFiles(place);
  await makeDataFolder(place.data);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await place.close();
  await apiClient.close();
});

it("OP02: a command whose job fails says so and how the rest is done, and exits 1, whichever command it is", async () => {
  let tried = 0;
  for (const worker of Object.values(queueWorkers))
    vi.spyOn(worker, "handlerFor").mockImplementation(({ log }) => () => {
      tried += 1;
      log.error("job failed", { reason: "the job is out of order" });
      return Promise.reject(new Error("the job is out of order"));
    });
  const { tenant } = await anApiFixture(apiClient);
  const { endpoint = "" } = tableAddress();
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
    const { code, stderr } = await place.run([...args, "--tenant", tenant.tenantId], {
      table: apiClient.runtime.table,
      clock: () => API_NOW + DAY_MS,
      env: { DYNAMODB_ENDPOINT: endpoint },
    });
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
