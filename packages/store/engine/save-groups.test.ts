import type { NotedOutcome } from "@regulars/core/platform/save-counts";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { StoreWrites } from "./companion-writes.ts";
import { replacing } from "./revision.ts";
import { type RecordWrites, saveRecords } from "./save-groups.ts";

interface Cell {
  readonly sk: string;
  readonly text: string;
}

describe("saving records that many may write", () => {
  let testTenant: TestTenant;
  const pk = () => testTenant.keys.users();
  const groupOf = async (record: Cell): Promise<RecordWrites<Cell>> => {
    const before = await testTenant.item({ pk: pk(), sk: record.sk });
    const writes = [{ Put: replacing({ pk: pk(), ...record }, before) }];
    return { record, outcome: before === undefined ? "created" : "changed", writes, shared: new Map(), groupKey: 0 };
  };
  /** Another writer changes the cell "busy" between every reading and its write. */
  const readWhileBusy = async (records: readonly Cell[]) => {
    const differing = await Promise.all(records.map(groupOf));
    if (records.some(({ sk }) => sk === "busy"))
      await testTenant.operations.transact((await groupOf({ sk: "busy", text: "theirs" })).writes);
    return { unchanged: [], differing };
  };
  const cells = [
    { sk: "calm", text: "mine" },
    { sk: "busy", text: "mine" },
    { sk: "still", text: "mine" },
  ];
  beforeEach(() => {
    testTenant = aTenantStore();
  });

  it("B2: one that others keep changing is told as overtaken, and does not hold back those beside it", async () => {
    const told: [string, NotedOutcome][] = [];
    const note = ({ sk }: Cell, outcome: NotedOutcome): void => void told.push([sk, outcome]);
    const counts = await saveRecords(testTenant.operations, cells, { name: "cells", note, read: readWhileBusy });
    expect(counts).toEqual({ created: 2, changed: 0, unchanged: 0 });
    expect(told).toEqual([
      ["calm", "created"],
      ["still", "created"],
      ["busy", "overtaken"],
    ]);
    expect((await testTenant.partition(pk())).map(({ sk, text }) => [sk, text])).toEqual([
      ["busy", "theirs"],
      ["calm", "mine"],
      ["still", "mine"],
    ]);
  });

  it("B2: fails as one that may be tried again where nobody listens", async () => {
    await expect(saveRecords(testTenant.operations, cells, { name: "cells", read: readWhileBusy })).rejects.toThrow(
      "1 cells keep being changed by other writers: try again",
    );
  });

  it("B3: writes a companion in the transaction of the records that it tells of", async () => {
    const asked: string[][] = [];
    const note = Object.assign(() => undefined, {
      companionOf: (saved: readonly { readonly record: Cell }[]) => {
        const names = saved.map(({ record }) => record.sk);
        asked.push(names);
        return new StoreWrites([{ Put: { Item: { pk: pk(), sk: "companion", text: names.join(" ") } } }]);
      },
    });
    await saveRecords(testTenant.operations, cells.slice(0, 2), { name: "cells", note, read: readWhileBusy });
    expect(asked).toContainEqual(["calm"]);
    expect(await testTenant.item({ pk: pk(), sk: "companion" })).toMatchObject({ text: "calm" });
  });
});
