import { day } from "@regulars/core/platform/values";
import { expect, it } from "vitest";
import { buildSkeleton } from "./build-skeleton.ts";
import { digestEmail } from "./digest.ts";
import { aDigest, aSection, anEntry, hostileValues, someSales } from "../testing.ts";
import { readFile } from "node:fs/promises";

const threeSections = [
  aSection({ kind: "overdue-payments", counted: "3 overdue", count: 3, newCount: 1 }),
  aSection({ count: 2, counted: "2 churn risks" }),
  aSection({ kind: "lost-items", counted: "1 customer with lost items", count: 1 }),
];
const threeLines = ["Churn risk", "Overdue payments", "Lost items"].map((title) => anEntry({ title }));

it("uses the skeleton compiled from digest.mjml", async () => {
  const committed = await readFile(new URL("./digest-skeleton.ts", import.meta.url), "utf8");
  expect(committed).toBe(await buildSkeleton());
});

it("has the number of findings of each kind and the as-of day in its subject", () => {
  expect(digestEmail(aDigest({ sections: threeSections })).subject).toBe(
    "Acme Foods: 3 overdue, 2 churn risks, 1 customer with lost items – 22 Nov",
  );
});

it("has its subject as title, a preview text with the first names and reasons, and no unfilled placeholder", () => {
  const { html, subject } = digestEmail(aDigest({ sections: threeSections, sales: someSales() }));
  expect(html).toContain(`<title>${subject}</title>`);
  expect(html).toMatch(/display:none[^>]*>Café Crémant: silent 22 days, usually 14/);
  expect(html).not.toContain("{{");
});

it("F1: keeps the entries in the order given, whatever their kind", () => {
  const { html, text } = digestEmail(aDigest({ sections: threeSections, lines: threeLines }));
  for (const part of [html, text]) {
    const at = ["Churn risk:", "Overdue payments:", "Lost items:"].map((title) => part.indexOf(title));
    expect(at.toSorted((a, b) => a - b)).toEqual(at);
    expect(at[0]).toBeGreaterThan(0);
  }
});

it("gives for each finding customer, reason, money at stake, contact, link and suggested message", () => {
  const { html, text } = digestEmail(
    aDigest({ lines: [anEntry({ isNew: true, also: ["Rye: not in the last 9 orders"] })] }),
  );
  for (const part of [html, text])
    for (const said of [
      "▲ High",
      "NEW",
      "Café Crémant",
      "silent 22 days, usually 14",
      "€12,480.50",
      "Åse Nørgård",
      "+45 12 34 56 78",
      "tel:+4512345678",
      "https://regulars.example/findings/cold-coffee:cafe",
      "Hello Café Crémant, is there anything you are missing?",
      "also Rye: not in the last 9 orders",
    ])
      expect(part).toContain(said);
});

it("marks each level with a shape and a word", () => {
  const lines = (["high", "medium", "watch"] as const).map((level) => anEntry({ level }));
  const { html } = digestEmail(aDigest({ lines }));
  expect(html.match(/[▲◆○] \w+(?=<)/g)).toEqual(["▲ High", "◆ Medium", "○ Watch"]);
});

it("writes money, numbers and days as the reader's locale does", () => {
  const { html, subject } = digestEmail(
    aDigest({ locale: "da-DK", sections: [aSection({ count: 1200, counted: "1.200 churn risks" })] }),
  );
  expect(html).toContain("12.480,50\u00a0€");
  expect(html).toContain("22. november 2026");
  expect(subject).toBe("Acme Foods: 1.200 churn risks – 22. nov.");
});

it("says how many more there are and links to the whole list", () => {
  const { html, text } = digestEmail(aDigest({ sections: [aSection({ count: 13 })] }));
  expect(html).toMatch(/<a href="https:\/\/regulars\.example\/for-you"[^>]*>and 12 more<\/a>/);
  expect(text).toContain("and 12 more: https://regulars.example/for-you");
});

it("says nothing about more findings when all are shown", () => {
  const { html, text } = digestEmail(aDigest());
  expect(html + text).not.toMatch(/and .* more/);
});

