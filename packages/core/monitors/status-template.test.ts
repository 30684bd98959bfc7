import { describe, expect, it } from "vitest";
import { customerIdSchema } from "../platform/values.ts";
import { type StatusCard, statusTemplateSchema, statusText, unknownIn, unknownVariablesOf } from "./status-template.ts";

const acme: StatusCard = {
  statusName: "Sleeping",
  since: "2026-11-23",
  contactName: "Anna Berg",
  customer: {
    customerId: customerIdSchema.parse("acme"),
    name: "Acme & Sons",
    phone: "+45 12 34 56 78",
    email: "shop@acme.example",
  },
};

const SEED =
  "<name> used to be a good customer, but we have sold them nothing for more than 2 months. <cont> is our contact and calls (<cpho>) or writes (<mail>).";

describe("SA09: the description of a status", () => {
  it("has the company's name, our contact, the company's phone number and e-mail address", () => {
    expect(statusText(SEED, acme, "html")).toBe(
      "Acme &amp; Sons used to be a good customer, but we have sold them nothing for more than 2 months. Anna Berg is our contact and calls (+45 12 34 56 78) or writes (shop@acme.example).",
    );
  });

  it("escapes values for the channel, once, and expands none of them again", () => {
    const named = (name: string, channel: "html" | "slack" | "plain" | "subject") =>
      statusText("<name>!", { ...acme, customer: { ...acme.customer, name } }, channel);
    expect(named("<mail> & <b>", "html")).toBe("&lt;mail&gt; &amp; &lt;b&gt;!");
    expect(named('"A" & <B>', "slack")).toBe('"A" &amp; &lt;B&gt;!');
    expect(named("<mail>", "plain")).toBe("<mail>!");
    expect(named("A\r\nBcc: x", "subject")).toBe("A Bcc: x!");
  });

  it("has the fallback, or nothing, for what is not known", () => {
    const bare = { ...acme, customer: { customerId: acme.customer.customerId } };
    expect(statusText("<name> <cpho|no phone> <mail>.", bare, "plain")).toBe("acme no phone .");
  });

  it("keeps what is no variable as it is written, and names it when it is saved", () => {
    expect(statusText("<xyzq> \\<name> <name>", acme, "html")).toBe("<xyzq> <name> Acme &amp; Sons");
    expect(unknownIn("<xyzq> <Bold> \\<zzzz> <name> <cpho|none> <pers>", "company")).toEqual([
      "<xyzq>",
      "<Bold>",
      "<pers>",
    ]);
    expect(unknownIn("<pers> <ppho> <name>", "person")).toEqual([]);
    expect(unknownIn("<proj> <pers>", "project")).toEqual(["<pers>"]);
  });

  it("names the first unknown variable of each text, with the nearest and all that there are", () => {
    const texts = { subject: "For <name|you> \\<b>", text: "<pers> <nam|x> <b>", missing: undefined };
    const errors = unknownVariablesOf(texts, "company");
    expect(errors.map(({ path, code }) => [path, code])).toEqual([["text", "unknown-variable"]]);
    expect(errors[0]?.message).toMatch(
      /^has the unknown variable <pers>: did you mean <[a-z]{4}>\? There are <name>, <code>, /,
    );
    expect(unknownVariablesOf(texts, "person")[0]?.message).toContain("<nam>: did you mean <name>?");
    expect(unknownVariablesOf({ text: `<${"x".repeat(400)}>` }, "project")[0]?.message.length).toBeLessThan(300);
  });

  it.each([
    ["Call <name", 'has a "<" without its ">" at character 6'],
    ["<name is <cont>", 'has a "<" without its ">" at character 1'],
    ["5 < 6", 'has a "<" without its ">" at character 3'],
    ["<name> and <", 'has a "<" without its ">" at character 12'],
  ])("is refused with an open sign: %s", (text, message) => {
    const read = statusTemplateSchema(100).safeParse(text);
    expect(read.error?.issues[0]?.message).toContain(message);
  });

  it("may have signs that are written with a backslash, and closing ones", () => {
    expect(statusTemplateSchema(100).safeParse("5 \\< 6 > 4").success).toBe(true);
  });
});
