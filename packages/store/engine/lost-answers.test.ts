import { beforeEach, describe, expect, it } from "vitest";
import { loseAnswers } from "../../../test/fixtures/lost-answers.ts";
import { aTable } from "../../../test/fixtures/tenant.ts";
import { Operations } from "./operations.ts";
import { mustBeNew } from "./own-write.ts";
import { type Table, noUsage } from "./table.ts";

let table: Table;
let lost: () => number;
let operations: Operations;
let others: Operations;
let key: { readonly pk: string; readonly sk: string };
let keys = 0;

beforeEach(() => {
  table = aTable();
  lost = loseAnswers(table, () => true);
  operations = new Operations(table, noUsage());
  others = new Operations(aTable(), noUsage());
  keys += 1;
  key = { pk: "T#lost-answers#ONE", sk: String(keys) };
});

const stored = async () => {
  const { writeId: _writeId, ...item } = (await others.get(key)) ?? {};
  return item;
};

describe("a write whose answer was lost", () => {
  it("OP02: is known as one's own when its condition fails on itself", async () => {
    expect(await operations.put({ ...key, owner: "me" }, mustBeNew)).toBe(true);
    expect(await stored()).toEqual({ ...key, owner: "me" });
    expect(lost()).toBe(1);
  });

  it("OP02: is a failure when somebody else was there before, with the same values too", async () => {
    await others.put({ ...key, owner: "me" }, mustBeNew);
    expect(await operations.put({ ...key, owner: "me" }, mustBeNew)).toBe(false);
    expect(lost()).toBe(0);
  });

  it("OP02: takes a claim by an update, once", async () => {
    await others.put({ ...key, attempts: 1 });
    const claim = {
      Key: key,
      UpdateExpression: "SET attempts = :after REMOVE lease",
      ConditionExpression: "attempts = :before",
      ExpressionAttributeValues: { ":before": 1, ":after": 2 },
    };
    expect(await operations.update(claim)).toBe(true);
    expect(await operations.update(claim)).toBe(false);
    expect(await stored()).toEqual({ ...key, attempts: 2 });
  });

  it("OP02: counts once, and is answered what it counted to", async () => {
    const count = (UpdateExpression: string) => ({
      Key: key,
      UpdateExpression,
      ExpressionAttributeValues: { ":one": 1, ":none": 0 },
    });
    const added = { ...count("ADD n :one"), ExpressionAttributeValues: { ":one": 1 } };
    expect((await operations.updateReturning(added))?.["n"]).toBe(1);
    expect((await operations.updateReturning(added))?.["n"]).toBe(2);
    expect(await operations.update(count("SET n = if_not_exists(n, :none) + :one"))).toBe(true);
    expect(await stored()).toEqual({ ...key, n: 3 });
    expect(lost()).toBe(3);
  });

  it("OP02: has deleted what is not there any more", async () => {
    await others.put({ ...key, owner: "me" });
    const mine = { ConditionExpression: "#o = :me", ExpressionAttributeNames: { "#o": "owner" } };
    const deletion = { ...mine, ExpressionAttributeValues: { ":me": "me" } };
    expect(await operations.delete(key, deletion)).toBe(true);
    await others.put({ ...key, owner: "you" });
    expect(await operations.delete(key, deletion)).toBe(false);
    expect(await stored()).toEqual({ ...key, owner: "you" });
  });

  it("OP02: commits a transaction once", async () => {
    const add = {
      Update: {
        Key: key,
        UpdateExpression: "SET n = :one",
        ConditionExpression: "attribute_not_exists(n)",
        ExpressionAttributeValues: { ":one": 1 },
      },
    };
    expect(await operations.transact([add])).toBe(true);
    expect(await operations.transact([add])).toBe(false);
    expect(lost()).toBe(1);
  });
});