it("leaves out an unknown contact, message or money at stake", () => {
  const line = anEntry({ contact: undefined, followUp: " ", atStakeMinor: 0 });
  const { html, text } = digestEmail(aDigest({ lines: [line] }));
  expect(html).not.toMatch(/tel:|Message you can send|at stake|>Call /);
  expect(text).not.toMatch(/Call:|Message you can send|At stake/);
});

it("shows a number that cannot be dialled without a link", () => {
  const line = anEntry({ contact: { name: "Åse", phone: "ask at the counter" } });
  const { html } = digestEmail(aDigest({ lines: [line] }));
  expect(html).toContain("ask at the counter");
  expect(html).not.toContain("tel:");
});

it("keeps the line breaks of the message to send", () => {
  const line = anEntry({ followUp: "Hello,\r\nhow are you?\n\nSanne" });
  const { html, text } = digestEmail(aDigest({ lines: [line] }));
  expect(html).toContain("Hello,<br>how are you?<br><br>Sanne");
  expect(text).toContain("  > Hello,\n  > how are you?\n  >\n  > Sanne");
});

it("FY05, FY26 ends with weekly sales and the lowest performers, after the findings", () => {
  const { html, text } = digestEmail(aDigest({ lines: threeLines, sales: someSales() }));
  for (const part of [html, text]) {
    const at = ["Lost items", "Weekly sales", "Lowest performing customers"].map((title) => part.indexOf(title));
    expect(at.toSorted((a, b) => a - b)).toEqual(at);
    for (const said of ["16 Nov to 22 Nov", "€160.00", "▼ -20 %", "the week before: €200.00"])
      expect(part).toContain(said);
    for (const said of ["by units, of 2 customers with an order in 30 days", "-36 units · -€12.50", "1 unit · €9.00"])
      expect(part).toContain(said);
    expect(part.indexOf("-36 units")).toBeLessThan(part.indexOf("1 unit ·"));
    expect(part).not.toContain("GP");
  }
});

it("FY24 shows GP% if the digest has it, and says when it cannot be computed", () => {
  const grossProfit = { gpPct: 22.86, changePoints: 1.5 };
  const rows = [22.86, null].map((gpPct) => ({ customerName: "Café", units: 1, salesMinor: 900, gpPct }));
  const lowest = { windowDays: 30, customers: 2, rows };
  const { html, text } = digestEmail(aDigest({ sales: someSales({ grossProfit, lowest }) }));
  for (const part of [html, text])
    for (const said of ["22.86 % GP, ▲ +1.5 points", "€9.00 · 22.86 % GP", "€9.00 · GP% unknown"])
      expect(part).toContain(said);
  const unknown = someSales({ changePct: null, grossProfit: { gpPct: null, changePoints: null } });
  expect(digestEmail(aDigest({ sales: unknown })).text).toContain(
    "nothing to compare with; the week before: €200.00\nGP% cannot be computed",
  );
});

it("leaves out sales that it does not have, and the list when no customer ordered", () => {
  expect(digestEmail(aDigest()).html).not.toContain("Weekly sales");
  const nobody = someSales({ lowest: { windowDays: 30, customers: 0, rows: [] } });
  expect(digestEmail(aDigest({ sales: nobody })).text).not.toContain("Lowest");
});

it("has a picture of the weeks along, whose words say the same", () => {
  const { html, text, pictures } = digestEmail(aDigest({ sales: someSales() }));
  expect(pictures.map(({ contentId, png }) => [contentId, png.subarray(1, 4).toString()])).toEqual([
    ["weekly-sales.regulars", "PNG"],
  ]);
  expect(html.match(/<img [^>]*>/g)).toHaveLength(1);
  expect(html).toMatch(
    /<img src="cid:weekly-sales\.regulars" alt="Bars of weekly sales: €160\.00 in this week, €200\.00 in the week before\." width="552"/,
  );
  for (const said of ["€160.00", "the week before: €200.00"]) expect(text).toContain(said);
  expect(digestEmail(aDigest()).pictures).toEqual([]);
});

