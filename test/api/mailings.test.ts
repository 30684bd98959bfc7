import type { MessageSender } from "@regulars/core/notifications/notification";
import { customerIdSchema } from "@regulars/core/platform/values";
import { deliver } from "@regulars/functions/workers/deliver";
import { planWork } from "@regulars/functions/workers/plan-work";
import { localContext } from "@regulars/local/queue";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { queueEvent } from "../fixtures/queue-event.ts";
import { SalesPlanClient } from "../fixtures/sales-plan-client.ts";
import { all } from "../fixtures/tenant.ts";
import { watchWrites } from "../fixtures/table-writes.ts";
import { indexesCaughtUp } from "../fixtures/unkind-table.ts";

/** Group mailings over HTTP whose job is ended in the middle and comes again. */

let apiClient: ApiTestClient;
let home: SalesPlanClient;
/** Writes that are left until the process ends. */
let writesLeft = Infinity;

beforeAll(async () => {
  apiClient = await anApiClient();
  home = await SalesPlanClient.open(apiClient);
  watchWrites(apiClient.runtime.table, () => {
    writesLeft -= 1;
    if (writesLeft < 0) throw new Error("the process has ended");
    return "send";
  });
});
afterAll(() => apiClient.close());

/** Several pieces of a mailing. */
const COUNT = 60;
const idOf = (nth: number): string => `c-${String(nth).padStart(2, "0")}`;
const addressOf = (nth: number): string => `shop@c-${nth}.example`;
const ids = Array.from({ length: COUNT }, (_, nth) => idOf(nth));
const addresses = ids.map((_, nth) => addressOf(nth)).toSorted();
const NEWS = { action: "mailing", subject: "News for <name>", text: "Hello <name>" };

/** The message of an operation, worked at until the process ends after so many writes. Whether it was done. */
async function works(operationId: string, writes: number): Promise<boolean> {
  const { tenantId } = home.tenant;
  writesLeft = writes;
  const run = planWork.handlerFor(apiClient.runtime);
  const { batchItemFailures } = await run(queueEvent("plans", { tenantId, operationId }), localContext("plans"));
  writesLeft = Infinity;
  return batchItemFailures.length === 0;
}

/** Sends what waits. Returns the address of each mail, with the key by which a provider knows it again. */
async function sent(): Promise<readonly { readonly address: string; readonly key: string }[]> {
  await indexesCaughtUp();
  const mails: { readonly address: string; readonly key: string }[] = [];
  const messageSender: MessageSender = {
    deliver: (message, key) => {
      mails.push({ address: message.type === "group" ? message.to.address : message.type, key });
      return Promise.resolve({ providerId: `p-${mails.length}` });
    },
  };
  const run = deliver.handlerFor({ ...apiClient.runtime, messageSender });
  const { tenantId } = home.tenant;
  for (let before = -1; before < mails.length;) {
    before = mails.length;
    const { batchItemFailures } = await run(queueEvent("outgoing", { tenantId }), localContext("deliver"));
    expect(batchItemFailures).toEqual([]);
  }
  return mails;
}

const ask = async (method: string, path: string, body?: unknown) => {
  const answer = await home.ask(method, path, body);
  if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
  return answer.body;
};
const reached = async (operationId: string) => {
  const rows: { readonly ownerId: string; readonly state: string; readonly address: string | null }[] = [];
  const path = `/selection-actions/${operationId}/results`;
  for (let page = await ask("GET", path); ; page = await ask("GET", `${path}?page=${page.nextPage}`)) {
    rows.push(...page.data);
    if (typeof page.nextPage !== "number") return rows;
  }
};

describe("a group mailing that is cut off", { timeout: 120_000 }, () => {
  beforeAll(async () => {
    const items = ids.map((customerId, nth) => ({ customerId, name: `Shop ${nth}`, email: addressOf(nth) }));
    await ask("POST", "/customers/batch", { items });
  });

  const aList = async (name: string, members: readonly string[]): Promise<string> => {
    const { selectionId } = await ask("POST", "/selections", { name, ownerType: "company" });
    await ask("POST", `/selections/${selectionId}/members`, { ids: members });
    return selectionId;
  };

  it.each([
    ["after each number of writes in turn", Array.from({ length: 40 }, (_, nth) => nth)],
    ["again and again before its last writes", [7, 7, 8, 7, 8]],
  ])("SA20: reaches each member once when its job ends %s", async (how, ends) => {
    const selectionId = await aList(how, ids);
    const { operationId } = await ask("POST", `/selections/${selectionId}/actions`, NEWS);
    const cuts: boolean[] = [];
    for (const writes of ends) cuts.push(await works(operationId, writes));
    expect(cuts.filter((isDone) => !isDone).length).toBeGreaterThan(3);
    // Who joins or leaves meanwhile changes nothing.
    await ask("POST", `/selections/${selectionId}/members:remove`, { ids: [idOf(0)] });
    expect(await works(operationId, Infinity)).toBe(true);
    expect(await works(operationId, Infinity)).toBe(true);

    const operation = await ask("GET", `/selection-actions/${operationId}`);
    expect(operation).toMatchObject({ state: "done", total: COUNT, done: COUNT, made: COUNT, skipped: 0 });
    const rows = await reached(operationId);
    expect(rows.map(({ ownerId, state }) => `${ownerId} ${state}`)).toEqual(ids.map((id) => `${id} made`));
    const mails = await sent();
    expect(mails.map(({ address }) => address).toSorted()).toEqual(addresses);
    expect(new Set(mails.map(({ key }) => key)).size).toBe(COUNT);
    expect(await sent()).toEqual([]);
    const { records } = home.fixture.testTenant.store;
    const noted = await all(records.activitiesOf(customerIdSchema.parse(idOf(COUNT - 1))));
    const ofIt = noted.filter(({ activityId }) => activityId.includes(operationId));
    expect(ofIt).toMatchObject([{ mass: true, type: "email" }]);
  });
});
