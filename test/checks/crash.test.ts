import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { tableAddress } from "../fixtures/table-address.ts";
import { aTenant } from "../fixtures/tenant.ts";
import { bundledSender, killSenders } from "./killed-senders.ts";

let folder: string;
let sender: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "regulars-crash-"));
  sender = await bundledSender(folder);
});

afterAll(() => rm(folder, { recursive: true }));

it.each([3, 4])(
  "loses no message whose sender is killed, and marks every one that arrives twice: at points drawn with %i",
  async (seed) => {
    const { tableName, endpoint } = tableAddress();
    if (endpoint === undefined) throw new Error("the test's table has no endpoint");
    const { tenantId } = aTenant();
    const report = await killSenders({ sender, tableName, endpoint, tenantId, rounds: 2, seed });
    expect(report).toMatchObject({ rounds: 2, kills: 2, messages: 24, missing: [], unmarked: [] });
  },
);
