import { builtInInsights } from "../insights/catalog.ts";
import { textIdIn } from "../platform/message-text.ts";
import { describe, expect, it } from "vitest";
import { changedTemplates, hasTemplate, templateFault, templateRules, tenantTexts } from "./templates.ts";

const rules = templateRules(builtInInsights);
const fault = (textId: string, words: string | null) => templateFault(textId, words, rules);

describe("a tenant's own words", () => {
  it("are taken with the variables that the text has", () => {
    expect(fault("digest.footer", "Du sælger for <firm>.")).toBeUndefined();
    expect(
      fault("churn-risk.followUp", "Hej <pers>, <dlst> dage siden <lsal>. Ring: <cpho|–>\nHilsen <cont>"),
    ).toBeUndefined();
    expect(
      fault("overdue-payments.why", "{invo, plural, one {# faktura} other {# fakturaer}}: <ovrd>"),
    ).toBeUndefined();
    expect(fault("churn-risk.why", "før <prev>, <ordr> ordrer")).toBeUndefined();
    expect(fault("digest.footer", "\\<b> of <firm>: 3 < 4, I <3 you, a<")).toBeUndefined();
  });

  it.each<[string, string, string]>([
    ["digest.footer", "For <frim>", "has the unknown variable <frim>: did you mean <firm>? There are <firm>"],
    ["digest.first", "Hi <name>", "has the unknown variable <name>: this text has none"],
    [
      "digest.subject",
      "<dats>",
      "has the unknown variable <dats>: did you mean <date>? There are <firm>, <cnts>, <date>",
    ],
    [
      "churn-risk.why",
      "<name>",
      "has the unknown variable <name>: did you mean <dlst>? There are <dlst>, <usul>, <lsal>, <risk>, <hrzn>, <prev>, <ordr>",
    ],
    [
      "churn-risk.followUp",
      "Call <cpho>",
      "needs a fallback for <cpho>, which may be empty: write it like <cpho|unknown>",
    ],
    [
      "introduction.text",
      "From <name>",
      "needs a fallback for <name>, which may be empty: write it like <name|unknown>",
    ],
    ["digest.footer", "{firm, plural, one {a}}", '"{firm, plural," has no "other {…}"'],
    [
      "digest.footer",
      "{frim, select, other {a}}",
      "has the unknown variable <frim>: did you mean <firm>? There are <firm>",
    ],
    [
      "digest.footer",
      "{firm, select, other {<xxxx>}}",
      "has the unknown variable <xxxx>: did you mean <firm>? There are <firm>",
    ],
    [
      "digest.footer",
      "For <firm",
      'has a "<" that is not closed, at "<firm": a variable is written <name>, and the sign itself \\<',
    ],
    [
      "digest.footer",
      "For <firm|us and",
      'has a "<" that is not closed, at "<firm": a variable is written <name>, and the sign itself \\<',
    ],
    ["digest.footer", "<firm> <Firm>", "has the unknown variable <Firm>: did you mean <firm>? There are <firm>"],
    ["digest.footer", "<b>A</b>", "has the unknown variable <b>: did you mean <firm>? There are <firm>"],
    ["digest.footer", "<company>", "has the unknown variable <company>: did you mean <firm>? There are <firm>"],
    ["digest.footer", " ", "is empty: null goes back to the product's words"],
    ["digest.subject", "a\nb", "is longer than one line"],
    ["digest.footer", "x".repeat(100_000), "has 100000 characters: at most 600"],
  ])("are refused for %s: %.40j", (textId, words, expected) => {
    expect(fault(textId, words)).toBe(expected);
  });

  it("are refused for a text that cannot be replaced, with the nearest one", () => {
    expect(fault("digest.foter", "a")).toMatch(
      /^is no text that can be replaced: did you mean digest\.footer\? There are /,
    );
    expect(fault("__proto__", null)).toMatch(/^is no text that can be replaced/);
  });

  it("are the product's own words too: each can be saved as it is", () => {
    const texts = builtInInsights.kinds.flatMap((kind) => [...kind.texts]).filter(([id]) => rules.has(id));
    expect(texts.flatMap(([id, text]) => fault(id, text) ?? [])).toEqual([]);
    expect(texts).toHaveLength(3 * builtInInsights.kinds.length);
  });

  it("change one text only, and go back with null; nothing is changed when one is refused", () => {
    const stored = { da: { "digest.footer": "A", "digest.first": "B" }, uk: { "digest.first": "C" } };
    const changed = (change: Parameters<typeof changedTemplates>[2]) =>
      changedTemplates(builtInInsights, stored, change);
    expect(changed({ da: { "digest.footer": "D <firm>" }, uk: { "digest.first": null } })).toEqual({
      ok: true,
      value: { da: { "digest.footer": "D <firm>", "digest.first": "B" } },
    });
    expect(changed({ da: { "digest.first": "E", "digest.footer": "<xxxx>" } })).toEqual({
      ok: false,
      reason: "unusable-setting",
      message: "templates.da.digest.footer has the unknown variable <xxxx>: did you mean <firm>? There are <firm>",
      errors: [
        {
          path: "templates.da.digest.footer",
          code: "bad-value",
          message: "has the unknown variable <xxxx>: did you mean <firm>? There are <firm>",
        },
      ],
    });
    expect(stored.da["digest.first"]).toBe("B");
  });

  it("are used in their language only", () => {
    const templates = { da: { "digest.footer": "A" } };
    const texts = tenantTexts({ templates }, (id) => `usual ${id}`);
    expect(texts(textIdIn("digest.footer", "da"))).toBe("A");
    expect(texts(textIdIn("digest.footer", "uk"))).toBe("usual in:uk:digest.footer");
    expect([hasTemplate({ templates }, "digest.footer"), hasTemplate({ templates }, "digest.first")]).toEqual([
      true,
      false,
    ]);
  });
});
