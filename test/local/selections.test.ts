import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";

/** Selections and follow-ups from the command line. */

let place: TempWorkspace;
const run = (...given: readonly string[]) => place.run([...given, "--tenant", "t"]);
const json = (...given: readonly string[]) => place.json([...given, "--tenant", "t"]);

beforeAll(async () => {
  place = await aWorkspace();
  await place.write("users.csv", "userId,name\nanna,Anna Berg\n");
  await place.write(
    "customers.csv",
    "customerId,name,category,repId,phone\nC1,One,Customer,anna,+45 1\nC2,Two,Prospect,,\n",
  );
  await place.write(
    "requests.csv",
    "requestId,customerId,createdAt,closedAt\nT1,C1,2026-01-05,\nT2,C1,2026-01-05,2026-01-06\n",
  );
  await place.write("customers.txt", "category = Customer\n");
  for (const kind of ["users", "customers", "requests"]) await json("import", kind, `${kind}.csv`);
});
afterAll(() => place.close());

describe("regulars selections", () => {
  it("SA20: makes a list of those who meet criteria, a call list and follow-ups, which end", async () => {
    const dynamic = (await json("selections", "create", "Customers", "--criteria", "customers.txt")) as {
      selectionId: string;
    };
    expect(await json("selections", "show", dynamic.selectionId)).toMatchObject({ kind: "dynamic", ids: ["C1"] });
    const frozen = (await json("selections", "freeze", dynamic.selectionId, "--name", "Now")) as {
      selectionId: string;
    };
    await json("selections", "add", frozen.selectionId, "--ids", "C2");
    const calls = await run("selections", "call-list", frozen.selectionId);
    expect(calls.stdout).toBe("id,customer,name,phone,email,our contact\nC1,C1,One,'+45 1,,Anna Berg\nC2,C2,Two,,,t\n");
    const requests = ["selections", "follow-up-requests", frozen.selectionId, "--text", "Solve it for <name>"];
    expect((await run(...requests)).stdout).toBe("1 members: made 1, skipped 0\n");
    const { followUps } = (await json("follow-ups", "--user", "anna")) as { followUps: { followUpId: string }[] };
    expect(followUps).toMatchObject([{ text: "Solve it for One", state: "open", cause: { requestId: "T1" } }]);
    const ended = await run("follow-ups", "complete", followUps[0]?.followUpId ?? "", "--by", "anna");
    expect(ended.stdout).toMatch(/is done\n$/);
    expect(await json("follow-ups", "--user", "anna")).toMatchObject({ followUps: [] });
    expect(await json("follow-ups", "--customer", "C1")).toMatchObject({ followUps: [{ state: "done" }] });
  });

  it("SA04: makes the follow-up of a status by hand, once", async () => {
    await place.write(
      "good.json",
      JSON.stringify({ name: "Good", criteria: { field: "category", op: "is", value: "Customer" } }),
    );
    await json("status", "create", "good", "--file", "good.json");
    const create = ["follow-ups", "create", "good", "--owner", "C1", "--text", "Call <name>", "--type", "call"];
    expect((await run(...create)).stdout).toMatch(/^company:C1:status:good:\d{4}-\d\d-\d\d is made\n$/);
    expect((await run(...create)).stdout).toMatch(/is there: open\n$/);
    expect(await json("follow-ups", "--user", "anna")).toMatchObject({ followUps: [{ text: "Call One" }] });
    await json("night", "--no-send");
    const tasks = [{ customerName: "One", type: "call", text: "Call One" }];
    expect(await json("for-you", "--rep", "anna")).toMatchObject({ forYou: { toDo: { count: 1, tasks } } });
    expect((await run("for-you", "--rep", "anna")).stdout).toMatch(
      /TO DO: 1\nDUE +TYPE +CUSTOMER +TEXT\n.* call +One +Call One\n/,
    );
    await place.write("prospects.txt", "category = Prospect");
    const preview = await run("status", "preview", "good", "--criteria", "prospects.txt");
    expect(preview.stdout).toMatch(/^1 of 2 match as of .*: C2\n1 would enter: C2\n1 would leave: C1\n/);
    expect(await json("status", "preview", "good")).toMatchObject({ enter: 0, leave: 0, examples: ["C1"] });
    expect((await run("status", "list")).stdout).toMatch(/good +Good +company +100 +active/);
    for (const [given, said] of [
      [["follow-ups", "create", "good"], 'Write "follow-ups create STATUS --owner ID"'],
      [["follow-ups", "create", "good", "--owner", "C2"], "company C2 does not have the status Good now"],
      [["follow-ups", "create", "good", "--owner", "C1", "--text", "<name"], '--text has a "<" without its ">"'],
    ] as const) {
      const { code, stderr } = await run(...given);
      expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
    }
  });

  it("says what cannot be used", async () => {
    for (const [given, said] of [
      [["selections", "show", "nothing"], "there is no selection nothing"],
      [["selections", "create"], 'write "selections create NAME"'],
      [["selections", "add", "none", "--name", "New"], "--name goes with freeze, not with add"],
      [["follow-ups", "drop", "none", "--user", "anna"], "--user goes with list, not with drop"],
      [["follow-ups"], "give one of --user ID and --customer ID"],
      [["follow-ups", "complete", "nothing"], "there is no follow-up nothing"],
    ] as const) {
      const { code, stderr } = await run(...given);
      expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
    }
  });
});
