import { describe, expect, it } from "vitest";
import { closeTable, openTable } from "./table.ts";

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
