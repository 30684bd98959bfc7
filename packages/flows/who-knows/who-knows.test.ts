import type { ImportedActivity } from "@regulars/core/imports/activities";
import { addDays } from "@regulars/core/platform/period";
import {
  activityIdSchema,
  customerIdSchema,
  day,
  personIdSchema,
  toInstant,
  userIdSchema,
} from "@regulars/core/platform/values";
import type { OptOutSubject } from "@regulars/core/relationships/opt-out";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { valueOf } from "../../../test/fixtures/value-of.ts";
import { type Target, askWhoKnows } from "./ask-who-knows.ts";
import { findSomebody } from "./find-target.ts";

const AS_OF = day("2026-11-22");
const NOW = toInstant(Date.parse("2026-11-23T10:00:00Z"));

let testTenant: TestTenant;
let last = 0;

beforeEach(() => {
  testTenant = aTenantStore();
  last = 0;
});

interface Told {
  readonly id?: string;
  readonly ago?: number;
  readonly at?: string;
  readonly user?: string;
  readonly person?: string;
  readonly customer?: string;
  readonly type?: ImportedActivity["type"];
  readonly direction?: ImportedActivity["direction"];
  readonly attendees?: number;
  readonly attendeeIds?: ImportedActivity["attendeeIds"];
  readonly mass?: boolean;
}

/** An activity of Ana's with a person, ten days ago; a meeting unless told otherwise. */
function anActivity({ id, ago = 10, at, user = "ana", person = "p", customer, ...rest }: Told = {}): ImportedActivity {
  last += 1;
  const on = addDays(AS_OF, -ago);
  return {
    activityId: activityIdSchema.parse(id ?? `a-${last}`),
    type: "meeting",
    direction: "none",
    completed: true,
    userId: userIdSchema.parse(user),
    personId: personIdSchema.parse(person),
    ...(customer === undefined ? {} : { customerId: customerIdSchema.parse(customer) }),
    occurredAt: toInstant(Date.parse(at ?? `${on}T09:00:00Z`) + (at === undefined ? last * 60_000 : 0)),
    occurredOn: on,
    ...rest,
  };
}

const save = (...activities: readonly ImportedActivity[]) => testTenant.store.imports.saveActivities(activities);

const savePersons = (...persons: readonly (readonly [id: string, customer: string, email?: string])[]) =>
  testTenant.store.imports.savePersons(
    persons.map(([id, customer, email]) => ({
      personId: personIdSchema.parse(id),
      customerId: customerIdSchema.parse(customer),
      ...(email === undefined ? {} : { email }),
    })),
  );

const saveUsers = (
  ...users: readonly { readonly id: string; readonly teamId?: string; readonly isActive?: boolean }[]
) =>
  testTenant.store.imports.saveUsers(
    users.map(({ id, ...given }) => ({ userId: userIdSchema.parse(id), name: id, role: "rep" as const, ...given })),
  );

async function ask(given: string | Target, requester?: string) {
  const { tenant, store } = testTenant;
  const stores = { store: store.whoKnows, contacts: store.sales.contacts };
  const target: Target =
    typeof given === "string" ? { type: "person", somebody: valueOf(await findSomebody(stores, given)) } : given;
  const requesterId = requester === undefined ? undefined : userIdSchema.parse(requester);
  return valueOf(await askWhoKnows({ tenant, store: store.whoKnows, target, requesterId, asOf: AS_OF, now: NOW }));
}

const known = async (given: string | Target, requester?: string) =>
  (await ask(given, requester)).colleagues.map(({ userId, strength, label }) => `${userId} ${strength} ${label}`);

const acme = { type: "customer", customerId: customerIdSchema.parse("acme") } as const;
const out = (subject: OptOutSubject) => testTenant.store.whoKnows.optOut({ subject, at: NOW, by: "user:ada" });

