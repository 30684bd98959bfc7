import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";

let place: TempWorkspace;
let other: TempWorkspace;

beforeAll(async () => {
  [place, other] = [await aWorkspace(), await aWorkspace()];
});

afterAll(async () => {
  await place.close();
  await other.close();
});

it("OP03: export writes a tenant's file for its owner only, and restore puts it into another data folder", async () => {
  const orders = join(place.data, "orders.csv");
  await place.json(["tenants", "create", "acme", "--admin", "ada"]);
  await writeFile(orders, "orderId,customerId,orderedAt,itemId,quantity,unitPrice\nO-1,c1,2026-03-02,bolt,2,9.50\n");
  await place.json(["import", "orders", orders, "--tenant", "acme"]);
  const file = join(place.data, "acme.jsonl.gz");
  const exported = await place.json<{ lines: number }>(["export", file, "--tenant", "acme"]);
  expect(exported).toMatchObject({ tenant: "acme", file });
  expect((await stat(file)).mode & 0o777).toBe(0o600);

  const restored = await other.json(["restore", file]);
  expect(restored).toMatchObject({ tenant: "acme", years: 1, storedBefore: 0 });
  const of = (at: TempWorkspace) => at.json(["insights", "--tenant", "acme", "--as-of", "2026-03-31"]);
  expect(await of(other)).toEqual(await of(place));
  expect(await other.json(["tenants"])).toEqual(await place.json(["tenants"]));

  const again = await other.run(["restore", file]);
  expect([again.code, again.stderr]).toEqual([
    2,
    `regulars: ${file}: there is a tenant acme already. Restore into another data folder, or remove it first: regulars tenants remove\n`,
  ]);
});

it("OP03: says what is wrong with a file, and leaves no half of one", async () => {
  const broken = join(other.data, "broken.gz");
  await writeFile(broken, (await readFile(join(place.data, "acme.jsonl.gz"))).subarray(0, 200));
  const refused = await other.run(["restore", broken]);
  expect([refused.code, refused.stderr]).toEqual([
    2,
    `regulars: ${broken}: this is no export of a tenant, or it is cut off. Nothing was restored\n`,
  ]);
  const nowhere = await place.run(["export", join(place.data, "no", "such", "a.gz"), "--tenant", "acme"]);
  expect(nowhere.code).toBe(2);
  expect(nowhere.stderr).toMatch(/^regulars: .*a\.gz: .*\n$/);
  for (const args of [
    ["export", place.data, "--tenant", "acme"],
    ["restore", place.data],
  ]) {
    const { code, stderr } = await place.run(args);
    expect([code, stderr]).toEqual([2, `regulars: ${place.data} is a folder: name a file\n`]);
  }
  const missing = await other.run(["restore", join(other.data, "missing.gz")]);
  expect([missing.code, missing.stderr.includes("    at ")]).toEqual([2, false]);
});

it("OP03: an export that is stopped leaves the file of an earlier one as it is, and does not say that there is none", async () => {
  const file = join(place.data, "acme.jsonl.gz");
  const before = await readFile(file);
  const stopped = await place.start(["export", file, "--tenant", "acme"], {
    signalAfter: { signal: "SIGINT", answers: "Scan", count: 1 },
  }).ended;
  expect([stopped.code, stopped.stdout]).toEqual([130, ""]);
  expect(stopped.stderr).toMatch(/^stopped before it was done(?:: .*acme\.jsonl\.gz was not written\n|\. )/);
  expect((await readFile(file)).equals(before)).toBe(true);
});
