import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";

/** The messages of a tenant from the command line, on imported files. */

let place: TempWorkspace;

beforeAll(async () => {
  place = await aWorkspace();
  const files = {
    users: "userId,name,email,role\nana,Ana,ana@we.example,rep\nada,Ada,ada@we.example,admin",
    customers: "customerId,name,repId\nacme,=Acme <b>,ana\nbyte,Byte,ana",
    invoices: "invoiceId,customerId,invoiceDate,dueDate,total\ni1,acme,2026-08-01,2026-08-31,100.00",
  };
  for (const [kind, text] of Object.entries(files)) {
    await place.write(`${kind}.csv`, `${text}\n`);
    await place.json(["import", kind, `${kind}.csv`, "--tenant", "t"]);
  }
  await place.json(["night", "--tenant", "t", "--as-of", "2026-11-22"]);
});
afterAll(() => place.close());

const templates = (...more: readonly string[]) => ["templates", ...more, "--tenant", "t"];

describe("regulars templates", () => {
  it("lists the texts, previews words with a real customer and saves nothing", async () => {
    const { templates: all } = await place.json<{ templates: readonly { textId: string }[] }>(
      templates("--language", "da"),
    );
    expect(all.map(({ textId }) => textId)).toContain("overdue-payments.why");
    const words = "<ovrd> <invo|none>";
    expect(await place.json(templates("overdue-payments.why", "--words", words, "--language", "da"))).toMatchObject({
      textId: "overdue-payments.why",
      customer: "acme",
      places: [{ place: "text", written: "100,00\u00a0€ 1" }, { place: "html" }, { place: "slack" }],
      versions: [],
    });
  });

  it("shows the versions of a text that was saved, and how it reads", async () => {
    for (const words of ["Hej fra <firm>", ""])
      await place.json(["settings", "--tenant", "t", "--template", `da:digest.footer=${words}`]);
    const shown = await place.json<{ versions: readonly object[] }>(templates("digest.footer", "--language", "da"));
    expect(shown.versions).toMatchObject([
      { version: 2, by: "operator", words: null },
      { version: 1, words: "Hej fra <firm>" },
    ]);
  });

  it.each([
    [["digest.foter"], /did you mean digest\.footer/],
    [["digest.footer", "--words", "<frim>"], /unknown variable <frim>: did you mean <firm>/],
    [["digest.footer", "--customer", "nobody"], /there is no customer nobody/],
    [["overdue-payments.why", "--customer", "byte"], /Byte has no finding “Overdue payments”: acme has one/],
    [["--language", "sv"], /the languages are en, da, pt-BR, uk/],
    [["--words", "a"], /name it, like digest\.footer/],
  ])("refuses %j with what is allowed", async (more, said) => {
    const { code, stderr } = await place.run(templates(...more));
    expect([code, stderr]).toEqual([2, expect.stringMatching(said)]);
  });
});
