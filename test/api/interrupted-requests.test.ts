import { memoByKey } from "@regulars/core/platform/memo";
import { TEST_NOW } from "@regulars/core/testing";
import { ingestBatch } from "@regulars/flows/imports/ingest-batch";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiTestClient, TRUE_SECOND_MS, anApiClient, impatiently } from "../fixtures/api-client.ts";
import { type ApiOperation, exampleOf, keyedOperations } from "../fixtures/api-operations.ts";
import { type ApiFixture, anApiFixture } from "../fixtures/api-tenants.ts";
import { loseAnswers } from "../fixtures/lost-answers.ts";
import { storedTexts } from "../fixtures/stored-texts.ts";
import { type WriteCommand, watchWrites } from "../fixtures/table-writes.ts";

/** Longer than the lease of a request that never ended. */
const LATER_MS = 36_000;
/** Longer than what a cut-off attempt has left may stay. */
const CLEANED_MS = 2 * 3_600_000;

/** KILLS=all kills each operation before each of its writes, every time with another tenant. */
const KILLS_EVERYWHERE = process.env["KILLS"] === "all";
const FIRST_EFFECT = 2;

const operations = await keyedOperations();

let apiClient: ApiTestClient;
let listener: (write: WriteCommand) => "send" | "drop" = () => "send";
let isLosing = false;
let countLost: () => number;

beforeAll(async () => {
  apiClient = await anApiClient();
  watchWrites(apiClient.runtime.table, (write) => listener(write));
  countLost = loseAnswers(apiClient.runtime.table, () => isLosing);
});

afterAll(() => apiClient.close());

/** Rows that say nothing of an effect: receipts, leases, the use of rates and keys, and the log of inbound requests. */
const isEffect = (pk: string): boolean => !/#(?:IDEMPOTENCY|RATE|KEYS|INBOUND|ASSIGNMENT)/.test(pk);

