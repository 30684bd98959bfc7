import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ApiTestClient, API_NOW, type ProblemBody, anApiClient, bodyOf } from "../fixtures/api-client.ts";
import { type ApiFixture, FIXTURE_KEY_ID, anApiFixture } from "../fixtures/api-tenants.ts";
import { tableAddress } from "../fixtures/table-address.ts";
import { indexesCaughtUp } from "../fixtures/unkind-table.ts";
import { type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";

/** What the API says a change of preferences would do. */

let apiClient: ApiTestClient;
let place: TempWorkspace;
let fixture: ApiFixture;

beforeAll(async () => {
  apiClient = await anApiClient();
  place = await aWorkspace();
});
beforeEach(async () => {
  fixture = await anApiFixture(apiClient);
  await indexesCaughtUp();
});
afterAll(async () => {
  await apiClient.close();
  await place.close();
});

interface Preference {
  readonly name: string;
  readonly value: unknown;
}
interface Counted<T> {
  readonly count: number;
  readonly first: readonly T[];
}
interface Preview {
  readonly preferences: readonly { readonly name: string; readonly now: Preference; readonly after: Preference }[];
  readonly people: { readonly of: number } | null;
  readonly news: { readonly moved: Counted<{ readonly customerId: string; readonly userId: string }> };
  readonly waiting: Counted<{ readonly userId: string; readonly now: { readonly notificationId: string | null } }>;
  readonly digests: Counted<{ readonly userId: string }>;
}

const MINE = "/v1/me/notification-preferences";
const ANNAS = "/v1/users/anna/notification-preferences";
const OF_ALL = "/v1/tenant/notification-preferences";

const ask = (method: string, path: string, as: string, body?: object) => apiClient.ask(path, { method, as, body });
const previewed = (path: string, as: string, body: object) => ask("POST", `${path}:preview`, as, body);
const previewOf = async (path: string, as: string, body: object): Promise<Preview> => {
  const reply = await previewed(path, as, body);
  expect([path, reply.status]).toEqual([path, 200]);
  return bodyOf<Preview>(reply);
};
const held = async (path: string) => {
  const { preferences } = await bodyOf<{ preferences: Preference[] }>(await ask("GET", path, fixture.tokens.ada));
  return new Map(preferences.map((one) => [one.name, one]));
};

const byCommand = (args: readonly string[]) => {
  const { tableName, endpoint = "" } = tableAddress();
  return place.json<object>(
    ["notifications", "preferences", ...args, "--preview", "--tenant", fixture.tenant.tenantId],
    {
      env: { DYNAMODB_ENDPOINT: endpoint, TABLE_NAME: tableName },
      clock: () => API_NOW,
    },
  );
};

/** What somebody is told, as it is told to who would set it themselves. */
const setBy = (by: string, told: Preview): Preview =>
  JSON.parse(JSON.stringify(told).replaceAll('"setBy":"user:ada"', `"setBy":"${by}"`));

const CHANGE = { digestAt: "18:30", kinds: { "churn-risk": { high: "off" } } };
const SET = ["--set", "digestAt=18:30", "kinds.churn-risk.high=off"];
const FOR_ALL = {
  defaults: CHANGE,
  compulsions: [{ set: { channel: "mail" }, reason: "No Slack at weekends." }],
};

const DOORS = [
  ["a user", ANNAS, CHANGE, ["anna", ...SET], "anna"],
  ["oneself", MINE, CHANGE, ["ada", ...SET], "ada"],
  ["everybody", OF_ALL, FOR_ALL, [...SET, "--compel", "channel=mail", "--reason", "No Slack at weekends."], null],
] as const;

describe("the preview of a change of preferences", () => {
  it.each(DOORS)("of %s is that of the command", async (_whose, path, body, args, user) => {
    const told = await previewOf(path, fixture.tokens.ada, body);
    expect({ tenant: fixture.tenant.tenantId, user, ...setBy("command", told) }).toEqual(await byCommand(args));
  });

  it.each(DOORS)("of %s says what holds and what would, and saves and sends nothing", async (_whose, path, body) => {
    const before = await held(path);
    const sent = apiClient.sent.length;
    const { preferences } = await previewOf(path, fixture.tokens.ada, body);
    expect(preferences.map(({ name }) => name)).toContain("digestAt");
    expect(preferences.map(({ now }) => now)).toEqual(preferences.map(({ name }) => before.get(name)));
    expect(await held(path)).toEqual(before);
    expect(apiClient.sent).toHaveLength(sent);
    expect((await ask("PATCH", path, fixture.tokens.ada, body)).status).toBe(200);
    const saved = await held(path);
    expect(preferences.map(({ after }) => after.value)).toEqual(preferences.map(({ name }) => saved.get(name)?.value));
  });

  it("names the findings, the messages and the digests that it changes", async () => {
    const { news, waiting, people } = await previewOf(ANNAS, fixture.tokens.ada, CHANGE);
    expect(people).toBeNull();
    expect(news.moved.first).toContainEqual(
      expect.objectContaining({ customerId: "acme", userId: "anna", now: "at-once", after: "nothing" }),
    );
    expect(waiting).toMatchObject({
      count: 1,
      first: [{ userId: "anna", now: { kinds: ["churn-risk"], send: "send" }, after: { send: "drop" } }],
    });
    const { digests } = await previewOf(ANNAS, fixture.tokens.ada, { digestDays: [] });
    expect(digests).toEqual({
      count: 1,
      first: [{ userId: "anna", now: "2026-11-23T08:00:00.000Z", after: null }],
    });
  });

  it.each([
    ["Ada's, by a rep,", "/v1/users/ada/notification-preferences", CHANGE, "anna", 403, "not-allowed"],
    ["everybody's, by a rep,", OF_ALL, FOR_ALL, "anna", 403, "not-allowed"],
    ["everybody's, by a manager,", OF_ALL, FOR_ALL, "max", 403, "not-allowed"],
    ["nobody's, by an admin,", "/v1/users/nobody/notification-preferences", CHANGE, "ada", 404, "unknown-user"],
  ] as const)("of %s is refused as the change is", async (_whose, path, body, by, status, type) => {
    const as = fixture.tokens[by];
    for (const reply of [await previewed(path, as, body), await ask("PATCH", path, as, body)])
      expect(await bodyOf<ProblemBody>(reply)).toMatchObject({ status, type });
  });

  it("of oneself is for users: a key has no preferences", async () => {
    expect((await previewed(MINE, fixture.apiKey, CHANGE)).status).toBe(403);
    expect(await previewOf(ANNAS, fixture.apiKey, CHANGE)).toEqual(
      setBy(`key:${FIXTURE_KEY_ID}`, await previewOf(ANNAS, fixture.tokens.ada, CHANGE)),
    );
  });

  it.each([
    ["a name that there is not", ANNAS, { digestTime: "06:30" }],
    ["a time that there is not", MINE, { digestAt: "07:31" }],
    ["quiet hours without an end", MINE, { quietUntil: "20:00" }],
    ["a kind that there is not", OF_ALL, { defaults: { kinds: { "churn-rsk": { high: "off" } } } }],
    ["a compulsion without a reason", OF_ALL, { compulsions: [{ set: { allOff: false }, reason: "" }] }],
  ] as const)("refuses %s as the change does, with its place", async (_what, path, body) => {
    const problemOf = async (reply: Response) => {
      const { requestId: _id, ...problem } = await bodyOf<ProblemBody>(reply);
      return problem;
    };
    const told = await problemOf(await previewed(path, fixture.tokens.ada, body));
    expect(told).toMatchObject({ status: 422, errors: [{ path: expect.any(String), message: expect.any(String) }] });
    expect(told).toEqual(await problemOf(await ask("PATCH", path, fixture.tokens.ada, body)));
  });

  it("counts, and names no customer, for who sees none, neither by the ids of messages", async () => {
    const made = await ask("POST", "/v1/api-keys", fixture.tokens.ada, { name: "hr", actions: ["users.manage"] });
    const { secret } = await bodyOf<{ secret: string }>(made);
    const [all, told] = [await previewOf(ANNAS, fixture.tokens.ada, CHANGE), await previewOf(ANNAS, secret, CHANGE)];
    expect(JSON.stringify(all)).toContain("acme");
    expect(JSON.stringify(told)).not.toMatch(/acme|blue|cove/);
    expect([told.news.moved.count, told.waiting.count]).toEqual([all.news.moved.count, all.waiting.count]);
    expect(all.waiting.first.map(({ now }) => now.notificationId)).not.toContain(null);
    expect(told.waiting.first.map(({ now }) => now.notificationId)).toEqual(all.waiting.first.map(() => null));
  });
});
