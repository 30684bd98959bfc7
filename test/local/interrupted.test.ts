import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Interrupted } from "@regulars/cli/session";
import { freePort } from "@regulars/local/engine/ports";
import { wholesaleFiles } from "../fixtures/order-files.ts";
import { type Resolved, type StartOptions, type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";

vi.setConfig({ testTimeout: 150_000, hookTimeout: 150_000 });

const files = wholesaleFiles();
const importOrders = ["import", "orders", "orders.csv", "--tenant", "t", "--json"];
/** Longest time, in milliseconds, in which Ctrl-C must end a command, on a busy machine too. */
const PROMPT_MS = 20_000;

let place: TempWorkspace;

beforeEach(async () => {
  place = await aWorkspace();
  await place.write("orders.csv", files.orders);
});

afterEach(() => place.close());

/** Starts a command, sends Ctrl-C when a condition holds, and waits for the end. */
async function interruptedWhen(
  args: readonly string[],
  isSo: () => boolean,
  options?: StartOptions,
): Promise<Resolved> {
  const running = place.start(args, options);
  await running.until("it is time for Ctrl-C", isSo);
  const askedAt = performance.now();
  running.signal("SIGINT");
  const ended = await running.ended;
  expect(performance.now() - askedAt).toBeLessThan(PROMPT_MS);
  return ended;
}

const isEngineThere = (): boolean => existsSync(join(place.data, "engine.json"));
const isStoring = (): boolean => place.storedBytes() > 1_500_000;

function expectNothingLeft(): void {
  expect(place.engines()).toEqual([]);
  expect(place.leftInData().filter((name) => /^(tmp|users|lock|engine)/.test(name))).toEqual([]);
}

describe("Ctrl-C during an import", () => {
  it.each([
    ["the database has just started", isEngineThere, {}],
    ["orders are being stored", isStoring, {}],
    [
      "orders are being stored, from a terminal, where launcher and command both get it",
      isStoring,
      { asFromTerminal: true },
    ],
  ])(
    "E7: ends it at once when %s, and says how to go on, with no half document and nothing left running",
    async (_, isSo, options) => {
      const { code, stdout, stderr } = await interruptedWhen(importOrders, isSo, options);
      expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
      expect(stderr).toMatch(
        /^(created the tenant t: .*\n)?stopped in the middle of orders\.csv\. What was saved is safe: run the same command again, and it goes on from there\n$/,
      );
      expectNothingLeft();
      expect(await place.json(importOrders)).toMatchObject({ documents: files.orderCount, changed: 0, rejected: 0 });
      const doctor = await place.json<{ checks: { check: string; isWell: boolean }[] }>(["doctor", "--rebuild"]);
      expect(doctor.checks.filter(({ isWell }) => !isWell)).toEqual([]);
    },
  );

  it("leaves no incomplete list of rejected rows", async () => {
    await place.write("orders.csv", files.orders.replace("\n", "\nO-bad,C1,never,I-1,1,1.00\n"));
    expect((await interruptedWhen(importOrders, isStoring)).code).toBe(130);
    expect(existsSync(place.path("orders.csv.rejected.csv"))).toBe(false);
  });
});

describe("Ctrl-C before anything is stored", () => {
  const stop = AbortSignal.abort(new Interrupted());
  const goesOn = "What was saved is safe: run the same command again, and it goes on";

  it.each([
    [importOrders, `stopped in the middle of orders.csv. ${goesOn} from there`],
    [[...importOrders, "--dry-run"], "stopped in the middle of orders.csv. A dry run saves nothing"],
    [
      ["import", "deals", "orders.csv", "--tenant", "t", "--plan", "p"],
      `stopped in the middle of orders.csv. ${goesOn} from there`,
    ],
    [["night", "--tenant", "t"], `stopped before it was done. ${goesOn}`],
    [["insights", "--tenant", "t"], `stopped before it was done. ${goesOn}`],
    [["tenants", "remove", "t", "--yes", "t"], `stopped before it was done. ${goesOn}`],
  ])("E7: says what is left when %j is stopped", async (args, sentence) => {
    await place.write("users.csv", "userId,name,role\nu1,Ann,rep\n");
    await place.run(["import", "users", "users.csv", "--tenant", "t"]);
    const { code, stdout, stderr } = await place.run(args, { stop });
    expect({ code, stdout, stderr }).toEqual({ code: 130, stdout: "", stderr: `${sentence}\n` });
  });

  it("E7: ends a long file while its formats are found out", async () => {
    const controller = new AbortController();
    const rows = files.orders.slice(files.orders.indexOf("\n") + 1);
    await place.write("long.csv", files.orders + rows.repeat(20));
    const ending = place.run(["import", "orders", "long.csv", "--tenant", "t"], { stop: controller.signal });
    controller.abort(new Interrupted());
    expect((await ending).stderr).toBe(`stopped in the middle of long.csv. ${goesOn} from there\n`);
    expect(existsSync(place.data)).toBe(false);
  });
});

describe("Ctrl-C during the first start", () => {
  it("ends it at once while the demo is seeded; the next start finishes the same demo", async () => {
    const start = ["start", "--json", "--port", String(await freePort())];
    const { code, stdout } = await interruptedWhen(start, isStoring);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expectNothingLeft();
    expect((await place.run(["insights", "--tenant", "demo"])).stderr).toContain("no nightly run has run");

    const again = place.start(start);
    await again.until("it is ready", () => again.stdout().includes("}"));
    again.signal("SIGINT");
    expect((await again.ended).code).toBe(0);
    const doctor = await place.json<{ checks: { check: string; isWell: boolean }[] }>(["doctor", "--rebuild"]);
    expect(doctor.checks.filter(({ isWell }) => !isWell)).toEqual([]);
    expectNothingLeft();
  });
});
