import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { FunctionKey } from "../../infra/functions.ts";

const CLIENTS = ["dynamodb", "secrets-manager", "ses", "sqs", "sts"] as const;
const handlers: Readonly<Record<FunctionKey, () => Promise<object>>> = {
  tick: () => import("@regulars/functions/workers/tick"),
  nightlyOfTenant: () => import("@regulars/functions/workers/nightly"),
  rebuild: () => import("@regulars/functions/workers/rebuild"),
  deliver: () => import("@regulars/functions/workers/deliver"),
  noteMailEvents: () => import("@regulars/functions/workers/mail-events"),
  slackWork: () => import("@regulars/functions/workers/slack-work"),
  informWebhooks: () => import("@regulars/functions/workers/webhooks"),
  plansTick: () => import("@regulars/functions/workers/plans-tick"),
  planWork: () => import("@regulars/functions/workers/plan-work"),
  backtest: () => import("@regulars/functions/workers/backtest"),
  erase: () => import("@regulars/functions/workers/erase"),
  api: () => import("@regulars/functions/api/lambda"),
  console: () => import("@regulars/web/lambda"),
};

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
  for (const load of Object.values(handlers)) expect(await load()).toHaveProperty("handler");
  expect(made).toEqual([]);
  const { openTable } = await import("@regulars/store/engine/table");
  openTable({ tableName: "regulars-test-table" });
  expect(made).toEqual(["DynamoDBClient"]);
});