describe("who knows whom", () => {
  it("BX07: finds colleagues of a person, of a person without a customer and of a customer", async () => {
    await savePersons(["p", "acme"], ["q", "acme"]);
    await save(anActivity(), anActivity({ person: "q", user: "bob" }), anActivity({ person: "nobody's", user: "cem" }));
    expect(await known("p")).toEqual(["ana 2.7776 medium", "bob 1.3888 knows the company"]);
    expect(await known(acme)).toEqual(["ana 2.7776 medium", "bob 2.7776 medium"]);
    expect(await known("nobody's")).toEqual(["cem 2.7776 medium"]);
  });

  it("keeps what a person had at a customer whom they have left, and what is told of another customer", async () => {
    await savePersons(["p", "acme"]);
    await save(anActivity());
    await savePersons(["p", "baker"]);
    await save(anActivity({ user: "bob", customer: "coop" }));
    expect(await known("p")).toEqual(["ana 2.7776 medium", "bob 2.7776 medium"]);
  });

  it("never suggests who asks, and knows no person who is a colleague", async () => {
    await saveUsers({ id: "ana" });
    await testTenant.store.imports.saveUsers([
      { userId: userIdSchema.parse("eve"), name: "Eve", role: "rep", email: "Eve@we.example" },
    ]);
    await savePersons(["p", "acme"], ["internal", "acme", "eve@WE.example"]);
    await save(anActivity(), anActivity({ user: "bob" }), anActivity({ person: "internal" }));
    expect(await known("p", "ana")).toEqual(["bob 2.7776 medium"]);
    await expect(ask("internal")).rejects.toThrow("there is no person internal");
    await expect(ask("stranger")).rejects.toThrow("there is no person stranger");
  });

  it("is refused for a day that is not over, and when it is switched off", async () => {
    await save(anActivity());
    const { store, tenant } = testTenant;
    const ofP = { type: "person", somebody: { personId: personIdSchema.parse("p") } } as const;
    const asked = { store: store.whoKnows, target: ofP, now: NOW };
    expect(await askWhoKnows({ ...asked, tenant, asOf: day("2026-11-23") })).toMatchObject({ reason: "not-over" });
    expect(await askWhoKnows({ ...asked, tenant: { ...tenant, whoKnows: { enabled: false } } })).toMatchObject({
      reason: "feature-not-in-edition",
    });
  });

  it("scenario 5: is not moved by a newsletter to thousands", async () => {
    await savePersons(["p", "acme"]);
    await save(anActivity());
    const before = await ask("p");
    await save(anActivity({ type: "email", direction: "out", mass: true, ago: 0 }));
    await save(anActivity({ type: "email", direction: "out", attendees: 4_000, user: "bob", ago: 0 }));
    expect(await ask("p")).toEqual(before);
  });

  it("scenario 6: gives a tenth for a meeting with twelve outsiders, told as twelve rows or as one", async () => {
    const persons = Array.from({ length: 12 }, (_, i) => `p${i}`);
    await savePersons(...persons.map((id) => [id, "acme"] as const));
    const at = "2026-11-22T09:00:00Z";
    await save(...persons.map((person, i) => anActivity({ person, at, ago: 0, id: `M-1#${i}` })));
    expect(await known("p3")).toEqual(["ana 0.3 weak"]);
    expect(await known(acme)).toEqual(["ana 0.3 weak"]);
    await save(anActivity({ person: "p3", ago: 0, user: "bob", attendees: 12 }));
    expect(await known("p3")).toEqual(["ana 0.3 weak", "bob 0.3 weak"]);
  });

  it("scenario 6: knows everybody who is named in its one row, also who works elsewhere or is known from it alone", async () => {
    const persons = Array.from({ length: 12 }, (_, i) => personIdSchema.parse(`p${i}`));
    await savePersons(["p0", "acme"], ["p1", "acme"], ["p2", "baker"]);
    await save(anActivity({ person: "p0", ago: 0, attendees: 12, attendeeIds: persons }));
    for (const person of ["p0", "p1", "p2", "p3"]) expect(await known(person)).toEqual(["ana 0.3 weak"]);
    expect(await known(acme)).toEqual(["ana 0.3 weak"]);
  });

  it("suggests nobody who has left the company", async () => {
    await saveUsers({ id: "ana" });
    await save(anActivity(), anActivity({ user: "bob" }));
    await saveUsers({ id: "ana", isActive: false });
    expect(await ask("p")).toMatchObject({ colleagues: [{ userId: "bob" }], isOrphaned: false });
    await saveUsers({ id: "bob", isActive: false });
    expect(await ask("p")).toMatchObject({ colleagues: [], isOrphaned: true });
    // Who is out never was.
    await out({ type: "user", id: "ana" });
    await out({ type: "user", id: "bob" });
    expect(await ask("p")).toMatchObject({ colleagues: [], isOrphaned: false });
  });

  it("scenario 10: has one history of two entries for one person, once their activities are told of the same", async () => {
    const mails = (person: string, from: number) =>
      Array.from({ length: 2 }, (_, i) =>
        anActivity({ id: `m-${from + i}`, type: "email", direction: "in", person, ago: 1 }),
      );
    await savePersons(["p", "acme"], ["p-again", "acme"]);
    await save(...mails("p", 0), ...mails("p-again", 2));
    last = 0;
    await save(...mails("p", 0), ...mails("p", 2));
    const merged = await ask("p");
    // Four e-mails of a day count as three.
    expect(merged.colleagues.map(({ strength }) => strength)).toEqual([4.4655]);
  });

  it("reads packed years, whatever the number of their activities", async () => {
    await savePersons(["p", "acme"]);
    await save(...Array.from({ length: 60 }, (_, i) => anActivity({ ago: i })));
    for (const shard of testTenant.store.shards) await testTenant.store.rebuild(shard);
    testTenant = testTenant.another();
    await ask("p");
    expect(testTenant.store.usage.itemsRead).toBeLessThan(20);
  });

  it("does not depend on the server's clock: a mail late in the evening is the tenant's next day", async () => {
    testTenant = aTenantStore({ timeZone: "Europe/Kyiv" });
    await save({ ...anActivity({ at: "2026-11-21T23:30:00Z" }), occurredOn: day("2026-11-22") });
    expect((await ask("p")).colleagues).toMatchObject([{ strength: 3, lastOn: "2026-11-22" }]);
  });
});

