import { dayOf, moneyOf, numberOf, phraseOf, textOf } from "@regulars/core/platform/message-text";
import { currencySchema, day } from "@regulars/core/platform/values";
import { describe, expect, it } from "vitest";
import { formatsOf } from "./formats.ts";
import { writeText } from "./write-text.ts";

const EUR = currencySchema.parse("EUR");
const USD = currencySchema.parse("USD");
const texts = (id: string) =>
  new Map([
    ["k.why", "<name> owes <owes> since <dued>, <days> days<disp>"],
    ["k.disputed", ", <disp> of them disputed"],
  ]).get(id);

describe("a text", () => {
  const variables = {
    name: textOf("Café <owes>"),
    owes: moneyOf([
      { minor: 123_450, currency: EUR },
      { minor: 1_000, currency: USD },
    ]),
    dued: dayOf(day("2026-10-22")),
    days: numberOf(1_234.5),
    disp: phraseOf("k.disputed", { disp: numberOf(2) }),
  };

  it("uses the formats of the reader's locale, not those of the locale in which the message was created", () => {
    const written = (locale: string) => writeText({ template: "k.why", variables }, texts, formatsOf(locale));
    expect(written("en")).toBe(
      "Café <owes> owes €1,234.50 and $10.00 since Oct 22, 2026, 1,234.5 days, 2 of them disputed",
    );
    expect(written("de")).toBe(
      "Café <owes> owes 1.234,50\u00a0€ and 10,00\u00a0$ since 22. Okt. 2026, 1.234,5 days, 2 of them disputed",
    );
  });

  it("is the tenant's own text if there is one", () => {
    const own = { text: "Dear <name|friend>, <days>!", variables: { ...variables, name: textOf("") } };
    expect(writeText(own, texts, formatsOf("en"))).toBe("Dear friend, 1,234.5!");
  });

  it("throws for an unknown text", () => {
    const why = (template: string, values = {}) => writeText({ template, variables: values }, texts, formatsOf("en"));
    expect(() => why("k.none")).toThrow("there is no text k.none");
    expect(() => why("k.why", { disp: phraseOf("k.gone") })).toThrow("there is no text k.gone");
  });
});
