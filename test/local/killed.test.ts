import { existsSync, readdirSync, statSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EndState, deliveriesOf, endState, received } from "../support/end-state.ts";
import { wholesaleFiles } from "../support/order-files.ts";
import { differingKeys } from "../support/stored-items.ts";
import { type RunOptions, type Running, Workplace } from "../support/workplace.ts";

/** The whole process is killed in the middle of its work and the work begun again: it ends as if nothing had happened. */

const files = wholesaleFiles();
const importOrders = ["import", "orders", "orders.csv", "--tenant", "t", "--json"];
const night = ["night", "--tenant", "t", "--as-of", files.asOf, "--json"];

interface Imported {
  readonly documents: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
}

const places: Workplace[] = [];
/** Users and customers are in; then the orders too; then the night has run, undisturbed. */
let begun: Workplace;
let imported: Workplace;
let undisturbed: Workplace;
let expected: EndState;

beforeAll(async () => {
  begun = await aPlace();
  await begun.json(["import", "users", "users.csv", "--tenant", "t"]);
  await begun.json(["import", "customers", "customers.csv", "--tenant", "t"]);
  imported = await aPlace(begun);
  await imported.json(importOrders);
  undisturbed = await aPlace(imported);
  await undisturbed.json(night);
  expected = await endState(undisturbed, "t", files.asOf);
}, 120_000);

afterAll(async () => {
  for (const place of places) await place.close();
});

/** A place with the files in it, and the data of another. */
async function aPlace(like?: Workplace): Promise<Workplace> {
  const place = await Workplace.open();
  places.push(place);
  for (const kind of ["users", "customers", "orders"] as const) await place.write(`${kind}.csv`, files[kind]);
  if (like !== undefined) await cp(like.data, place.data, { recursive: true });
  return place;
}

/** What the database has in bytes when that share of the orders is in. */
const bytesAt = (share: number): number => begun.storedBytes() + share * (imported.storedBytes() - begun.storedBytes());

/** Starts a command and kills it with SIGKILL when something is so. */
async function killedWhen(
  place: Workplace,
  args: readonly string[],
  what: string,
  isSo: (running: Running) => boolean,
  options?: RunOptions,
): Promise<void> {
  const running = place.start(args, options);
  await running.until(what, () => isSo(running));
  running.signal("SIGKILL");
  expect(await running.ended).toMatchObject({ signal: "SIGKILL", stdout: "" });
}

async function expectSameEnd(place: Workplace): Promise<void> {
  const { items, ...said } = await endState(place, "t", files.asOf);
  const { items: expectedItems, ...expectedSaid } = expected;
  expect(said).toEqual(expectedSaid);
  expect(differingKeys(items, expectedItems)).toEqual([]);
}

const isEngineThere = (place: Workplace): boolean => existsSync(join(place.data, "engine.json"));
const slackLines = (place: Workplace): number =>
  (statSync(join(place.data, "slack/messages.jsonl"), { throwIfNoEntry: false })?.size ?? 0) / 1_500;
const mails = (place: Workplace): number => readdirSync(join(place.data, "mail")).length;

describe("kill -9 during an import", () => {
  it("loses nothing when it comes in the middle of the work", async () => {
    const place = await aPlace(begun);
    await killedWhen(place, importOrders, "half is stored", () => place.storedBytes() > bytesAt(0.5));
    const report = await place.json<Imported>(importOrders);
    expect(report).toMatchObject({ documents: files.orderCount, changed: 0 });
    expect(report.created + report.unchanged).toBe(files.orderCount);
    await place.json(night);
    await expectSameEnd(place);
    expect(place.engines()).toEqual([]);
    expect(place.leftInData().filter((name) => name.startsWith("tmp"))).toEqual([]);
  });

  it("loses nothing when it comes again and again, from the first moment on", async () => {
    const place = await aPlace(begun);
    await killedWhen(place, importOrders, "the database starts", () => isEngineThere(place));
    for (const share of [0.05, 0.35, 0.65, 0.95])
      await killedWhen(place, importOrders, `${share} is stored`, () => place.storedBytes() > bytesAt(share));
    expect(await place.json<Imported>(importOrders)).toMatchObject({ documents: files.orderCount, changed: 0 });
    await place.json(night);
    await expectSameEnd(place);
    expect(place.engines()).toEqual([]);
  });
});

describe("kill -9 during a night", () => {
  it("loses no finding and no message, and marks what may have come twice", async () => {
    const place = await aPlace(imported);
    const quiet = place.storedBytes();
    await killedWhen(place, night, "the first findings are stored", () => place.storedBytes() !== quiet);
    await killedWhen(place, night, "a first alert is in Slack", () => slackLines(place) > 0);
    await killedWhen(place, night, "a dozen alerts are in Slack", () => slackLines(place) > 12);
    await killedWhen(place, night, "a mail is in the inbox", () => mails(place) > 0);

    // What was being sent is another process's affair until its lease ends.
    const summary = await place.json<{ messages: object }>(night, { minutesAhead: 6 });
    expect(summary).toMatchObject({ messages: { failed: 0 } });
    await expectSameEnd(place);
    expect(expected.deliveries).toHaveLength(44);
    expect(new Set(expected.deliveries.map(({ state }) => state))).toEqual(new Set(["sent"]));

    const arrived = await received(place, "t");
    const deliveries = await deliveriesOf(place, "t");
    expect([...arrived.keys()].toSorted()).toEqual(deliveries.map(({ id }) => id));
    const twice = deliveries.filter(({ id }) => (arrived.get(id) ?? 0) > 1);
    expect(twice.filter(({ maybeDuplicate }) => !maybeDuplicate)).toEqual([]);
    expect(place.engines()).toEqual([]);
  });

  it("sends nothing twice when nothing is in the way", async () => {
    const arrived = await received(undisturbed, "t");
    expect(arrived.size).toBe(44);
    expect(new Set(arrived.values())).toEqual(new Set([1]));
    expect((await deliveriesOf(undisturbed, "t")).filter(({ maybeDuplicate }) => maybeDuplicate)).toEqual([]);
  });
});

describe("kill -9 of the database", () => {
  it("in the middle of an import is told in one line, and the next import does the rest", async () => {
    const place = await aPlace(begun);
    const running = place.start(importOrders);
    await running.until("half is stored", () => place.storedBytes() > bytesAt(0.5));
    for (const pid of place.engines()) process.kill(pid, "SIGKILL");
    const { code, stdout, stderr } = await running.ended;
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: "",
      stderr:
        "regulars: the database stopped answering in the middle of the work. What was saved is safe: run the same command again, and it does the rest\n",
    });
    expect(place.leftInData().filter((name) => name.startsWith("tmp"))).toEqual([]);
    expect(await place.json<Imported>(importOrders)).toMatchObject({ documents: files.orderCount, changed: 0 });
    await place.json(night);
    await expectSameEnd(place);
    expect(place.engines()).toEqual([]);
  });
});
