import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Interrupted } from "@regulars/cli/session";
import { closeTable } from "@regulars/store/engine/table";
import { atOnce } from "../fixtures/command-place.ts";
import { expectWell } from "../fixtures/end-state.ts";
import { wholesaleFiles } from "../fixtures/order-files.ts";
import { processesNaming, stateOf } from "../fixtures/processes.ts";
import { tableAddress } from "../fixtures/table-address.ts";
import { aTable } from "../fixtures/tenant.ts";
import { type Resolved, type StartOptions, type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";

vi.setConfig({ testTimeout: 150_000, hookTimeout: 150_000 });

const files = wholesaleFiles();
const importOrders = ["import", "orders", "orders.csv", "--tenant", "t", "--json"];
/** The same orders, below a row that is rejected as soon as it is read. */
const withBadRow = files.orders.replace("\n", "\nO-bad,C1\n");
/** Longest time, in milliseconds, in which Ctrl-C must end a command, on a busy machine too. */
const PROMPT_MS = 20_000;
/** Where the import stops by itself and waits, so that Ctrl-C meets it there on any machine. */
const AMID_ORDERS = { signal: "SIGSTOP", answers: "TransactWriteItems", count: 10 } as const;

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
  running.signal("SIGCONT");
  const ended = await running.ended;
  expect(performance.now() - askedAt).toBeLessThan(PROMPT_MS);
  return ended;
}

const isEngineThere = (): boolean => existsSync(join(place.data, "engine.json"));
const isStopped = (): boolean => processesNaming(place.data).some((pid) => stateOf(pid) === "T");
const hasList = (): boolean => existsSync(place.path("orders.csv.rejected.csv"));

describe("Ctrl-C during an import", () => {
  it.each([
    ["the database has just started", isEngineThere, {}],
    ["orders are being stored", isStopped, { signalAfter: AMID_ORDERS }],
    [
      "orders are being stored, from a terminal, where launcher and command both get it",
      isStopped,
      { signalAfter: AMID_ORDERS, asFromTerminal: true },
    ],
  ])(
    "E7: ends it at once when %s, and says how to go on, with no half document and nothing left running",
    async (_, isSo, options) => {
      const { code, stdout, stderr } = await interruptedWhen(importOrders, isSo, options);
      expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
      expect(stderr).toMatch(
        /^(created the tenant t: .*\n)?stopped in the middle of orders\.csv\. What was saved is safe: run the same command again, and it goes on from there\n$/,
      );
      expect(place.engines()).toEqual([]);
      await expect.poll(() => place.leftOfWork(), { timeout: PROMPT_MS }).toEqual([]);
      expect(await place.json(importOrders)).toMatchObject({ documents: files.orderCount, changed: 0, rejected: 0 });
      await expectWell(place);
    },
  );

  it("E7: leaves no incomplete list of rejected rows", async () => {
    await place.write("orders.csv", withBadRow);
    const isListed = (): boolean => isStopped() && hasList();
    expect((await interruptedWhen(importOrders, isListed, { signalAfter: AMID_ORDERS })).code).toBe(130);
    expect(hasList()).toBe(false);
  });

  it("E7: leaves nothing of an import that is given up, because the database answers no more", async () => {
    const { endpoint = "" } = tableAddress();
    const table = aTable();
    const inTable = { table, env: { DYNAMODB_ENDPOINT: endpoint } };
    await place.write("users.csv", "userId,name,role\nu1,Ann,rep\n");
    await place.run(["import", "users", "users.csv", "--tenant", "t"], inTable);
    await place.write("orders.csv", withBadRow);
    const controller = new AbortController();
    const begun: unknown[] = [];
    table.raw.middlewareStack.add(
      (next, { commandName }) =>
        (args) => {
          if (commandName !== "TransactWriteItemsCommand") return next(args);
          begun.push(hasList(), place.leftOfWork().length > 0);
          controller.abort(new Interrupted());
          return new Promise(() => undefined);
        },
      { step: "initialize", name: "answersNoMore" },
    );
    const { code } = await place.run(importOrders, { ...inTable, stop: controller.signal, wait: atOnce });
    closeTable(table);
    expect([code, ...begun.slice(0, 2)]).toEqual([130, true, true]);
    expect([hasList(), place.leftOfWork()]).toEqual([false, []]);
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
    await place.write("long.csv", files.orders + rows.repeat(60));
    const ending = place.run(["import", "orders", "long.csv", "--tenant", "t"], { stop: controller.signal });
    controller.abort(new Interrupted());
    expect((await ending).stderr).toBe(`stopped in the middle of long.csv. ${goesOn} from there\n`);
    expect(existsSync(place.data)).toBe(false);
  });
});