describe("knowing the company", () => {
  it("reaches persons of the same mail domain at other customers", async () => {
    await savePersons(
      ["p", "acme", "p@group.example"],
      ["q", "baker", "q@Group.example"],
      ["r", "baker", "r@else.example"],
    );
    await save(anActivity({ person: "q", user: "bob" }), anActivity({ person: "r", user: "cem" }));
    expect(await known("p")).toEqual(["bob 1.3888 knows the company"]);
  });

  it("scenario 13: means nothing for an address that anybody may have", async () => {
    await savePersons(["p", "acme", "p@gmail.com"], ["q", "acme", "q@gmail.com"], ["r", "baker", "r@gmail.com"]);
    await save(anActivity({ person: "q", user: "bob" }), anActivity({ person: "r", user: "cem" }));
    expect(await known("p")).toEqual([]);
  });

  it("forgets a domain when the person has another address", async () => {
    await savePersons(["p", "acme", "p@group.example"], ["q", "baker", "q@group.example"]);
    await save(anActivity({ person: "q", user: "bob" }));
    await savePersons(["q", "baker", "q@else.example"]);
    expect(await known("p")).toEqual([]);
  });

  it("is stored without any domain, plain or as a bare hash", async () => {
    await savePersons(["p", "acme", "p@group.example"]);
    const { secret } = (await testTenant.item(testTenant.keys.addressSecret())) ?? {};
    expect(String(secret)).toMatch(/^[\w-]{43}$/);
    const other = aTenantStore();
    await other.store.imports.savePersons([
      { personId: personIdSchema.parse("p"), customerId: customerIdSchema.parse("acme"), email: "p@group.example" },
    ]);
    expect((await other.item(other.keys.addressSecret()))?.["secret"]).not.toBe(secret);
  });
});

