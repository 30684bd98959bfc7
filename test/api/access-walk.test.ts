import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { formatKey } from "@regulars/core/access/api-key";
import { type Right, planRights, rightsOf } from "@regulars/core/access/rights";
import { planIdSchema } from "@regulars/core/platform/ids";
import { toInstant, userIdSchema } from "@regulars/core/platform/values";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ApiTestClient, API_NOW, anApiClient } from "../fixtures/api-client.ts";
import { apiOperations, exampleOf } from "../fixtures/api-operations.ts";
import { type ApiFixture, anApiFixture } from "../fixtures/api-tenants.ts";
import { itemsByKey } from "../fixtures/items-by-key.ts";
import { mapConcurrent } from "@regulars/flows/platform/map-concurrent";
import { type NamedThing, type Needs, needsOf, needsPatterns } from "../fixtures/operation-needs.ts";

/** Every operation of the document, asked by callers of whom none owns the things that the examples name. */

interface Caller {
  readonly rights: readonly Right[];
  /** The kinds of things among the examples' that they see. */
  readonly sees: readonly NamedThing[];
  readonly isKey?: boolean;
  /** For other sales plans than the examples'. */
  readonly isScoped?: boolean;
  readonly hasLeft?: boolean;
  readonly as: (fixture: ApiFixture) => Promise<string>;
}

const operations = (await apiOperations()).filter(({ isOpen }) => !isOpen);

let apiClient: ApiTestClient;

beforeAll(async () => {
  apiClient = await anApiClient();
});
afterAll(() => apiClient.close());

const asUser =
  (userId: string, given: { readonly role: "rep" | "manager" | "admin"; readonly isActive?: boolean }) =>
  async ({ store, tenant }: ApiFixture): Promise<string> => {
    await store.imports.saveUsers([{ userId: userIdSchema.parse(userId), name: userId, teamId: "west", ...given }]);
    return apiClient.tokenOf(tenant, userId);
  };

const asKey =
  (
    name: string,
    actions: readonly Right[],
    given: { readonly planIds?: readonly string[]; readonly strict?: boolean },
  ) =>
  async ({ store, tenant }: ApiFixture): Promise<string> => {
    const hash = createHash("sha256").update(`${tenant.tenantId} ${name}`);
    const keyId = `k${hash.copy().digest("hex").slice(0, 12)}`;
    const secret = hash.digest("base64url");
    const secretHash = createHash("sha256").update(secret).digest("hex");
    const planIds = given.planIds?.map((planId) => planIdSchema.parse(planId));
    const made = { createdAt: toInstant(API_NOW), createdBy: "user:ada", strict: given.strict, planIds };
    await store.apiKeys.create({ keyId, name, actions, secretHash, ...made }, []);
    return formatKey({ tenantId: tenant.tenantId, keyId, secret });
  };

const leads: readonly Right[] = ["leads.add", "deals.change_status", "deals.remove"];
const CALLERS: Readonly<Record<string, Caller>> = {
  "a rep of another team": { rights: rightsOf("rep"), sees: ["plan"], as: asUser("cat", { role: "rep" }) },
  "a manager of another team": {
    rights: rightsOf("manager"),
    sees: ["plan", "deal", "person", "operation"],
    as: asUser("mo", { role: "manager" }),
  },
  "an admin who has left": {
    rights: rightsOf("admin"),
    sees: [],
    hasLeft: true,
    as: asUser("dan", { role: "admin", isActive: false }),
  },
  "a key for another sales plan": {
    rights: planRights,
    sees: [],
    isKey: true,
    isScoped: true,
    as: asKey("scoped", planRights, { planIds: ["pln_other"] }),
  },
  "a strict key for leads": {
    rights: leads,
    sees: ["plan"],
    isKey: true,
    as: asKey("strict", leads, { strict: true }),
  },
  "a key that only views": {
    rights: ["insights.view_all"],
    sees: ["customer", "deal"],
    isKey: true,
    as: asKey("viewer", ["insights.view_all"], {}),
  },
};

/** The answer that follows from the table: a refusal's status, or "done". */
function expectedOf(
  { anyOf, thing, isWholeTenant = false, isForUsers = false, keysAlso }: Needs,
  caller: Caller,
): number | "done" {
  const { rights, sees, isKey = false, isScoped = false, hasLeft = false } = caller;
  if (hasLeft) return 401;
  const holds = (right: Right): boolean => rights.includes(right) && (!isScoped || planRights.includes(right));
  if (anyOf.length > 0 && !anyOf.some(holds)) return 403;
  if ((isWholeTenant && isScoped) || (isForUsers && isKey)) return 403;
  if (thing !== undefined && !sees.includes(thing)) return 404;
  return isKey && keysAlso !== undefined && !holds(keysAlso) ? 403 : "done";
}

/** A tenant's stored items, without request counters and the logs of requests. */
const storedOf = ({ tenant }: ApiFixture): Map<string, object> =>
  new Map(Object.entries(itemsByKey(tenant.tenantId)).filter(([key]) => !/#(RATE|INBOUND)\b/.test(key)));

it("the table of who may what has a row for every operation, and none for another", () => {
  const used = new Set(operations.map(({ name }) => needsOf(name).pattern));
  expect([...used].toSorted()).toEqual(needsPatterns.toSorted());
});

it.each(Object.entries(CALLERS))("A1, A2, A4: every operation answers %s as the table says", async (_, caller) => {
  const shared = await anApiFixture(apiClient);
  const credential = await caller.as(shared);
  const before = storedOf(shared);
  const wrong: string[] = [];
  await mapConcurrent(operations, async (operation) => {
    const expected = expectedOf(needsOf(operation.name).needs, caller);
    const isFresh = expected === "done" && operation.method !== "GET";
    const as = isFresh ? await caller.as(await anApiFixture(apiClient)) : credential;
    const { path, asked } = exampleOf(operation);
    const { status } = await apiClient.ask(path, { ...asked, as });
    const isAsExpected = expected === "done" ? ![401, 403, 404].includes(status) && status < 500 : status === expected;
    if (!isAsExpected) wrong.push(`${operation.name}: ${status} instead of ${expected}`);
  });
  expect(wrong).toEqual([]);
  // What is refused writes nothing; of a key its last use is noted.
  const after = storedOf(shared);
  const changed = [...after.keys()].filter((key) => !isDeepStrictEqual(after.get(key), before.get(key)));
  expect(changed.filter((key) => caller.isKey !== true || !key.includes("K#k"))).toEqual([]);
});
