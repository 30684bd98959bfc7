import { describe, expect, expectTypeOf, it } from "vitest";
import { type Channel, type VariablesOf, escapeFor, renderText, template, unknownVariables } from "./template.ts";

const channels: readonly Channel[] = ["html", "slack", "plain", "subject"];

/** Compiles only when `seen` has exactly the names that the compiler finds in `source`. */
const names = <const T extends string>(source: T, seen: VariablesOf<T>[]) => ({ source, seen });

describe("renderText", () => {
  it("puts the card of docs/reference/insights.md 5.5 together, escaped once for HTML", () => {
    const text = "<name> … <cont> … (<cpho>) … (<mail>)";
    const values = { name: "Acme & Sons", cont: "Ana", cpho: "+45 1234", mail: "a@acme.example" };
    expect(renderText(text, values, "html")).toBe("Acme &amp; Sons … Ana … (+45 1234) … (a@acme.example)");
  });

  it.each(channels)("leaves an unknown variable as it stands in %s", (channel) => {
    expect(renderText("see <xyzq> and <xyzq|nothing>", { name: "Acme" }, channel)).toBe(
      "see <xyzq> and <xyzq|nothing>",
    );
  });

  it("never expands what a value brings along", () => {
    const values = { name: "<mail>", mail: "<name>" };
    expect(renderText("<name> <mail>", values, "plain")).toBe("<mail> <name>");
    expect(renderText("<name> <mail>", values, "html")).toBe("&lt;mail&gt; &lt;name&gt;");
  });

  it("takes a value's dollar signs as they are", () => {
    expect(renderText("<name>", { name: "$& $1 $$" }, "plain")).toBe("$& $1 $$");
  });

  it("falls back when a value is empty", () => {
    expect(renderText("call <cpho|no phone>", { cpho: "" }, "plain")).toBe("call no phone");
    expect(renderText("call <cpho|no phone>", { cpho: "+45 1234" }, "plain")).toBe("call +45 1234");
    expect(renderText("call <cpho>.", { cpho: "" }, "plain")).toBe("call .");
    expect(renderText("call <cpho|>.", { cpho: "" }, "plain")).toBe("call .");
  });

  it("escapes a fallback like a value", () => {
    expect(renderText("<cpho|phone & fax>", { cpho: "" }, "html")).toBe("phone &amp; fax");
  });

  it("makes a plain < of \\<", () => {
    expect(renderText("\\<name> is <name>", { name: "Acme" }, "plain")).toBe("<name> is Acme");
    expect(renderText("2 \\< 3", {}, "plain")).toBe("2 < 3");
  });

  it("takes only names of a letter and three letters or digits", () => {
    const values = { name: "Acme", cf01: "x", "1abc": "no", nam: "no", names: "no", Name: "no" };
    expect(renderText("<cf01> <1abc> <nam> <names> <Name> < name> <name >", values, "plain")).toBe(
      "x <1abc> <nam> <names> <Name> < name> <name >",
    );
  });

  it("finds a variable after a stray <", () => {
    expect(renderText("1 < 2 <name>", { name: "Acme" }, "plain")).toBe("1 < 2 Acme");
    expect(renderText("<<name>>", { name: "Acme" }, "plain")).toBe("<Acme>");
  });

  it("reaches nothing that the values do not own", () => {
    const values = { name: "Acme" };
    expect(renderText("<cons> <constructor> <__proto__> <toString>", values, "plain")).toBe(
      "<cons> <constructor> <__proto__> <toString>",
    );
    const inherited: Record<string, string> = Object.create({ cpho: "inherited" });
    expect(renderText("<cpho>", inherited, "plain")).toBe("<cpho>");
  });

  it("makes one line of a subject, whatever brings the break", () => {
    const values = { name: "Acme\r\nBcc: all@example.com" };
    expect(renderText("<name>", values, "subject")).toBe("Acme Bcc: all@example.com");
    expect(renderText("News\nfor\u2028<name|\r>\n", { name: "" }, "subject")).toBe("News for");
  });

  it("keeps the breaks of a body", () => {
    expect(renderText("a\n<name>", { name: "b\nc" }, "plain")).toBe("a\nb\nc");
  });
});

describe("escapeFor", () => {
  const dangerous = `<b>"Tom" & 'Jerry'</b>`;

  it.each([
    ["html", "&lt;b&gt;&quot;Tom&quot; &amp; 'Jerry'&lt;/b&gt;"],
    ["slack", `&lt;b&gt;"Tom" &amp; 'Jerry'&lt;/b&gt;`],
    ["plain", dangerous],
    ["subject", dangerous],
  ] as const)("for %s", (channel, escaped) => {
    expect(escapeFor(channel, dangerous)).toBe(escaped);
  });

  it("escapes an escape again, so that text is read as it was written", () => {
    expect(escapeFor("html", "&lt;")).toBe("&amp;lt;");
  });
});

describe("unknownVariables", () => {
  it("names each variable that is not known, once", () => {
    expect(unknownVariables("<name> <xyzq> <xyzq|a> \\<abcd> <cons>", ["name"])).toEqual(["xyzq", "cons"]);
  });
});

describe("template", () => {
  it.each([
    names("no variables", []),
    names("<name>", ["name"]),
    names("<name> <name> <cf01|x>", ["name", "cf01"]),
    names("1 < 2 <name>", ["name"]),
    names("<<name>>", ["name"]),
    names("\\<name> <mail>", ["mail"]),
    names("<name|a\\<b> <mail>", ["mail"]),
    names("<1abc> <nam> <names> <Name> <name", []),
    names("<name|no phone> > <", ["name"]),
  ])("sees the same variables of $source at compile time and at run time", ({ source, seen }) => {
    expect(template(source).names).toEqual(seen);
  });

  it("sees no variable that the text does not have", () => {
    expectTypeOf<VariablesOf<"\\<name> <nam> <Name> <name|a<b> <1abc>">>().toEqualTypeOf<never>();
    expectTypeOf<VariablesOf<"1 < 2 <name> <cpho|a>">>().toEqualTypeOf<"name" | "cpho">();
  });
});
