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

it("OP01: no function makes a client of AWS while it is loaded", { timeout: 120_000 }, async () => {
  for (const key of functionKeys) {
    const file = functions[key].handler.replace(/\.handler$/, ".ts");
    expect(await vi.importActual<object>(join(import.meta.dirname, "../..", file))).toHaveProperty("handler");
  }
  expect(made).toEqual([]);
  const { openTable } = await import("@regulars/store/engine/table");
  openTable({ tableName: "regulars-test-table" });
  expect(made).toEqual(["DynamoDBClient"]);
});
