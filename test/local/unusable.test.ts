import type { AddressInfo } from "node:net";
import { tableAddress } from "../fixtures/table-address.ts";
import { createServer } from "node:http";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openEngine } from "@regulars/local/engine/engine";
import { type Resolved, type RunOptions, type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";

/** Commands that are refused: exit code 2, one line that says what to do, nothing on standard output. */

const GOOD = "orderId,customerId,orderedAt,itemId,quantity\nO1,C1,2024-01-05,A,2\n";

let place: TempWorkspace;

beforeAll(async () => {
  place = await aWorkspace();
  await place.write("good.csv", GOOD);
  await place.write("empty.csv", "");
  await place.write("tabs.csv", GOOD.replaceAll(",", ":"));
  await place.write("no-customer.csv", GOOD.replace("customerId", "client"));
  await place.write("long-header.csv", "x".repeat(2_000_000));
  await place.write("not-gzip.csv.gz", Buffer.from([0x1f, 0x8b, 1, 2, 3, 4]));
  await mkdir(place.path("folder"));
  await place.json(["import", "orders", "good.csv", "--tenant", "t"]);
});

afterAll(() => place.close());

/** Runs a command that must be refused, with and without `--json`; the line on standard error. */
async function refusal(args: readonly string[], options?: RunOptions): Promise<string> {
  const ended = await place.run([...args, "--json"], options);
  expectRefused(ended);
  return ended.stderr;
}

function expectRefused({ code, stdout, stderr }: Resolved): void {
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stderr).toMatch(/^regulars: .+\n$/);
}

const importOf = (file: string, tenant = "t"): string[] => ["import", "orders", file, "--tenant", tenant];

describe("an import that cannot begin", () => {
  it.each([
    ["a file that is not there", importOf("nowhere.csv"), "there is no file nowhere.csv"],
    ["a folder", importOf("folder"), "folder is not a file"],
    ["an empty file", importOf("empty.csv"), "empty.csv is empty: its first line must name the columns"],
    ["a file without its columns", importOf("tabs.csv"), "lacks the columns orderId, customerId"],
    ["a column that is needed and not there", importOf("no-customer.csv"), "lacks the column customerId"],
    ["a first line that is no header", importOf("long-header.csv"), "has no header"],
    ["a broken gzip file", importOf("not-gzip.csv.gz"), "is not a complete gzip file"],
    ["an unknown kind", ["import", "potatoes", "good.csv", "--tenant", "t"], "choose one of users, customers"],
    [
      "an unknown format",
      [...importOf("good.csv"), "--format", "xml"],
      "regulars, shopify-orders, woocommerce-orders, online-retail",
    ],
    ["another kind's format", [...importOf("good.csv"), "--format", "ar-ibm"], 'no format "ar-ibm" for orders'],
    ["an unknown time zone", [...importOf("good.csv", "new-1"), "--time-zone", "Mars/Base"], "not an IANA time zone"],
    ["an unknown currency", [...importOf("good.csv", "new-2"), "--currency", "euros"], "is not a currency"],
    ["no tenant", ["import", "orders", "good.csv"], "required option '--tenant <id>' not specified"],
    ["a tenant id with a path in it", importOf("good.csv", "../x"), '--tenant "../x" is not an id'],
    ["a tenant id with a separator of keys in it", importOf("good.csv", "a#b"), '--tenant "a#b" is not an id'],
    ["no file", ["import", "orders", "--tenant", "t"], "missing required argument 'file'"],
    ["two files", [...importOf("good.csv"), "good.csv"], "too many arguments"],
  ])("is refused for %s", async (_, args, says) => {
    expect(await refusal(args)).toContain(says);
  });

  it("leaves the data unchanged after every refusal", async () => {
    expect(await place.json(importOf("good.csv"))).toMatchObject({ created: 0, changed: 0, unchanged: 1 });
  });
});

describe("a question that has no answer", () => {
  it.each([
    ["an unknown command", ["frobnicate"], "unknown command 'frobnicate'"],
    ["an unknown option", ["night", "--tenant", "t", "--sideways"], "unknown option '--sideways'"],
    ["an unknown tenant", ["insights", "--tenant", "nobody"], "there is no tenant nobody (there are: t)"],
    ["an unknown tenant's nightly run", ["night", "--tenant", "nobody"], "there is no tenant nobody"],
    [
      "an unknown insight",
      ["insights", "--tenant", "t", "--kind", "luck"],
      "choose one of overdue-payments, churn-risk",
    ],
    ["an unknown rep", ["insights", "--tenant", "t", "--rep", "nobody"], "no user nobody"],
    ["a nightly run that has not been", ["insights", "--tenant", "t"], 'run "regulars night --tenant t"'],
    ["a day to come", ["insights", "--tenant", "t", "--as-of", "2999-01-01"], "2999-01-01 is not over yet in UTC"],
    [
      "the nightly run of a day to come",
      ["night", "--tenant", "t", "--as-of", "2999-01-01"],
      "2999-01-01 is not over yet",
    ],
    ["a day that does not exist", ["night", "--tenant", "t", "--as-of", "2024-02-30"], "write it as YYYY-MM-DD"],
    ["a day in words", ["insights", "--tenant", "t", "--as-of", "yesterday"], "write it as YYYY-MM-DD"],
    ["no thread", ["night", "--tenant", "t", "--threads", "0"], "is not a whole number from 1 to 8"],
    ["more threads than a night has lanes", ["night", "--tenant", "t", "--threads", "9"], "from 1 to 8"],
    ["threads in words", ["night", "--tenant", "t", "--threads", "many"], '--threads "many" is not a whole number'],
    ["a port that is none", ["start", "--port", "http"], "choose a number from 1 to 65535"],
    ["a port beyond all ports", ["start", "--port", "65536"], "choose a number from 1 to 65535"],
  ])("is refused for %s", async (_, args, says) => {
    expect(await refusal(args)).toContain(says);
  });
});