describe("who has the address of a program or of a colleague", () => {
  const email = "no-reply@acme.example";
  const steps = {
    users: () =>
      testTenant.store.imports.saveUsers([
        { userId: userIdSchema.parse("eve"), name: "Eve", role: "rep", email: "eve@we.example" },
        { userId: userIdSchema.parse("gil"), name: "Gil", role: "rep", email: "gil@gmail.com" },
      ]),
    persons: () =>
      savePersons(
        ["p", "acme"],
        ["bot", "acme", email],
        ["us", "acme", "EVE@we.example"],
        ["us2", "acme", "gil@gmail.com"],
      ),
    activities: () =>
      save(
        anActivity(),
        ...["bot", "us", "us2", email, "eve@we.example"].map((person) =>
          anActivity({ person, customer: "acme", user: "bob" }),
        ),
      ),
  };
  const another = () => {
    testTenant = testTenant.another();
  };

  it.each([
    ["users", "persons", "activities"],
    ["activities", "persons", "users"],
    ["persons", "activities", "users"],
  ] as const)("is no person, and activities with them are no contacts: %s, %s, then %s", async (...order) => {
    for (const step of order) await steps[step]();
    another();
    expect(await known(acme)).toEqual(["ana 2.7776 medium"]);
    expect(await known("p")).toEqual(["ana 2.7776 medium"]);
    await expect(ask("bot")).rejects.toThrow("there is no person bot");
  });

  it("is one again from the next request on when the address changes", async () => {
    for (const step of [steps.users, steps.persons, steps.activities]) await step();
    await savePersons(["bot", "acme", "bo@acme.example"]);
    another();
    expect(await known(acme)).toEqual(["ana 2.7776 medium", "bob 2.7776 medium"]);
    await savePersons(["bot", "acme", email]);
    another();
    expect(await known(acme)).toEqual(["ana 2.7776 medium"]);
  });
});

describe("opting out", () => {
  beforeEach(async () => {
    await saveUsers({ id: "ana", teamId: "north" }, { id: "bob", teamId: "south" }, { id: "cem", teamId: "south" });
    await savePersons(["p", "acme"], ["q", "acme"]);
    await save(
      anActivity({ ago: 1 }),
      anActivity({ ago: 2, user: "bob" }),
      anActivity({ ago: 3, person: "q", user: "cem" }),
    );
  });

  it.each([
    [{ type: "user", id: "ana" }, ["bob", "cem"]],
    [{ type: "team", id: "south" }, ["ana"]],
    [{ type: "role", id: "rep" }, []],
    [{ type: "person", id: "q" }, ["ana", "bob"]],
    [{ type: "person", id: "p" }, []],
  ] as const)(
    "scenario 8: takes %o out of the next answer and back in with the same strengths",
    async (subject, left) => {
      const before = await ask("p");
      expect(before.colleagues.map(({ userId }) => userId)).toEqual(["ana", "bob", "cem"]);
      await out(subject);
      expect((await ask("p")).colleagues.map(({ userId }) => userId)).toEqual(left);
      await testTenant.store.whoKnows.optIn(subject);
      expect(await ask("p")).toEqual(before);
    },
  );

  it("scenario 8: betrays nobody: the answer is that of a tenant in which they had no contact", async () => {
    await out({ type: "user", id: "ana" });
    const without = await ask("p");
    testTenant = aTenantStore();
    await saveUsers({ id: "ana", teamId: "north" }, { id: "bob", teamId: "south" }, { id: "cem", teamId: "south" });
    await savePersons(["p", "acme"], ["q", "acme"]);
    await save(anActivity({ ago: 2, user: "bob" }), anActivity({ ago: 3, person: "q", user: "cem" }));
    expect(JSON.stringify(without)).toBe(JSON.stringify(await ask("p")));
  });
});
