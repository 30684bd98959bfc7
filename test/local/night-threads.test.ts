import { existsSync } from "node:fs";
import { cp } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { threadsOfMachine } from "@regulars/local/nightly/night-threads";
import { endState, expectSameEnd, expectWell } from "../fixtures/end-state.ts";
import { wholesaleFiles } from "../fixtures/order-files.ts";
import { type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";

vi.setConfig({ testTimeout: 150_000, hookTimeout: 150_000 });

const THREAD_DIES = new URL("../fixtures/thread-dies.ts", import.meta.url).href;
const files = wholesaleFiles();
const nightly = ["night", "--tenant", "t", "--as-of", files.asOf, "--json"];

const places: TempWorkspace[] = [];
let imported: TempWorkspace;
/** After the night of one thread. */
let expected: ReturnType<typeof endState>;
let told: object;

beforeAll(async () => {
  imported = await aPlace();
  for (const kind of ["users", "customers", "orders"] as const) {
    await imported.write(`${kind}.csv`, files[kind]);
    await imported.json(["import", kind, `${kind}.csv`, "--tenant", "t"]);
  }
  await imported.run([
    "notifications",
    "preferences",
    "--tenant",
    "t",
    "--set",
    "hasQuietHours=false",
    "digestAt=00:00",
  ]);
  const place = await aPlace(imported);
  told = await nightOf(place, "1");
  await expectWell(place);
  expected = endState(place);
});

afterAll(async () => {
  for (const place of places) await place.close();
});

/** A workspace, with a copy of another's data. */
async function aPlace(like?: TempWorkspace): Promise<TempWorkspace> {
  const place = await aWorkspace();
  places.push(place);
  if (like !== undefined) await cp(like.data, place.data, { recursive: true });
  return place;
}

/** What the command says of a night of so many threads, without its time and calls: each thread looks at users. */
async function nightOf(place: TempWorkspace, threads: string, env: Readonly<Record<string, string>> = {}) {
  const { code, stdout, stderr } = await place.start([...nightly, "--threads", threads], { env }).ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { customers, findings, kinds, messages, untold } = JSON.parse(stdout);
  return { customers, findings, kinds, messages, untold };
}

describe("the night of several threads", () => {
  it.each(["2", "4"])("stores and says what that of one does: %s threads", async (threads) => {
    const place = await aPlace(imported);
    expect(await nightOf(place, threads)).toEqual(told);
    expectSameEnd(place, expected);
  });

  it("is tried again when a thread dies, and ends the same", async () => {
    const place = await aPlace(imported);
    const mark = place.path("died");
    const env = { NODE_OPTIONS: `--import ${THREAD_DIES}`, THREAD_DIES: `TransactWriteItems ${mark}` };
    const said = await nightOf(place, "2", env);
    expect(existsSync(mark)).toBe(true);
    expect(said.customers).toBe(40);
    expectSameEnd(place, expected);
  });

  it("goes on to the same end after the whole process was killed", async () => {
    const place = await aPlace(imported);
    const signalAfter = { signal: "SIGKILL", answers: "TransactWriteItems", count: 2 } as const;
    expect(await place.start([...nightly, "--threads", "2"], { signalAfter }).ended).toMatchObject({
      signal: "SIGKILL",
    });
    await nightOf(place, "2");
    expectSameEnd(place, expected);
  });

  it("has one for each core but that of the database, up to eight and to what memory is free", () => {
    expect(threadsOfMachine(1, 16e9)).toBe(1);
    expect(threadsOfMachine(2, 16e9)).toBe(1);
    expect(threadsOfMachine(4, 16e9)).toBe(3);
    expect(threadsOfMachine(64, 16e9)).toBe(8);
    expect(threadsOfMachine(4, 399e6)).toBe(1);
    expect(threadsOfMachine(4, 900e6)).toBe(3);
  });
});
