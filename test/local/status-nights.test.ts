import { join } from "node:path";
import { mailStore } from "@regulars/local/inbox/mail-inbox-store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";

/** A status on the command line, from the records to the digest. */

let place: TempWorkspace;

const DAY_MS = 86_400_000;
const dayAfter = (start: string, days: number): string =>
  new Date(Date.parse(start) + days * DAY_MS).toISOString().slice(0, 10);

const SEED = {
  name: "Good customer asleep",
  ownerType: "company",
  description:
    "<name> has been a good customer, but we have sold them nothing for more than 2 months. <cont> is their contact and calls (<cpho>) or writes (<mail>). All of it: <rlnk>",
  told: { alert: true },
  followUp: { type: "call", textTemplate: "Ask <name> why", mode: "automatic" },
  criteria: {
    all: [
      { field: "category", op: "is", value: "Customer" },
      { field: "sale.sold.last", op: "olderThan", value: 2, unit: "months" },
      { field: "sale.sold.total", op: ">", value: 50 },
    ],
  },
};

/** So many sales, one a day, the last on a day. */
const sales = (customerId: string, count: number, last: string): string[] =>
  Array.from({ length: count }, (_, i) => `${customerId}-${i},${customerId},sold,${dayAfter(last, -i)}`);

beforeAll(async () => {
  place = await aWorkspace();
  await place.write("users.csv", "userId,name,role,email\nanna,Anna Berg,rep,anna@example.com\n");
  await place.write(
    "customers.csv",
    [
      "customerId,name,category,repId,phone,email",
      'acme,"Acme & <b>Sons</b>",Customer,anna,+45 12 34 56 78,shop@acme.example',
      "fresh,Fresh,Customer,anna,,",
      "fifty,Fifty,Customer,anna,,",
      "lead,Lead,Prospect,anna,,",
    ].join("\n"),
  );
  const rows = [
    ...sales("acme", 51, "2026-09-22"),
    ...sales("fresh", 51, "2026-09-23"),
    ...sales("fifty", 50, "2026-09-22"),
    ...sales("lead", 60, "2026-09-22"),
  ];
  await place.write("sales.csv", ["saleId,customerId,status,saleDate", ...rows].join("\n"));
  for (const kind of ["users", "customers", "sales"])
    await place.json(["import", kind, `${kind}.csv`, "--tenant", "t"]);
  await place.write("seed.json", JSON.stringify(SEED));
  const inDigests = ["--set", "kinds.customer-status.high=digest"];
  await place.run(["notifications", "preferences", "--tenant", "t", ...inDigests]);
  await place.run(["night", "--tenant", "t", "--as-of", "2026-11-21"]);
  await place.run(["status", "create", "asleep", "--file", "seed.json", "--tenant", "t"]);
});

afterAll(() => place.close());

const night = (asOf: string, tenant = "t") =>
  place.json<Record<string, unknown>>(["night", "--tenant", tenant, "--as-of", asOf]);
const findings = async (): Promise<readonly object[]> =>
  (await place.json<{ findings: readonly object[] }>(["insights", "--tenant", "t", "--kind", "customer-status"]))
    .findings;

describe("a status of the seed's example", () => {
  it("SA06, SA07, SA08: begins on the first day after two months, for customers with more than 50 sales", async () => {
    await night("2026-11-22");
    expect(await findings()).toEqual([]);
    await night("2026-11-23");
    expect(await findings()).toMatchObject([{ customerId: "acme", since: "2026-11-23", level: "high" }]);
    await night("2026-11-24");
    expect((await findings()).map((one) => Reflect.get(one, "customerId"))).toEqual(["acme", "fresh"]);
  });

  it("SA09: arrives in the digest with its variables, escaped once", async () => {
    const { stdout } = await place.run(["deliveries", "--tenant", "t", "--json"]);
    expect(stdout).toContain("digest:anna:2026-11-23");
    const inbox = mailStore(join(place.data, "mail"));
    const mails = await Promise.all((await inbox.list(10)).map(({ id }) => inbox.read(id)));
    const html = mails.map((mail) => mail?.html ?? "").join();
    expect(html.replaceAll(/\s+/g, " ")).toContain(
      "Acme &amp; &lt;b&gt;Sons&lt;/b&gt; has been a good customer, but we have sold them nothing for more than 2 months. Anna Berg is their contact and calls (+45 12 34 56 78) or writes (shop@acme.example).",
    );
    expect(html).toMatch(/All of it: http[^\s"<]+\/findings\/t\/[^\s"<]+/);
  });
});

describe("a call that is planned for the third day from now", () => {
  const PLANNED = "planned";
  const CRITERIA = {
    waiting: { all: [{ field: "activity.nextOpen", op: "isNotNull" }] },
    due: { all: [{ field: "activity.call.open", op: "=", value: 1 }] },
    silent: { all: [{ field: "activity.totalIn1", op: "=", value: 0 }] },
  };

  /** The values of a status's fields, and the statuses that are told, after the night of a day. */
  const seen = async () => {
    const told = await place.json<{ findings: readonly { subject: { id: string }; since: string }[] }>([
      "insights",
      "--tenant",
      PLANNED,
      "--kind",
      "customer-status",
    ]);
    const counters: unknown[] = [];
    for (const statusId of Object.keys(CRITERIA)) {
      const asked = ["select", "--tenant", PLANNED, "--status", statusId, "--explain", "acme"];
      const { leaves } = await place.json<{ leaves: readonly { value?: unknown }[] }>(asked);
      counters.push(...leaves.map(({ value }) => value));
    }
    return { counters, told: told.findings.map(({ subject, since }) => `${subject.id} ${since}`).toSorted() };
  };

  it("scenario 8: becomes due by itself: counters and statuses are others that night, with no write before", async () => {
    await place.write("acme.csv", "customerId,name\nacme,Acme\n");
    await place.write(
      "calls.csv",
      "activityId,customerId,type,direction,occurredAt,completed\nc,acme,call,out,2026-11-25T12:00:00Z,false\n",
    );
    await place.json(["import", "customers", "acme.csv", "--tenant", PLANNED]);
    await place.json(["import", "activities", "calls.csv", "--tenant", PLANNED]);
    await night("2026-11-21", PLANNED);
    for (const [statusId, criteria] of Object.entries(CRITERIA)) {
      const file = await place.write(`${statusId}.json`, JSON.stringify(criteria));
      await place.run(["status", "create", statusId, "--name", statusId, "--criteria", file, "--tenant", PLANNED]);
    }
    await night("2026-11-22", PLANNED);
    const before = { counters: ["2026-11-25", 0, 0], told: ["silent 2026-11-21", "waiting 2026-11-21"] };
    expect(await seen()).toEqual(before);
    await night("2026-11-24", PLANNED);
    expect(await seen()).toEqual(before);
    await night("2026-11-25", PLANNED);
    expect(await seen()).toEqual({ counters: [undefined, 1, 1], told: ["due 2026-11-25"] });
  });
});
