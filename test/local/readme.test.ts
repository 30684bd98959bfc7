import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openDemoInTable } from "../fixtures/demo-in-table.ts";
import { DEMO_MORNING } from "../fixtures/demo-site.ts";
import { tableAddress } from "../fixtures/table-address.ts";
import { ROOT, type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";

/** What README says to try on the demo. */

let place: TempWorkspace;

beforeAll(async () => {
  place = await aWorkspace();
  await (await openDemoInTable(place.data)).close();
});
afterAll(() => place.close());

it("each command that README gives for the demo works, and has something to show", async () => {
  const readme = await readFile(join(ROOT, "README.md"), "utf8");
  for (const [, text = "", file = ""] of readme.matchAll(/^echo '(.*)' > (\S+)$/gm)) await place.write(file, text);
  const commands = [...readme.matchAll(/npx regulars ([^`\n]*--tenant demo[^`\n]*)/g)].map(([, text = ""]) => text);
  const { tableName, endpoint = "" } = tableAddress();
  const env = { TABLE_NAME: tableName, DYNAMODB_ENDPOINT: endpoint };
  const faults: string[] = [];
  for (const command of commands) {
    const { code, stdout, stderr } = await place.run(command.split(" "), { clock: () => DEMO_MORNING, env });
    if (code !== 0 || /\bnobody\b|Nothing found/.test(stdout)) faults.push(`${command}: ${code} ${stderr}${stdout}`);
  }
  expect(faults).toEqual([]);
  expect(commands.length).toBeGreaterThan(5);
});
