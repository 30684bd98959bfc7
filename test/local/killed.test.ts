import { existsSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { endState, expectSameEnd, expectWell, notificationsOf, received } from "../fixtures/end-state.ts";
import { wholesaleFiles } from "../fixtures/order-files.ts";
import { type SignalAfter, type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";

vi.setConfig({ testTimeout: 150_000, hookTimeout: 150_000 });

/** A process is killed in the middle of its work and the command is run again: the end state is as without the kill. */

const files = wholesaleFiles();
const importOrders = ["import", "orders", "orders.csv", "--tenant", "t", "--json"];
const nightly = ["night", "--tenant", "t", "--as-of", files.asOf, "--json"];

interface Imported {
  readonly documents: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
}

/** What an import reports in the end, however often it was begun. */
const WHOLE = { documents: files.orderCount, changed: 0 };

const places: TempWorkspace[] = [];
/** Data folders of an undisturbed run: with users and customers, then with orders, then after the nightly run. */
let begun: TempWorkspace;
let imported: TempWorkspace;
let undisturbed: TempWorkspace;
let expected: ReturnType<typeof endState>;

beforeAll(async () => {
  begun = await aPlace();
  await begun.json(["import", "users", "users.csv", "--tenant", "t"]);
  await begun.json(["import", "customers", "customers.csv", "--tenant", "t"]);
  // News of the night goes out at any time of the day, so that these tests do too.
  await begun.run(["notifications", "preferences", "--tenant", "t", "--set", "hasQuietHours=false", "digestAt=00:00"]);
  imported = await aPlace(begun);
  await imported.json(importOrders);
  undisturbed = await aPlace(imported);
  await undisturbed.json(nightly);
  await expectWell(undisturbed);
  expected = endState(undisturbed);
});

afterAll(async () => {
  for (const place of places) await place.close();
});

/** A workspace with the import files, and a copy of another's data. */
async function aPlace(like?: TempWorkspace): Promise<TempWorkspace> {
  const place = await aWorkspace();
  places.push(place);
  for (const kind of ["users", "customers", "orders"] as const) await place.write(`${kind}.csv`, files[kind]);
  if (like !== undefined) await cp(like.data, place.data, { recursive: true });
  return place;
}

/** Writes of orders that an undisturbed import takes, a few less than it really does. */
const IMPORT_WRITES = 24;
/** Messages of the night. */
const MESSAGES = 22;

/** Runs a command that is killed with SIGKILL at a given database call. */
async function killed(place: TempWorkspace, args: readonly string[], signalAfter: SignalAfter): Promise<void> {
  expect(await place.start(args, { signalAfter }).ended).toMatchObject({ signal: "SIGKILL", stdout: "" });
}

const afterWrites = (count: number): SignalAfter => ({ signal: "SIGKILL", answers: "TransactWriteItems", count });
/** The tenant has no workspace in Slack: its alerts are mails too. */
const afterMails = (count: number): SignalAfter => ({ signal: "SIGKILL", answers: "/mail/", count });

const isEngineThere = (place: TempWorkspace): boolean => existsSync(join(place.data, "engine.json"));

/** Kills a command as soon as its database starts. */
async function killedAtStart(place: TempWorkspace, args: readonly string[]): Promise<void> {
  const starting = place.start(args);
  await starting.until("the database starts", () => isEngineThere(place));
  starting.signal("SIGKILL");
  expect(await starting.ended).toMatchObject({ signal: "SIGKILL", stdout: "" });
}

/** Imports the orders again, runs the night, and expects the end of an undisturbed run; what the import reports. */
async function importedAgain(place: TempWorkspace): Promise<Imported> {
  const report = await place.json<Imported>(importOrders);
  await place.json(nightly);
  expectSameEnd(place, expected);
  return report;
}

describe("kill -9 during an import", () => {
  it("loses nothing in the middle of the work", async () => {
    const place = await aPlace(begun);
    await killed(place, importOrders, afterWrites(IMPORT_WRITES / 2));
    const { created, unchanged, ...report } = await importedAgain(place);
    expect(report).toMatchObject(WHOLE);
    expect(created + unchanged).toBe(files.orderCount);
    expect(created).toBeGreaterThan(0);
    expect(unchanged).toBeGreaterThan(0);
    expect(place.leftInData().filter((name) => name.startsWith("tmp"))).toEqual([]);
  });

  it("loses nothing while the database starts", async () => {
    const place = await aPlace(begun);
    await killedAtStart(place, importOrders);
    expect(await importedAgain(place)).toMatchObject(WHOLE);
  });

  it("loses nothing when repeated", async () => {
    const place = await aPlace(begun);
    for (const writes of [1, IMPORT_WRITES / 4]) await killed(place, importOrders, afterWrites(writes));
    expect(await importedAgain(place)).toMatchObject(WHOLE);
  });
});

describe("kill -9 during a nightly run", () => {
  it.each([
    ["its first write and its first mail", [afterWrites(1), afterMails(1)]],
    ["a mail and after many", [afterMails(1), afterMails(8)]],
  ])(
    "loses no finding and no message, and marks messages that may have been sent twice, after %s",
    async (_, kills) => {
      const place = await aPlace(imported);
      for (const kill of kills) await killed(place, nightly, kill);

      // A message that was being sent belongs to the killed process until its lease ends.
      const summary = await place.json<{ messages: object }>(nightly, { minutesAhead: 6 });
      expect(summary).toMatchObject({ messages: { failed: 0 } });
      expectSameEnd(place, expected);

      const arrived = await received(place, "t");
      const notifications = await notificationsOf(place, "t");
      expect([...arrived.keys()].toSorted()).toEqual(notifications.map(({ id }) => id));
      const twice = notifications.filter(({ id }) => (arrived.get(id) ?? 0) > 1);
      expect(twice.filter(({ maybeDuplicate }) => !maybeDuplicate)).toEqual([]);
    },
  );

  it("sends nothing twice when it is not killed", async () => {
    const arrived = await received(undisturbed, "t");
    expect(arrived.size).toBe(MESSAGES);
    expect(new Set(arrived.values())).toEqual(new Set([1]));
    const notifications = await notificationsOf(undisturbed, "t");
    expect(notifications.map(({ id, state, maybeDuplicate }) => ({ id, state, maybeDuplicate }))).toEqual(
      [...arrived.keys()].toSorted().map((id) => ({ id, state: "sent", maybeDuplicate: false })),
    );
  });
});

describe("kill -9 of the database", () => {
  it("in the middle of an import is reported in one line, and the next import does the rest", async () => {
    const place = await aPlace(begun);
    const running = place.start(importOrders, {
      signalAfter: { ...afterWrites(IMPORT_WRITES / 2), signal: "SIGSTOP" },
    });
    await running.until("half is stored", () => running.isStopped());
    for (const pid of place.engines()) process.kill(pid, "SIGKILL");
    running.signal("SIGCONT");
    const { code, stdout, stderr } = await running.ended;
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: "",
      stderr:
        "regulars: the database stopped answering in the middle of the work. What was saved is safe: run the same command again, and it does the rest\n",
    });
    expect(place.leftInData().filter((name) => name.startsWith("tmp"))).toEqual([]);
    expect(await importedAgain(place)).toMatchObject(WHOLE);
  });
});