it("has what is new since yesterday first, then the rest, each in the order given", () => {
  const lines = ["A", "B", "C", "D"].map((customerName, index) => anEntry({ customerName, isNew: index % 2 === 1 }));
  const { html, text } = digestEmail(aDigest({ lines, sections: [aSection({ count: 18, newCount: 2 })] }));
  for (const part of [html, text]) {
    const at = ["New since yesterday", "Still open"].map((title) => part.indexOf(title));
    expect(at[0]).toBeGreaterThan(0);
    expect(at[1]).toBeGreaterThan(at[0] ?? 0);
    expect(part.indexOf("and 14 more")).toBeGreaterThan(at[1] ?? 0);
  }
  expect(text.match(/(?<=(?:High|NEW) \| )[A-D]$/gm)).toEqual(["B", "D", "A", "C"]);
});

it.each([
  [
    "da-DK",
    "Hej Sanne Holm, du har 1 churn risk. Alt til og med 22. november 2026 er talt med.",
    "Ring til Åse Nørgård",
  ],
  [
    "pt-BR",
    "Olá, Sanne Holm! Você tem 1 churn risk. Está contado tudo até 22 de novembro de 2026.",
    "Ligar para Åse Nørgård",
  ],
  [
    "uk-UA",
    "Вітаємо, Sanne Holm! У вас 1 churn risk. Враховано все до 22 листопада 2026 р. включно.",
    "Зателефонувати: Åse Nørgård",
  ],
])("is in the reader's language: %s", (locale, lead, call) => {
  const { html, text } = digestEmail(aDigest({ locale, sales: someSales() }));
  for (const part of [html, text]) expect(part).toContain(lead);
  expect(html).toContain(call);
  expect(html).toContain(`<html lang="${locale.startsWith("pt") ? "pt-BR" : locale.slice(0, 2)}"`);
  expect(html + text).not.toMatch(/\b(?:the week before|Weekly sales|Message you can send|at stake|Open)\b/);
});

it("refuses a link that is not a web address", () => {
  expect(() => digestEmail(aDigest({ link: "javascript:alert(1)" }))).toThrow("is not a web address");
});