describe("an id of nobody", () => {
  const ofT = (command: string, ...rest: string[]): readonly string[] => [
    ...command.split(" "),
    "--tenant",
    "t",
    ...rest,
  ];

  it.each([
    ofT("insights", "--customer", "C404"),
    ofT("follow-ups", "--customer", "C404"),
    ofT("code-red", "--rep", "C404"),
    ofT("code-red", "--assigned", "C404"),
    ofT("code-red ignore C1", "--by", "C404"),
    ofT("who-knows", "--customer", "C1", "--requester", "C404"),
    ofT("opt-outs out user C404"),
    ofT("follow-ups", "--user", "C404"),
    ofT("links suggest", "--from", "2024-01-01", "--percent", "50", "--by", "C404"),
    ofT("links reject A B", "--by", "C404"),
    ofT("deals list pln_1", "--manager", "C404"),
    ofT("deals cancel-many pln_1", "--manager", "C404"),
    ofT("refusals", "--plan", "C404"),
  ])("is refused, rather than answered as somebody of whom there is nothing: %s %s", async (...args) => {
    expect(await refusal(args)).toMatch(/tenant t has no (customer|user|sales plan) C404/);
  });

  it("is put back in, whoever went out before", async () => {
    expect(await place.json(ofT("opt-outs in user C404"))).toEqual({ optOuts: [] });
  });
});

describe("a data folder or database that cannot be used", () => {
  it.each([
    ["it", (file: string) => file],
    ["what it would lie in", (file: string) => join(file, "data")],
  ])("E7: is reported when %s is a file, in words and not in calls of the system", async (_, dataOf) => {
    const file = place.path("good.csv");
    const data = dataOf(file);
    expect(await refusal(["doctor", "--data", data])).toBe(
      `regulars: cannot use ${data} as the data folder: ${data === file ? "it" : file} is a file, not a folder. Name a folder with --data\n`,
    );
  });

  it("says in one sentence what a server lacks that speaks only a part of DynamoDB", async () => {
    const server = createServer((request, response) => {
      request.resume();
      const operation = String(request.headers["x-amz-target"]).replace(/^.*\./, "");
      const type = "com.amazonaws.dynamodb.v20120810#UnknownOperationException";
      const known = operation === "CreateTable";
      response.writeHead(known ? 200 : 400, { "content-type": "application/x-amz-json-1.0" });
      response.end(JSON.stringify(known ? {} : { __type: type, message: "unknown" }));
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.address() as AddressInfo;
    const endpoint = `http://127.0.0.1:${port}`;
    const { code, stderr } = await place.run(["insights", "--tenant", "t"], { env: { DYNAMODB_ENDPOINT: endpoint } });
    server.close();
    server.closeAllConnections();
    expect([code, stderr]).toEqual([
      2,
      `regulars: the database at ${endpoint} cannot be used (it has not got transactions (TransactWriteItems), which Regulars needs): start a DynamoDB-compatible server there, or unset DYNAMODB_ENDPOINT to use the embedded one\n`,
    ]);
  });

  it("is reported when nothing answers at DYNAMODB_ENDPOINT", async () => {
    const says = await refusal(["doctor"], { env: { DYNAMODB_ENDPOINT: "http://127.0.0.1:9" } });
    expect(says).toBe(
      "regulars: the database at http://127.0.0.1:9 does not answer: start a DynamoDB-compatible server there, or unset DYNAMODB_ENDPOINT to use the embedded one\n",
    );
  });

  it("is reported when TABLE_NAME does not exist, and no table is created", async () => {
    const { endpoint = "" } = tableAddress();
    const env = { DYNAMODB_ENDPOINT: endpoint, TABLE_NAME: "regulars-mistyped-table" };
    for (const _ of [1, 2])
      expect(await refusal(["doctor"], { env })).toContain("there is no table regulars-mistyped-table");
  });

  it("is reported when DYNAMODB_ENDPOINT is not a URL", async () => {
    const says = await refusal(["doctor"], { env: { DYNAMODB_ENDPOINT: "localhost" } });
    expect(says).toContain('DYNAMODB_ENDPOINT "localhost" is not an address like http://127.0.0.1:8000');
  });

  it("is reported when DYNAMODB_ENDPOINT is not a database", async () => {
    const server = createServer((_, response) => response.writeHead(200).end("<html>hello</html>"));
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const endpoint = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
    try {
      const says = await refusal(["doctor"], { env: { DYNAMODB_ENDPOINT: endpoint } });
      expect(says).toContain(`the database at ${endpoint}`);
    } finally {
      server.close();
    }
  });

  it("is reported when the platform has no embedded database", async () => {
    await expect(openEngine(place.path("elsewhere"), "sunos-sparc")).rejects.toMatchObject({
      name: "UserError",
      message:
        "there is no embedded database for sunos-sparc. Start one with Docker, then run the command again: docker compose up -d",
    });
  });
});
