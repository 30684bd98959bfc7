import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";

/** Who knows whom from the command line, on imported files. */

let place: TempWorkspace;

/** What no answer, log or export may have: it is in columns that the file has and no import knows. */
const SECRET = "CANARY-7f3a";

beforeAll(async () => {
  place = await aWorkspace();
  const files = {
    users: "userId,name,email\nana,Ana,ana@we.example\nbob,Bob,bob@we.example\ncem,Cem,cem@we.example",
    customers: "customerId,name\nacme,ACME",
    persons: `personId,customerId,name,email\np,acme,Olena,${SECRET}@acme.example\nq,acme,Oleh,q@acme.example`,
    activities: [
      "activityId,type,direction,userId,personId,occurredAt,subject,body,from",
      `a1,meeting,none,bob,p,2026-11-20,${SECRET} subject,${SECRET} body,${SECRET}@acme.example`,
      `a2,email,in,cem,nobody,2026-11-20,${SECRET},${SECRET},${SECRET}@else.example`,
    ].join("\n"),
  };
  for (const [kind, text] of Object.entries(files)) {
    await place.write(`${kind}.csv`, `${text}\n`);
    await place.json(["import", kind, `${kind}.csv`, "--tenant", "t"]);
  }
});
afterAll(() => place.close());

interface Known {
  readonly asOf: string;
  readonly personId: string;
  readonly colleagues: readonly { readonly userId: string }[];
}

const whoKnows = (...more: readonly string[]) => ["who-knows", "--tenant", "t", "--as-of", "2026-11-22", ...more];

describe("regulars who-knows", () => {
  it("RH13, BX07: names colleagues of a person, of one without a customer and of a customer", async () => {
    expect(await place.json<Known>(whoKnows("--person", "p"))).toEqual({
      asOf: "2026-11-22",
      personId: "p",
      isOrphaned: false,
      colleagues: [
        { userId: "bob", name: "Bob", strength: 2.9541, label: "medium", lastOn: "2026-11-20", meetings: 1 },
      ],
    });
    expect((await place.json<Known>(whoKnows("--person", "nobody"))).colleagues).toMatchObject([{ userId: "cem" }]);
    expect((await place.json<Known>(whoKnows("--customer", "acme"))).colleagues).toMatchObject([{ userId: "bob" }]);
  });

  it("refuses a person whom nobody has told of, and to name nobody or two", async () => {
    expect(await place.run(whoKnows("--person", "stranger"))).toMatchObject({ code: 2 });
    expect(await place.run(whoKnows())).toMatchObject({ code: 2 });
    expect(await place.run(whoKnows("--person", "p", "--customer", "acme"))).toMatchObject({ code: 2 });
  });

  it("takes an employee out, and back in", async () => {
    await place.json(["opt-outs", "out", "user", "bob", "--tenant", "t"]);
    expect((await place.json<Known>(whoKnows("--person", "p"))).colleagues).toEqual([]);
    await place.json(["opt-outs", "in", "user", "bob", "--tenant", "t"]);
    expect((await place.json<Known>(whoKnows("--person", "p"))).colleagues).toHaveLength(1);
    expect(await place.run(["opt-outs", "out", "dog", "x", "--tenant", "t"])).toMatchObject({ code: 2 });
  });

  it("RH14: refuses to ask oneself, and a colleague who has had no contact", async () => {
    const ask = (colleague: string) =>
      place.run(["introductions", "ask", "--tenant", "t", "--by", "ana", "--person", "p", "--colleague", colleague]);
    expect((await ask("ana")).stderr).toContain("ana cannot be asked by themselves");
    expect((await ask("cem")).stderr).toContain("cem is not known to have been in touch with person p");
    expect(await place.run(["introductions", "accept", "intro_x", "--tenant", "t", "--by", "ana"])).toMatchObject({
      code: 2,
    });
    const none = { asked: [], askedOf: [] };
    expect(await place.json(["introductions", "list", "--tenant", "t", "--by", "ana"])).toEqual(none);
  });

  it("lets no subject, body or address out: the canary is in no answer and no message", async () => {
    const told = await Promise.all([
      place.run(whoKnows("--person", "p")),
      place.run(whoKnows("--person", "nobody", "--json")),
      place.run(whoKnows("--customer", "acme")),
      place.run(["introductions", "list", "--tenant", "t", "--by", "ana"]),
      place.run(["deliveries", "--tenant", "t", "--json"]),
    ]);
    expect(JSON.stringify(told)).not.toContain(SECRET);
  });
});
