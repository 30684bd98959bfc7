import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";

let place: TempWorkspace;

beforeAll(async () => {
  place = await aWorkspace();
});

afterAll(() => place.close());

const refused = async (...args: string[]): Promise<string> => {
  const { code, stdout, stderr } = await place.run(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  return stderr;
};

describe("an operator", () => {
  it("creates a tenant with its admin, once", async () => {
    const args = [
      "tenants",
      "create",
      "nordic",
      "--name",
      "Nordic Foods",
      "--time-zone",
      "Europe/Oslo",
      "--currency",
      "NOK",
      "--admin",
      "ada",
    ];
    const made = await place.json(args);
    expect(made).toEqual({
      tenant: "nordic",
      name: "Nordic Foods",
      timeZone: "Europe/Oslo",
      currency: "NOK",
      locale: "en",
      edition: "enterprise",
    });
    expect(await place.json(["tenants"])).toEqual({ tenants: [made] });
    expect(await refused(...args)).toBe("regulars: there is a tenant nordic already: choose another id\n");
  });

  it("creates an API key, which is shown once, listed without its secret, and revoked by its id", async () => {
    const made = await place.json<{ keyId: string; secret: string }>([
      "keys",
      "create",
      "erp",
      "--tenant",
      "nordic",
      "--actions",
      "ingest.write,insights.view_all",
    ]);
    expect(made.secret).toMatch(/^rgl_live_nordic\.k[a-z0-9]{12}\.[A-Za-z0-9_-]{43}$/);
    const listed = await place.run(["keys", "--tenant", "nordic"]);
    expect(listed.stdout).toContain(made.keyId);
    expect(listed.stdout).not.toContain(made.secret.slice(-43));
    await place.json(["keys", "revoke", made.keyId, "--tenant", "nordic"]);
    const { keys } = await place.json<{ keys: { keyId: string; revokedAt?: string }[] }>([
      "keys",
      "--tenant",
      "nordic",
    ]);
    expect(keys).toMatchObject([{ keyId: made.keyId, revokedAt: expect.any(String) }]);
  });

  it("creates an API key for some sales plans only, strict on request, and none for an unknown plan", async () => {
    await place.write("plan.json", JSON.stringify({ name: "Course" }));
    const { plan } = await place.json<{ plan: { planId: string } }>([
      "plans",
      "create",
      "plan.json",
      "--tenant",
      "nordic",
    ]);
    const create = ["keys", "create", "tunnel", "--tenant", "nordic", "--actions", "leads.add", "--strict"];
    const made = await place.json([...create, "--plans", plan.planId]);
    expect(made).toMatchObject({ planIds: [plan.planId], strict: true });
    expect((await place.run(["keys", "--tenant", "nordic"])).stdout).toMatch(
      new RegExp(`tunnel +live +never +${plan.planId} +leads\\.add, strict`),
    );
    expect(await refused(...create, "--plans", `${plan.planId},pln_none`)).toBe(
      "regulars: there is no sales plan pln_none\n",
    );
    expect(await refused(...create, "--plans", "a/b")).toContain('--plans "a/b"');
  });

  it("E6: changes a base currency while no amount is stored, and is told why not afterwards", async () => {
    await place.json(["tenants", "create", "slip"]);
    await place.write("customers.csv", "customerId,name\nC1,Corner Shop\n");
    await place.json(["import", "customers", "customers.csv", "--tenant", "slip"]);
    expect(await place.json(["settings", "--tenant", "slip", "--currency", "usd"])).toMatchObject({ currency: "USD" });
    await place.write("orders.csv", "orderId,customerId,orderedAt,itemId,quantity,unitPrice\nO1,C1,2024-01-05,A,2,3\n");
    await place.json(["import", "orders", "orders.csv", "--tenant", "slip"]);
    expect(await refused("settings", "--tenant", "slip", "--currency", "GBP")).toBe(
      "regulars: the base currency of slip stays USD: amounts of its orders are stored in it. Another currency needs a new tenant\n",
    );
    expect(await refused("settings", "--tenant", "slip", "--currency", "euros")).toContain('--currency "EUROS"');
  });

  it("E6: removes a tenant with all it has once its id is confirmed, and no other tenant", async () => {
    await place.write("orders.csv", "orderId,customerId,orderedAt,itemId,quantity,unitPrice\nO1,C1,2024-01-05,A,2,3\n");
    for (const id of ["gone", "gone-too"]) await place.json(["import", "orders", "orders.csv", "--tenant", id]);
    const remove = ["tenants", "remove", "gone"];
    expect(await refused(...remove)).toBe(
      "regulars: tenants remove takes all that gone has, for good: say it with --yes gone\n",
    );
    expect(await refused(...remove, "--yes", "gone-too")).toBe(
      'regulars: "gone-too" is not gone: nothing was removed\n',
    );
    expect((await place.run(remove, { answer: "no" })).code).toBe(2);
    expect(await place.json(["import", "orders", "orders.csv", "--tenant", "gone"])).toMatchObject({ unchanged: 1 });

    const { code, stdout } = await place.run(remove, { answer: "gone" });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^removed the tenant gone with all it had: \d+ items\n$/);
    expect((await place.run(["tenants"])).stdout).not.toMatch(/^gone /m);
    expect(await refused(...remove, "--yes", "gone")).toContain("there is no tenant gone");
    expect(await place.json(["import", "orders", "orders.csv", "--tenant", "gone-too"])).toMatchObject({
      unchanged: 1,
    });
    expect(await place.json(["import", "orders", "orders.csv", "--tenant", "gone"])).toMatchObject({ created: 1 });
    await place.json(["tenants", "remove", "gone", "--yes", "gone"]);
  });

  it("gets one line for each refusal", async () => {
    expect(await refused("tenants", "create")).toBe(
      "regulars: tenants create needs an id: regulars tenants create acme\n",
    );
    expect(await refused("tenants", "destroy", "nordic")).toContain("choose one of list, create, remove");
    expect(await refused("tenants", "create", "x", "--edition", "gold")).toContain("basic, pro, enterprise");
    expect(await refused("tenants", "create", "x", "--time-zone", "Mars")).toContain("IANA time zone");
    expect(await refused("keys", "create", "erp", "--tenant", "nordic")).toContain("needs --actions");
    expect(await refused("keys", "create", "erp", "--tenant", "nordic", "--actions", "keys.manage")).toContain(
      "keys.manage",
    );
    expect(await refused("keys", "create", "erp!", "--tenant", "nordic", "--actions", "ingest.write")).toContain(
      'the name "erp!" is not 1 to 64 letters, digits, blanks, dots and dashes',
    );
    expect(await refused("keys", "revoke", "--tenant", "nordic")).toContain("needs the key's id");
    expect(await refused("keys", "revoke", "k1", "--tenant", "nordic")).toBe("regulars: there is no API key k1\n");
  });

  it("F5: creates a plan from the printed example, edits it by a file, and hears of all errors of a file at once", async () => {
    await place.write("admins.csv", "userId,name\nmaria,Maria\nbo,Bo\n");
    await place.json(["import", "users", "admins.csv", "--tenant", "nordic"]);
    const example = await place.run(["plans", "create", "--example", "--tenant", "nordic"]);
    await place.write("plan.json", example.stdout);
    const { plan } = await place.json<{ plan: { planId: string; members: readonly { userId: string }[] } }>([
      "plans",
      "create",
      "plan.json",
      "--tenant",
      "nordic",
    ]);
    expect(plan.members.map(({ userId }) => userId)).toEqual(["ada", "bo"]);
    const edit = ["plans", "edit", plan.planId, "change.json", "--tenant", "nordic"];
    await place.write("change.json", '{ "name": "Cafés", "averageAmount": "20.50" }');
    expect(await place.json(edit)).toMatchObject({
      plan: { name: "Cafés", averageMinor: 2050, members: plan.members },
    });
    await place.write("change.json", '{ "nam": "x", "members": [{ "userId": "cy" }], "statuses": [] }');
    expect(await refused(...edit)).toMatch(
      /^regulars: change\.json is no change of a sales plan, it has 3 errors: nam is no property of this: did you mean name\? There are name, [^;]+; statuses cannot be changed by a file: the API changes one status at a time; members\[0\]\.userId there is no user cy\n$/,
    );
    await place.write(
      "bad.json",
      '{ "name": "", "label": 7, "members": [{ "userId": "cy" }], "averageAmount": "10.555" }',
    );
    const says = await refused("plans", "create", "bad.json", "--tenant", "nordic");
    expect(says).toMatch(
      /^regulars: bad\.json is no sales plan, it has 4 errors: name .+; label .+; averageAmount .+; members\[0\]\.userId there is no user cy\n$/,
    );
    expect(await refused("plans", "create", "nowhere.json", "--tenant", "nordic")).toBe(
      "regulars: there is no file nowhere.json\n",
    );
  });
});
