import { existsSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type EndState, notificationsOf, endState, received } from "../fixtures/end-state.ts";
import { wholesaleFiles } from "../fixtures/order-files.ts";
import { differingKeys } from "../fixtures/stored-items.ts";
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

const places: TempWorkspace[] = [];
/** Data folders of an undisturbed run: with users and customers, then with orders, then after the nightly run. */
let begun: TempWorkspace;
let imported: TempWorkspace;
let undisturbed: TempWorkspace;
let expected: EndState;

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
  expected = await endState(undisturbed, "t", files.asOf);
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
const IMPORT_WRITES = 80;

/** Runs a command that is killed with SIGKILL at a given database call. */
async function killed(place: TempWorkspace, args: readonly string[], signalAfter: SignalAfter): Promise<void> {
  expect(await place.start(args, { signalAfter }).ended).toMatchObject({ signal: "SIGKILL", stdout: "" });
}

const afterWrites = (count: number): SignalAfter => ({ signal: "SIGKILL", answers: "TransactWriteItems", count });
/** The tenant has no workspace in Slack: its alerts are mails too. */
const afterMails = (count: number): SignalAfter => ({ signal: "SIGKILL", answers: "/mail/", count });

async function expectSameEnd(place: TempWorkspace): Promise<void> {
  const { items, ...said } = await endState(place, "t", files.asOf);
  const { items: expectedItems, ...expectedSaid } = expected;
  expect(said).toEqual(expectedSaid);
  expect(differingKeys(items, expectedItems)).toEqual([]);
}

const isEngineThere = (place: TempWorkspace): boolean => existsSync(join(place.data, "engine.json"));

describe("kill -9 during an import", () => {
  it("loses nothing in the middle of the work", async () => {
    const place = await aPlace(begun);
    await killed(place, importOrders, afterWrites(IMPORT_WRITES / 2));
    const report = await place.json<Imported>(importOrders);
    expect(report).toMatchObject({ documents: files.orderCount, changed: 0 });
    expect(report.created + report.unchanged).toBe(files.orderCount);
    expect(report.created).toBeGreaterThan(0);
    expect(report.unchanged).toBeGreaterThan(0);
    await place.json(nightly);
    await expectSameEnd(place);
    expect(place.engines()).toEqual([]);
    expect(place.leftInData().filter((name) => name.startsWith("tmp"))).toEqual([]);
  });

  it("loses nothing when repeated again and again, from the start on", async () => {
    const place = await aPlace(begun);
    const starting = place.start(importOrders);
    await starting.until("the database starts", () => isEngineThere(place));
    starting.signal("SIGKILL");
    expect(await starting.ended).toMatchObject({ signal: "SIGKILL", stdout: "" });
    for (const share of [0.01, 0.2, 0.2, 0.2])
      await killed(place, importOrders, afterWrites(Math.ceil(share * IMPORT_WRITES)));
    expect(await place.json<Imported>(importOrders)).toMatchObject({ documents: files.orderCount, changed: 0 });
    await place.json(nightly);
    await expectSameEnd(place);
    expect(place.engines()).toEqual([]);
  });
});

describe("kill -9 during a nightly run", () => {
  it("loses no finding and no message, and marks messages that may have been sent twice", async () => {
    const place = await aPlace(imported);
    await killed(place, nightly, afterWrites(1));
    await killed(place, nightly, afterMails(1));
    await killed(place, nightly, afterMails(1));
    await killed(place, nightly, afterMails(8));

    // A message that was being sent belongs to the killed process until its lease ends.
    const summary = await place.json<{ messages: object }>(nightly, { minutesAhead: 6 });
    expect(summary).toMatchObject({ messages: { failed: 0 } });
    await expectSameEnd(place);
    expect(expected.notifications).toHaveLength(44);
    expect(new Set(expected.notifications.map(({ state }) => state))).toEqual(new Set(["sent"]));

    const arrived = await received(place, "t");
    const notifications = await notificationsOf(place, "t");
    expect([...arrived.keys()].toSorted()).toEqual(notifications.map(({ id }) => id));
    const twice = notifications.filter(({ id }) => (arrived.get(id) ?? 0) > 1);
    expect(twice.filter(({ maybeDuplicate }) => !maybeDuplicate)).toEqual([]);
    expect(place.engines()).toEqual([]);
  });

  it("sends nothing twice when it is not killed", async () => {
    const arrived = await received(undisturbed, "t");
    expect(arrived.size).toBe(44);
    expect(new Set(arrived.values())).toEqual(new Set([1]));
    expect((await notificationsOf(undisturbed, "t")).filter(({ maybeDuplicate }) => maybeDuplicate)).toEqual([]);
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
    expect(await place.json<Imported>(importOrders)).toMatchObject({ documents: files.orderCount, changed: 0 });
    await place.json(nightly);
    await expectSameEnd(place);
    expect(place.engines()).toEqual([]);
  });
});
