import { expect, it } from "vitest";
import { NAME_LENGTH } from "../plain-text.ts";
import { aDigest, aSection, anEntry, hostileValues, someSales } from "../testing.ts";
import { digestMessage } from "./digest-message.ts";

const textsOf = (value: unknown): readonly string[] => {
  const texts: string[] = [];
  JSON.stringify(value, (key, one: unknown) => {
    if (key === "text" && typeof one === "string") texts.push(one);
    return one;
  });
  return texts;
};

const toDo = (text: string) => ({
  count: 7,
  due: 7,
  tasks: Array.from({ length: 5 }, () => ({
    customerName: text,
    type: "call",
    text,
    dueOn: "2026-11-22",
    isLate: true,
  })),
});

it("tells in Slack what the mail tells, and why it is not a mail", () => {
  const { text, blocks } = digestMessage(
    aDigest({
      sections: [aSection({ count: 3 })],
      lines: [anEntry({ customerName: "Café Crémant", contact: { name: "Jo", phone: "+45 20 30 40 50" } })],
      sales: someSales(),
      toDo: toDo("Bring the price list"),
    }),
    "sanne@acme.example",
  );
  expect(text).toBe("Acme Foods: 3 to act on");
  const told = textsOf(blocks).join("\n");
  for (const fact of [
    "*<https://regulars.example/",
    "|Café Crémant>*",
    "<tel:+4520304050|+45 20 30 40 50>",
    "<https://regulars.example/for-you|Open your whole list: and 2 more>",
    "Bring the price list",
    "-20",
    "Blå Bistro",
    "You get this here because your address sanne@acme.example takes no mail at the moment.",
  ])
    expect(told).toContain(fact);
});

it("BX20: stays within Slack's limits, and writes every value as letters", () => {
  for (const value of [...hostileValues, "& ".repeat(NAME_LENGTH), "<".repeat(5_000)]) {
    const line = anEntry({
      customerName: value,
      why: value,
      title: value,
      also: [value, value],
      contact: { name: value, phone: value },
    });
    const digest = aDigest({
      tenantName: value,
      to: { name: value, address: "sanne@acme.example" },
      sections: [aSection({ count: 40 })],
      lines: Array.from({ length: 10 }, () => ({ ...line })),
      toDo: toDo(value.slice(0, 10_000)),
      sales: someSales({
        lowest: {
          windowDays: 30,
          customers: 5,
          rows: Array.from({ length: 5 }, () => ({ customerName: value.slice(0, 10_000), units: 1, salesMinor: 1 })),
        },
      }),
    });
    const { blocks } = digestMessage(digest, value.slice(0, 10_000));
    const texts = textsOf(blocks);
    expect(blocks.length).toBeLessThanOrEqual(50);
    expect(Math.max(...texts.map((one) => one.length))).toBeLessThanOrEqual(3_000);
    expect(texts.join("").length).toBeLessThanOrEqual(13_000);
    expect(texts.join("").replaceAll(/<(?:tel:[+\d]+|https:[^<>|]*)\|[^<>|]*>/g, "")).not.toMatch(/[<>]/);
  }
});
