import { builtInInsights } from "@regulars/core/insights/catalog";
import { changedValues } from "@regulars/core/tenants/change-log";
import { type Tenant, tenantSchema } from "@regulars/core/tenants/tenant";
import { toInstant } from "@regulars/core/platform/values";
import { pageWordsOf } from "@regulars/render/texts/page-words";
import { describe, expect, it } from "vitest";
import { settingFields } from "@regulars/render/code-red/setting-fields";
import { changesView } from "./changes-view.ts";
import { groupsOf } from "./settings-groups.ts";

const { kinds, textOf } = builtInInsights;

const TENANT = tenantSchema.parse({
  tenantId: "acme",
  name: "Acme",
  timeZone: "Europe/Copenhagen",
  currency: "EUR",
  edition: "basic",
});

/** Values that are unlike the usual ones, of settings that are no choice. */
const CHANGED = tenantSchema.parse({
  ...TENANT,
  name: "נורדיק {A}",
  edition: "pro",
  locale: "da-DK",
  currency: "DKK",
  phoneCountry: "UA",
  priceEditing: true,
  maxAlertsPerRepPerDay: 1000,
  keepDays: 91,
  closures: [
    { from: "12-24", to: "12-26" },
    { from: "2026-07-01", to: "2026-07-01" },
  ],
  monitors: {
    periods: { company: [10, 20], person: [5], project: [45] },
    ordersAreSales: false,
    amountClasses: [
      { class: 1, currency: "EUR", fromMinor: 0, toMinor: 10_000 },
      { class: 2, currency: "EUR", fromMinor: 10_000 },
    ],
  },
  whoKnows: { enabled: false, mode: "basic", templates: { "en-a-b": { subject: "Kender du <pers>?", body: "Hej" } } },
  templates: { da: { "digest.footer": "Max" } },
});

/** Every setting that has a form, each with every value that it has a choice of. */
function changedTenants(): readonly Tenant[] {
  const groups = groupsOf(TENANT, { kinds }).filter(({ id }) => id !== "company" && id !== "monitors");
  const values = new Map<string, unknown[]>();
  for (const { id, settings } of groups)
    for (const { name, choices, usual } of settings)
      values.set(`${id}.${name}`, (choices ?? [usual ?? "7"]).map(valueOf));
  for (const { name, choices, range } of settingFields)
    values.set(`codeRed.${name}`, choices?.map(([own]) => valueOf(own)) ?? [range?.most]);
  for (const { id } of kinds) values.set(`insights.${id}.followUp`, ["max"]);
  values.set("relationships.contactDays@מלון", [30]);
  const most = Math.max(...[...values.values()].map(({ length }) => length));
  return Array.from({ length: most }, (_, at) => {
    const picked = [...values].map(([path, all]) => [path, all[at % all.length]] as const);
    const of = (group: string): Record<string, unknown> =>
      Object.fromEntries(
        picked
          .filter(([path]) => path.startsWith(`${group}.`))
          .map(([path, value]) => [path.slice(group.length + 1), value]),
      );
    return {
      ...CHANGED,
      codeRed: of("codeRed"),
      relationships: of("relationships"),
      insights: Object.fromEntries(kinds.map(({ id }) => [id, of(`insights.${id}`)])),
    };
  });
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The rows of the log: the setting's label and path, the value before and the one after. */
async function rowsIn(language: string, before: Tenant, after: Tenant) {
  const words = await pageWordsOf(language, textOf);
  const changes = [{ at: toInstant(0), by: "user:ana", changes: changedValues(before, after) }];
  const drawn = String(await changesView({ changes, authorOf: () => "Ana", kinds }, TENANT, words));
  return drawn
    .split("<tr>")
    .slice(2)
    .map((row) => {
      const [, label = ""] = /<th scope="row">(.*?)<code/s.exec(row) ?? [];
      const [, path = ""] = /<code[^>]*>(.*?)<\/code>/.exec(row) ?? [];
      return {
        path,
        label: bare(label),
        values: row
          .split(/<td[^>]*>/)
          .slice(-2)
          .map(bare),
      };
    });
}
const bare = (text: string): string => text.replaceAll(/<[^>]*>/g, "").trim();

describe("who changed what of the settings", () => {
  it.each(["en", "da", "pt-BR", "uk"])(
    "calls every setting and every value as the reader does (%s)",
    async (language) => {
      const all = changedTenants();
      const seen = new Set<string>();
      for (const after of all)
        for (const { path, label, values } of await rowsIn(language, TENANT, after)) {
          seen.add(path);
          expect([path, label]).not.toEqual([path, ""]);
          // No word of a program: neither JSON, nor a name with capitals inside, nor true and false.
          const told = values.filter(
            (value) => !["נורדיק {A}", "max", "Max", "Kender du &lt;pers&gt;?"].includes(value),
          );
          expect([path, ...told].join(" | ")).not.toMatch(
            /\| .*([{}[\]]|[a-z][A-Z]|\b(?:true|false|null|undefined)\b)/,
          );
          expect([path, label]).not.toEqual([path, expect.stringMatching(/[{}[\]]|[a-z][A-Z]/)]);
        }
      const forms = groupsOf(TENANT, { kinds }).filter(({ id }) => id !== "company" && id !== "monitors");
      const paths = forms.flatMap(({ id, settings }) => settings.map(({ name }) => `${id}.${name}`));
      expect([...seen]).toEqual(
        expect.arrayContaining([...paths, ...settingFields.map(({ name }) => `codeRed.${name}`)]),
      );
    },
  );

  it("gives values their units, days and lists as the reader writes them", async () => {
    const [first = TENANT] = changedTenants();
    const rows = await rowsIn("da", TENANT, first);
    const told = Object.fromEntries(rows.map(({ path, label, values }) => [path, [label, ...values]]));
    expect(told).toMatchObject({
      closures: ["Lukkedage", "ingen", "24. dec. – 26. dec. og 1. jul. 2026"],
      phoneCountry: ["Land for telefonnumre", "normalt", "Ukraine (UA)"],
      "monitors.periods.company": ["Tælleres perioder, i dage: kunde", "normalt", "10 og 20"],
      "monitors.amountClasses": ["Beløbsklasser", "normalt", "1: 0,00\u00a0€ – 100,00\u00a0€ og 2: ≥ 100,00\u00a0€"],
      "codeRed.percent": ["Rød fra", "normalt", "100 % mindre"],
      "insights.churn-risk.followUp": ["Risiko for frafald: Tekst til opfølgning", "normalt", "max"],
      "templates.da.digest.footer": ["Tekst i beskeder (dansk)", "normalt", "Max"],
      "relationships.contactDays@מלון": ["Forventede dage mellem to kontakter, \u2068מלון\u2069", "normalt", "30"],
    });
  });

  it("shows a day that no year has and a value that is refused today as they were written, and a category whole", async () => {
    const words = await pageWordsOf("da", textOf);
    const changes = [
      { setting: "closures", from: [{ from: "06-01", to: "06-31" }], to: null },
      { setting: "monitors.amountClasses", from: [{ class: 0 }], to: "none" },
      { setting: "relationships.contactDays@B.2 @ West", from: 20, to: 30 },
    ];
    const drawn = bare(
      String(
        await changesView(
          { changes: [{ at: toInstant(0), by: "a", changes }], authorOf: String, kinds },
          TENANT,
          words,
        ),
      ),
    );
    expect(drawn).toContain("1. jun. – 06-31");
    expect(drawn).toContain("&quot;class&quot;:0");
    expect(drawn).toContain("Forventede dage mellem to kontakter, B.2 @ West");
  });
});
