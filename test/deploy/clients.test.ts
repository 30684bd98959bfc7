import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { functionKeys, functions } from "../../infra/functions.ts";

const CLIENTS = ["dynamodb", "secrets-manager", "ses", "sqs", "sts"] as const;
/** Every client of AWS that our own code made. */
const made: string[] = [];

/** A client's library that notes whoever makes a client. */
async function noted(original: () => Promise<object>): Promise<object> {
  const library = await original();
  const clients = Object.entries(library).flatMap(([name, client]) => {
    if (!/^[A-Za-z]+Client$/.test(name) || typeof client !== "function") return [];
    const construct = (target: object, given: unknown[]): object => {
      made.push(name);
      return Reflect.construct(Object(target), given);
    };
    return [[name, new Proxy(client, { construct })]];
  });
  return { ...library, ...Object.fromEntries(clients) };
}

beforeAll(() => {
  vi.resetModules();
  for (const client of CLIENTS) vi.doMock(`@aws-sdk/client-${client}`, noted);
});
afterAll(() => {
  for (const client of CLIENTS) vi.doUnmock(`@aws-sdk/client-${client}`);
  vi.resetModules();
});

it.each(functionKeys)("OP01: %s makes no client of AWS while it is loaded", async (key) => {
  made.length = 0;
  const file = functions[key].handler.replace(/\.handler$/, ".ts");
  expect(await vi.importActual<object>(join(import.meta.dirname, "../..", file))).toHaveProperty("handler");
  expect(made).toEqual([]);
});

it("OP01: a client of AWS that is made is noticed", async () => {
  made.length = 0;
  const { openTable } = await import("@regulars/store/engine/table");
  openTable({ tableName: "regulars-test-table" });
  expect(made).toEqual(["DynamoDBClient"]);
});