/** An answer without what belongs to one attempt only: its request id, and a secret, which is shown once. */
const lasting = (text: string): string =>
  text
    .replaceAll(/"(?:secret|signingSecret)":(?:"[^"]*"|null)/g, '"secret":null')
    .replaceAll(/req_[0-9a-f-]+/g, "req_");

/** A lead that an integration sends again is answered 200, "it was added before" (docs/reference/sales-plans.md 7). */
const asAddedBefore = (text: string): string => text.replaceAll('"status":201', '"status":200');

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Asks an operation by its own example, with an idempotency key. */
async function askOf(operation: ApiOperation, fixture: ApiFixture, key: string): Promise<Answer> {
  const { path, asked } = exampleOf(operation);
  const askAs = async (as: string): Promise<Answer> => {
    const reply = await apiClient.ask(path, { ...asked, as, headers: { "idempotency-key": key } });
    return { status: reply.status, text: lasting(await reply.text()) };
  };
  const answer = await askAs(fixture.tokens.ada);
  // What only machines may do.
  return answer.status === 403 ? askAs(fixture.apiKey) : answer;
}

async function aTenantOfExamples(): Promise<ApiFixture> {
  const fixture = await anApiFixture(apiClient);
  await savePaymentOfExample(fixture);
  return fixture;
}

/** A way to ask an operation of a new tenant, always with the same idempotency key. */
async function askerOf(operation: ApiOperation): Promise<() => Promise<Answer>> {
  const fixture = await aTenantOfExamples();
  return () => askOf(operation, fixture, "one");
}

/** The payment that the document's examples take back. */
async function savePaymentOfExample({ tenant, store }: ApiFixture): Promise<void> {
  const items = [{ invoiceId: "INV-2001", paidAt: "2026-12-01", amount: "84.80" }];
  await ingestBatch({ tenant, now: TEST_NOW, kind: "payments", items, imports: store.imports });
}

/** Sends a request again after the lease of its first attempt; returns its answer and the keys that it wrote. */
async function askedLater(ask: () => Promise<Answer>): Promise<Answer & { readonly written: readonly string[] }> {
  const written = new Set<string>();
  listener = (write) => {
    for (const name of effectsOf(write)) written.add(name);
    return "send";
  };
  apiClient.clock.nowMs += LATER_MS;
  const answer = await ask();
  apiClient.clock.nowMs -= LATER_MS;
  listener = () => "send";
  return { ...answer, written: [...written] };
}

const withoutTenant = (name: string): string => name.replace(/^T#[^#]*#/, "");

const effectsOf = ({ keys }: WriteCommand): string[] =>
  keys.filter(({ pk }) => isEffect(pk)).map(({ pk, sk }) => withoutTenant(`${pk} ${sk}`));

/**
 * The families of written items with the number of their keys. A sequence number that was drawn for nothing, and the
 * members frozen for a bulk operation that never started, are seen by nobody.
 */
function sizesOf(written: Iterable<string>): string {
  const families = Map.groupBy(new Set(written), (name) => name.split(/[# ]/, 1)[0] ?? "");
  for (const unseen of ["QUEUE", "OPERATION"]) families.delete(unseen);
  return JSON.stringify([...families].map(([family, names]) => [family, names.length]).toSorted());
}

/** An operation's request whose receipt was lost, and the same request again. */
interface LostAnswer {
  readonly first: Answer;
  readonly second: Answer & { readonly written: readonly string[] };
  /** What the first attempt wrote, and by how many commands. */
  readonly sizes: string;
  readonly commands: number;
}

const lostAnswerOf = memoByKey(async (operation: ApiOperation): Promise<LostAnswer> => {
  const ask = await askerOf(operation);
  const written: string[] = [];
  let commands = 0;
  listener = (write) => {
    commands += 1;
    if (write.isReceipt) return "drop";
    written.push(...effectsOf(write));
    return "send";
  };
  const first = await ask();
  return { first, second: await askedLater(ask), sizes: sizesOf(written), commands };
});

/** Kills an operation's first attempt before a write, and sends it again. */
async function killedBefore(nth: number, operation: ApiOperation) {
  const fixture = await aTenantOfExamples();
  const ask = (): Promise<Answer> => askOf(operation, fixture, "one");
  const written: string[] = [];
  let commands = 0;
  listener = (write) => {
    commands += 1;
    if (commands >= nth) throw new Error("the process was killed");
    written.push(...effectsOf(write));
    return "send";
  };
  await impatiently(apiClient, ask);
  // Before its own lead is assigned, the number that the killed one took has to be given up.
  const second = await impatiently(apiClient, () => askedLater(ask), TRUE_SECOND_MS);
  return { fixture, status: second.status, sizes: sizesOf([...written, ...second.written]) };
}

/**
 * How much is stored of each family once the operation was asked with another key, two hours later: by then whoever
 * writes removes what a cut-off attempt has left. Hints of what is due stay as long as nothing needs them.
 */
async function storedLater(operation: ApiOperation, fixture: ApiFixture): Promise<string> {
  apiClient.clock.nowMs += CLEANED_MS;
  await askOf(operation, fixture, "two");
  apiClient.clock.nowMs -= CLEANED_MS;
  const names = Object.keys(storedTexts(fixture.tenant.tenantId));
  return sizesOf(names.filter((name) => isEffect(name) && !/#(?:DUEROW|HEADS)/.test(name)).map(withoutTenant));
}

const undisturbedLater = async (operation: ApiOperation): Promise<string> => {
  const fixture = await aTenantOfExamples();
  await askOf(operation, fixture, "one");
  return storedLater(operation, fixture);
};

describe("a request whose answer was lost", () => {
  it("B3: is one of more than 40", () => {
    expect(operations.length).toBeGreaterThan(40);
  });

  it.each(operations)(
    "B3: $name has the same answer when it is sent again, and no second effect",
    async (operation) => {
      const { first, second } = await lostAnswerOf(operation);
      const isLead = operation.path.includes("/hooks/");
      const { status, text } = isLead ? { status: 200, text: asAddedBefore(first.text) } : first;
      expect(first.status).toBeLessThan(300);
      expect(second).toEqual({ status, text, written: [] });
    },
  );
});

/** An operation's request, of whose writes every single answer is lost on the way back from the database. */
async function withLostAnswers(operation: ApiOperation) {
  const ask = await askerOf(operation);
  const written: string[] = [];
  listener = (write) => {
    written.push(...effectsOf(write));
    return "send";
  };
  isLosing = true;
  const { status } = await ask();
  isLosing = false;
  return { status, sizes: sizesOf(written) };
}

describe("a request on whose way the database's answers are lost", () => {
  it.each(operations)("OP02: $name ends as if none had been", async (operation) => {
    const { first, sizes } = await lostAnswerOf(operation);
    const lostBefore = countLost();
    expect(await withLostAnswers(operation)).toEqual({ status: first.status, sizes });
    expect(countLost()).toBeGreaterThan(lostBefore);
  });
});

describe("a request whose process was killed", () => {
  it("B3: is one of more than 15 with two effects to be cut off between", async () => {
    const cut: string[] = [];
    for (const operation of operations)
      if (killsOf((await lostAnswerOf(operation)).commands).length > 0) cut.push(operation.name);
    expect(cut.length).toBeGreaterThan(15);
  });

  it.each(operations)("B3: $name has the effect of one request when it is sent again", async (operation) => {
    const { sizes, commands } = await lostAnswerOf(operation);
    const faults: string[] = [];
    for (const nth of killsOf(commands)) {
      const killed = await killedBefore(nth, operation);
      if (killed.status < 300 && killed.sizes === sizes) continue;
      const [later, wanted] = [await storedLater(operation, killed.fixture), await undisturbedLater(operation)];
      if (killed.status >= 300 || later !== wanted)
        faults.push(
          `killed before write ${nth}: ${killed.status} ${killed.sizes} not ${sizes}, ${later} not ${wanted}`,
        );
    }
    expect(faults).toEqual([]);
  });
});

/**
 * The writes before which an operation is killed: the first is its claim of the key, the last its receipt, which the
 * tests above lose. Of more than one effect, that is after the first one.
 */
function killsOf(commands: number): readonly number[] {
  if (KILLS_EVERYWHERE) return Array.from({ length: commands - 1 }, (_, i) => i + 2);
  return commands > FIRST_EFFECT + 2 ? [FIRST_EFFECT + 1] : [];
}
