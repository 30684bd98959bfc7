import { createServer } from "node:http";
import { describe, expect, it, vi } from "vitest";
import { loopbackUrl } from "../../../test/fixtures/loopback.ts";
import { Operations } from "./operations.ts";
import { closeTable, noUsage, openTable } from "./table.ts";

/** The SDK's steps of a call, by name. */
function stepsAt(endpoint: string | undefined): readonly string[] {
  const table = openTable({ tableName: "some-table", endpoint });
  const steps = table.documents.middlewareStack.identify().map((step) => step.split(" ")[0] ?? "");
  closeTable(table);
  return steps;
}

const ABOUT_THE_CALLER = ["getUserAgentMiddleware", "recursionDetectionMiddleware", "hostHeaderMiddleware"];

describe("a call of the table", () => {
  it("tells AWS about its caller, and a database on the same machine nothing", () => {
    expect(stepsAt(undefined)).toEqual(expect.arrayContaining(ABOUT_THE_CALLER));
    expect(stepsAt("http://127.0.0.1:1").filter((step) => ABOUT_THE_CALLER.includes(step))).toEqual([]);
  });

  it("keeps its retries and its checks wherever the database is", () => {
    const kept = ["serializerMiddleware", "retryMiddleware", "deserializerMiddleware"];
    for (const endpoint of [undefined, "http://127.0.0.1:1"])
      expect(stepsAt(endpoint)).toEqual(expect.arrayContaining(kept));
  });
});

describe("a table that shares another's connections", () => {
  it("opens none of its own, and ends none when it is closed in the middle of the other's call", async () => {
    const connections = new Set<unknown>();
    let asked = 0;
    const { promise: isClosed, resolve: close } = Promise.withResolvers<void>();
    const server = createServer((request, response) => {
      connections.add(request.socket);
      asked += 1;
      // The third call is answered once the sharing table is closed.
      void (asked < 3 ? Promise.resolve() : isClosed).then(() => response.end("{}"));
    });
    const address = { tableName: "some-table", endpoint: await loopbackUrl(server) };
    const owner = openTable(address);
    const sharing = openTable({ ...address, sharing: owner });
    const get = (table: typeof owner) => new Operations(table, noUsage()).get({ pk: "T#acme#ONE", sk: "1" });
    await get(owner);
    await get(sharing);
    const waiting = get(owner);
    await vi.waitUntil(() => asked === 3);
    closeTable(sharing);
    close();
    expect([await waiting, connections.size, asked]).toEqual([undefined, 1, 3]);
    closeTable(owner);
    server.close();
  });
});