it("loads nothing from other origins", () => {
  expect(digestEmail(aDigest({ sections: threeSections })).html).not.toMatch(/<(img|link|script|iframe)|@import|url\(/);
});

it("stays under the size at which Gmail cuts a message with thirty entries", () => {
  const lines = Array.from({ length: 30 }, () => anEntry({ isNew: true }));
  const sections = threeSections.map((section) => ({ ...section, count: 10 }));
  const row = { customerName: "Café Crémant of the Old Harbour", units: 12.5, salesMinor: 900, gpPct: 22.86 };
  const lowest = { windowDays: 30, customers: 500, rows: Array.from({ length: 10 }, () => row) };
  const digest = aDigest({ sections, lines, sales: someSales({ lowest }) });
  expect(Buffer.byteLength(digestEmail(digest).html)).toBeLessThan(102_000);
});

it.each([
  ["ten entries of the longest texts", 10, "&".repeat(1_500)],
  ["sixty entries", 60, "Shall we talk?"],
])(
  "stays under that size also with %s, shows the new ones first and says how many more there are",
  (_what, count, text) => {
    const lines = Array.from({ length: count }, (_, i) =>
      anEntry({
        customerName: `Customer ${i}, ${"<&>".repeat(60)}`,
        why: `why ${"&".repeat(600)}`,
        also: Array.from({ length: 5 }, () => "&".repeat(600)),
        followUp: text,
        isNew: i >= count - 2,
      }),
    );
    const { html, text: plain } = digestEmail(
      aDigest({ sections: [aSection({ count: count + 3, counted: "many" })], lines }),
    );
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(102_000);
    const named = (part: string) => [...new Set([...part.matchAll(/Customer (\d+),/g)].map(([, at]) => Number(at)))];
    const shown = named(html.slice(html.indexOf("<body")));
    expect(shown.slice(0, 2)).toEqual([count - 2, count - 1]);
    expect(named(plain)).toEqual(shown);
    expect(shown.length).toBeGreaterThan(2);
    for (const part of [html, plain]) expect(part).toContain(`and ${count + 3 - shown.length} more`);
  },
);

it("keeps its structure for any values", () => {
  const plain = digestEmail(hostileDigest("Plain"));
  for (const value of hostileValues) {
    const email = digestEmail(hostileDigest(value));
    expect(tagsOf(email.html)).toEqual(tagsOf(plain.html));
    expect(email.html).not.toMatch(/[\u202a-\u202e\u2066-\u2069\0]/);
    expect(email.subject).not.toMatch(/\p{Cc}|[\u2028\u2029\u202a-\u202e]/u);
    expect(email.subject.length).toBeLessThan(300);
    expect(linesOf(email.text)).toEqual(linesOf(plain.text));
    expect(email.html.isWellFormed()).toBe(true);
  }
});

const aTask = { customerName: "Blå Bistro", type: "call", text: "Ask why", dueOn: "2026-11-21", isLate: true } as const;

it("lists the reader's open follow-ups with their days, and how many more there are", () => {
  const later = { ...aTask, text: "Visit them", type: "meeting", dueOn: "2026-12-01", isLate: false } as const;
  const email = digestEmail(aDigest({ toDo: { count: 4, due: 1, tasks: [aTask, later] } }));
  expect(email.subject).toBe("Acme Foods: 1 churn risk, 1 to do – 22 Nov");
  expect(email.text).toContain(
    "To do\n=====\n\n  Blå Bistro | call: Ask why | was due on 21 Nov\n  Blå Bistro | meeting: Visit them | due on 1 Dec\n  and 2 more to do\n",
  );
  for (const said of ["call: Ask why", "was due on 21 Nov", "due on 1 Dec", "and 2 more to do"])
    expect(email.html).toContain(said);
  expect(email.html).not.toContain("{{");
});

it("has only the follow-ups where nothing else is to act on", () => {
  const email = digestEmail(aDigest({ sections: [], lines: [], toDo: { count: 1, due: 1, tasks: [aTask] } }));
  expect(email.subject).toBe("Acme Foods: 1 to do – 22 Nov");
  expect(email.text).toMatch(/^Acme Foods: 1 to do\n/);
  expect(email.html).toMatch(/display:none[^>]*>Blå Bistro: call: Ask why/);
});

/**
 * A digest in which every text is the value, except the suggested message, which keeps its line breaks and is tested
 * separately.
 */
function hostileDigest(value: string) {
  const line = anEntry({ customerName: value, why: value, contact: { name: value, phone: value }, followUp: "Hello" });
  const lines = [line, anEntry({ title: value, also: [value], followUp: value.replace(/[\s\p{Cc}]+/gu, " ") })];
  const section = aSection({ counted: value, count: 2 });
  const rows = [{ customerName: value, units: 1, salesMinor: 900 }];
  const sales = someSales({ lowest: { windowDays: 30, customers: 1, rows } });
  return aDigest({
    tenantName: value,
    to: { name: value, address: "sanne@acme.example" },
    sections: [section],
    lines,
    sales,
    toDo: { count: 2, due: 1, tasks: [{ ...aTask, customerName: value, text: value }] },
  });
}

/** The tags with their attribute names; an escaped value has no quote and no angle bracket. */
const tagsOf = (html: string): string[] => [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/"[^"]*"/g, '""'));

/** The prefix of each line of the text part. */
const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => /^( {2}(?:At stake|Call|Open|also|Message you can send|>)|={3}|)/.exec(line)?.[0] ?? "");

