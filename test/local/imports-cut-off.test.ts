import { closeTable } from "@regulars/store/engine/table";
import { tenantIdSchema } from "@regulars/core/platform/values";
import { afterAll, beforeAll, expect, it } from "vitest";
import { anApiFixture } from "../fixtures/api-tenants.ts";
import { type CommandPlace, aCommandPlace, atOnce } from "../fixtures/command-place.ts";
import { storedTexts } from "../fixtures/stored-texts.ts";
import { watchWrites } from "../fixtures/table-writes.ts";
import { differences, endOf } from "../fixtures/tenant-end.ts";
import { aTable } from "../fixtures/tenant.ts";
import { writingCommands } from "../fixtures/writing-commands.ts";

/** Every import, ended before each of its writes and run again: it has the end of one that was not, and says what it did. */

let place: CommandPlace;

beforeAll(async () => {
  place = await aCommandPlace();
});
afterAll(() => place?.close());

interface Report {
  readonly documents: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
}

/** Runs an import for a tenant in a process that ends after so many writes; returns how many it made. */
async function run(args: readonly string[], tenantId: string, most = Infinity) {
  const table = aTable();
  let writes = 0;
  watchWrites(table, () => {
    if (writes >= most) throw new Error("the process has ended");
    writes += 1;
    return "send";
  });
  const { code, stdout } = await place.run(
    [...args, "--tenant", tenantId, "--json"],
    table,
    most < Infinity ? atOnce : undefined,
  );
  closeTable(table);
  return { code, stdout, writes };
}

const aTenant = async (): Promise<string> => (await anApiFixture(place.apiClient)).tenant.tenantId;

/** The customers whose years wait to be packed, and all that is stored. */
async function stateOf(tenantId: string) {
  const { table } = place.apiClient.runtime;
  const keys = Object.keys(storedTexts(tenantIdSchema.parse(tenantId)));
  return { unpacked: keys.filter((key) => key.includes("#CHANGED#")), end: await endOf(table, tenantId) };
}

const imports = writingCommands.filter(({ args }) => args[0] === "import");

it.each(imports.map(({ args }) => [args.join(" "), args] as const))(
  "OP02: %s is whole after it was ended before its first write, its second, and so on, each time gone on with",
  { timeout: 300_000 },
  async (_, args) => {
    const undisturbed = await aTenant();
    const { stdout, writes } = await run(args, undisturbed);
    const wanted: Report = JSON.parse(stdout);
    expect(writes).toBeGreaterThan(0);
    const { unpacked, end } = await stateOf(undisturbed);

    const tenantId = await aTenant();
    for (let most = 0; most < writes; most += 1) {
      const { code } = await run(args, tenantId, most);
      if (code === 0) break;
      expect([most, code]).toEqual([most, 1]);
    }
    const { code, ...last } = await run(args, tenantId);
    const { created, changed, unchanged, ...said }: Report = JSON.parse(last.stdout);
    expect([code, said.documents, said.rejected]).toEqual([0, wanted.documents, wanted.rejected]);
    expect(created + changed + unchanged).toBe(wanted.created + wanted.changed + wanted.unchanged);
    const state = await stateOf(tenantId);
    expect([state.unpacked, ...differences(end, state.end)]).toEqual([unpacked]);
  },
);
