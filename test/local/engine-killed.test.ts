import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type LocalSystem, openLocalSystem } from "@regulars/local/system";
import { enginesOf } from "../fixtures/processes.ts";
import { type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";

/** The process of the database is killed while a server uses it. */

const EVERY_MS = 20;
const REQUESTS = 100;
const KILLED_AT = 25;

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly type: string | null;
}

let place: TempWorkspace;
let system: LocalSystem;
let key: string;

beforeAll(async () => {
  place = await aWorkspace();
  await place.write("customers.csv", "customerId,name\nC0,Customer 0\n");
  await place.json([
    "import",
    "customers",
    "customers.csv",
    "--tenant",
    "t",
    "--currency",
    "EUR",
    "--time-zone",
    "UTC",
  ]);
  const rights = "ingest.write,insights.view_all";
  key = (await place.json<{ secret: string }>(["keys", "create", "erp", "--tenant", "t", "--actions", rights])).secret;
  system = await openLocalSystem({ data: place.data, keepsDatabase: true });
});

afterAll(async () => {
  await system.close();
  await place.close();
});

const killEngine = (): void => {
  for (const pid of enginesOf(place.data)) process.kill(pid, "SIGKILL");
};

const ask = (path: string, body?: unknown): Promise<Response> =>
  fetch(`${system.url}/v1${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

async function write(i: number): Promise<Answer> {
  const { status, headers } = await ask("/customers/batch", {
    items: [{ customerId: `C${i}`, name: `Customer ${i}` }],
  });
  return { status, retryAfter: headers.get("retry-after"), type: headers.get("content-type") };
}

describe("kill -9 of the database of a running server", () => {
  it("G1: answers recover by themselves while 50 requests a second come, and nothing acknowledged is missing", async () => {
    const answers: Promise<Answer>[] = [];
    for (let i = 0; i < REQUESTS; i += 1) {
      if (i === KILLED_AT) killEngine();
      answers.push(write(i));
      await sleep(EVERY_MS);
    }
    const given = await Promise.all(answers);
    const refused = given.filter(({ status }) => status !== 200);
    for (const one of refused) expect(one).toEqual({ status: 503, retryAfter: "1", type: "application/problem+json" });
    await vi.waitUntil(async () => (await ask("/health")).status === 200, { timeout: 60_000 });
    expect(await write(REQUESTS)).toMatchObject({ status: 200 });
    const { data }: { data: { customerId: string }[] } = JSON.parse(await (await ask("/customers?limit=200")).text());
    const stored = new Set(data.map(({ customerId }) => customerId));
    const lost = given.flatMap(({ status }, i) => (status === 200 && !stored.has(`C${i}`) ? [`C${i}`] : []));
    expect(lost).toEqual([]);
    expect(await readFile(join(place.data, "regulars.log"), "utf8")).toContain("the database ended");
  });

  it("G1: says so on its health route and its pages until the database runs again", async () => {
    const stopped = await openLocalSystem({ data: place.path("other") });
    try {
      for (const pid of enginesOf(place.path("other"))) process.kill(pid, "SIGKILL");
      const health = await fetch(`${stopped.url}/v1/health`);
      expect([health.status, health.headers.get("retry-after")]).toEqual([503, "1"]);
      expect(await health.json()).toMatchObject({
        type: "try-again",
        detail: "the database does not answer: try again in a moment",
      });
    } finally {
      await stopped.close();
    }
  });
});