it.each([
  [
    "en-GB",
    "2 of them were told to you at once.",
    "Closed since yesterday: A&B <i> (Churn risk), and 2 more.",
    "3 closed cases",
  ],
  [
    "da-DK",
    "2 af dem fik du besked om med det samme.",
    "Afsluttet siden i går: A&B <i> (Churn risk), og 2 flere.",
    "3 afsluttede sager",
  ],
  [
    "pt-BR",
    "2 deles você já recebeu na hora.",
    "Encerrado desde ontem: A&B <i> (Churn risk), e mais 2.",
    "3 casos encerrados",
  ],
  [
    "uk-UA",
    "Про 2 з них вам повідомили одразу.",
    "Закрито від учора: A&B <i> (Churn risk), і ще 2.",
    "3 закриті справи",
  ],
])("%s: says what was told at once and what has ended, in HTML and text", (locale, told, closed, counted) => {
  const cleared = { count: 3, first: [{ title: "Churn risk", customerName: "A&B <i>" }] };
  const both = digestEmail(aDigest({ locale, sections: [aSection({ count: 3, toldCount: 2 })], cleared }));
  expect(both.text).toContain(`${told} ${closed}`);
  expect(both.html).toContain(`${told} ${closed.replace("A&B <i>", "A&amp;B &lt;i&gt;")}`);
  expect(both.subject).not.toContain(counted);
  const alone = digestEmail(aDigest({ locale, sections: [], lines: [], cleared }));
  expect(alone.subject).toContain(`: ${counted} – `);
  expect(alone.text).toContain(`Acme Foods: ${counted}\n`);
  expect(alone.text).toContain(closed);
  expect(alone.html).toContain(`>${counted}</h1>`);
});

it.each([
  [
    "en-GB",
    "You were told already: A&B <i> (Churn risk) in Slack on 21 Nov at 07:02.",
    "Acme (Overdue payments) by e-mail on 21 Nov at 07:02; Bo (Churn risk) in a message that is still on its way; and 2 more.",
  ],
  [
    "da-DK",
    "Det har du allerede fået besked om: A&B <i> (Churn risk) i Slack den 21. nov. kl. 07:02.",
    "Acme (Overdue payments) pr. mail den 21. nov. kl. 07:02; Bo (Churn risk) i en besked, der er på vej; og 2 flere.",
  ],
  [
    "pt-BR",
    "Você já recebeu este aviso: A&B <i> (Churn risk) no Slack em 21 de nov., às 07:02.",
    "Acme (Overdue payments) por e-mail em 21 de nov., às 07:02; Bo (Churn risk) em uma mensagem que está a caminho; e mais 2.",
  ],
  [
    "uk-UA",
    "Про це вам уже повідомили: A&B <i> (Churn risk) – у Slack 21 лист. о 07:02.",
    "Acme (Overdue payments) – листом 21 лист. о 07:02; Bo (Churn risk) – повідомлення ще надсилається; і ще 2.",
  ],
])("%s: a digest that lists nothing says what was told already, when and where", (locale, one, several) => {
  const sent = { on: day("2026-11-21"), time: "07:02", channel: "slack" } as const;
  const alone = { locale, to: { name: "", address: "s@acme.example" }, lines: [] };
  const told = [{ title: "Churn risk", customerName: "A&B <i>", sent }];
  const single = digestEmail(
    aDigest({ ...alone, sections: [aSection({ count: 1, counted: "1 churn risk", toldCount: 1 })], told }),
  );
  expect(single.text).toContain(one);
  const written = one.replace("A&B <i>", "A&amp;B &lt;i&gt;");
  // In the preview text of mail programs, and under the headline.
  expect(single.html.split(written)).toHaveLength(3);
  expect(single.text).toContain("Acme Foods: 1");
  const four = digestEmail(
    aDigest({
      ...alone,
      sections: [aSection({ count: 4, toldCount: 4 })],
      told: [
        { title: "Overdue payments", customerName: "Acme", sent: { ...sent, channel: "email" } },
        { title: "Churn risk", customerName: "Bo" },
      ],
    }),
  );
  for (const part of [four.text, four.html]) expect(part).toContain(several);
});

it.each(["en-GB", "da-DK", "pt-BR", "uk-UA"])("%s: isolates names from right to left in each sentence", (locale) => {
  const name = "שלום Ltd";
  const { subject, text, html } = digestEmail(
    aDigest({
      locale,
      tenantName: name,
      to: { name, address: "s@acme.example" },
      lines: [anEntry({ customerName: name, contact: { name, phone: "+45 12 34 56 78" } })],
      cleared: { count: 1, first: [{ title: "Churn risk", customerName: name }] },
    }),
  );
  for (const part of [subject, text, html]) {
    expect(part).toContain(name);
    // The list of what has ended is isolated as a whole, with what stands before it and after it in its place.
    expect(part.replaceAll(/\u2068[^\u2068\u2069]*\u2069/g, "")).not.toContain(name);
  }
});
