import { expect, it } from "vitest";
import { alertMessage } from "./alert.ts";
import { alertEmail } from "./alert-email.ts";
import { aLine, anAlert, hostileValues } from "./testing.ts";

it("F7: is one message of a header that names the customer once, fields, the message to send, a button and the context", () => {
  expect(alertMessage(anAlert())).toEqual({
    text: "▲ High: Churn risk – Café Crémant: silent 22 days, usually 14",
    blocks: [
      { type: "header", text: { type: "plain_text", text: "▲ High: Churn risk – Café Crémant", emoji: false } },
      {
        type: "section",
        fields: [
          { type: "mrkdwn", verbatim: true, text: "*Why*\nsilent 22 days, usually 14" },
          { type: "mrkdwn", verbatim: true, text: "*At stake*\n€12,480.50" },
          { type: "mrkdwn", verbatim: true, text: "*Call*\nÅse Nørgård\n<tel:+4512345678|+45 12 34 56 78>" },
        ],
      },
      {
        type: "section",
        text: {
          type: "mrkdwn",
          verbatim: true,
          text: "*Message you can send*\n> Hello Café Crémant, is there anything you are missing?",
        },
      },
      {
        type: "actions",
        elements: [
          {
            type: "button",
            action_id: "open",
            style: "primary",
            text: { type: "plain_text", text: "Open", emoji: false },
            url: "https://regulars.example/findings/cold-coffee:cafe",
          },
        ],
      },
      {
        type: "context",
        elements: [
          { type: "mrkdwn", verbatim: true, text: "<@U02SANNE>  ·  Acme Foods, counted up to 22 November 2026" },
        ],
      },
    ],
  });
});

it("names a rep without a Slack user, and no one when there is no rep", () => {
  const named = alertMessage(anAlert({ rep: { userId: "sanne", name: "Sanne & Co" } }));
  expect(JSON.stringify(named)).toContain("Sanne &amp; Co  ·  Acme Foods");
  const unnamed = alertMessage(anAlert({ rep: undefined }));
  expect(JSON.stringify(unnamed)).toContain('"Acme Foods, counted up to');
});

it("mentions no one for an invalid Slack user id", () => {
  const rep = { userId: "sanne", name: "Sanne", slackUserId: "!channel" };
  expect(JSON.stringify(alertMessage(anAlert({ rep })))).not.toContain("<@");
});

it("says that a finding is new", () => {
  expect(JSON.stringify(alertMessage(anAlert({ line: aLine({ isNew: true }) })))).toContain("*New*");
});

it("quotes every line of the message to send", () => {
  const { blocks } = alertMessage(anAlert({ line: aLine({ followUp: "Hello,\n\nSanne" }) }));
  expect(JSON.stringify(blocks)).toContain(String.raw`*Message you can send*\n> Hello,\n> \n> Sanne`);
});

it("leaves out contact, money and message when there are none", () => {
  const line = aLine({ contact: undefined, atStakeMinor: 0, followUp: "" });
  expect(alertMessage(anAlert({ line })).blocks.map((block) => block.type)).toEqual([
    "header",
    "section",
    "actions",
    "context",
  ]);
});

it("keeps its structure and Slack's limits whatever the values are", () => {
  const own = sequencesOf(hostileAlert("Plain"));
  for (const value of [...hostileValues, "&".repeat(5000), "<".repeat(5000)]) {
    const { text, blocks } = hostileAlert(value);
    expect(sequencesOf({ text, blocks })).toEqual(own);
    expect(text.length).toBeLessThanOrEqual(3000);
    const [header, section, quote] = blocks;
    expect(header?.type === "header" && header.text.text.length).toBeLessThanOrEqual(150);
    for (const field of (section?.type === "section" && section.fields) || [])
      expect(field.text.length).toBeLessThanOrEqual(2000);
    expect(quote?.type === "section" && quote.text?.text.length).toBeLessThanOrEqual(3000);
    expect(JSON.stringify(blocks)).not.toMatch(/&(?!amp;|lt;|gt;)/);
  }
});

function hostileAlert(value: string) {
  const line = aLine({
    customerName: value,
    why: value,
    contact: { name: value, phone: "+45 12345678" },
    followUp: value,
  });
  return alertMessage(anAlert({ tenantName: value, title: value, line }));
}

/** Texts that Slack would read as a mention or a link. */
const sequencesOf = (message: unknown): string[] => JSON.stringify(message).match(/<[^>]*>/g) ?? [];

it("scenario 11: takes `<!channel> *Bold* | x` for letters, and a formula too", () => {
  const name = "<!channel> *Bold* | x =HYPERLINK(1)";
  const line = aLine({ customerName: name, why: name, contact: { name, phone: "+45 12 34 56 78" } });
  const { text, blocks } = alertMessage(anAlert({ line }));
  const letters = "&lt;!channel&gt; *\u200bBold*\u200b | x =HYPERLINK(1)";
  expect(text).toBe(`▲ High: Churn risk – ${letters}: ${letters}`);
  expect(blocks[0]).toMatchObject({ text: { text: "▲ High: Churn risk – &lt;!channel&gt; *Bold* | x =HYPERLINK(1)" } });
  expect(blocks[1]).toMatchObject({
    fields: [
      { text: `*Why*\n${letters}` },
      { text: "*At stake*\n€12,480.50" },
      { text: `*Call*\n${letters}\n<tel:+4512345678|+45 12 34 56 78>` },
    ],
  });
});

const ofOther = (name: string, parts: object = {}) => ({
  title: "Overdue",
  line: aLine({
    findingId: `overdue:${name}`,
    customerName: name,
    why: `late: ${name}`,
    episode: "2026-08-01",
    ...parts,
  }),
});

it("tells every finding of a merged alert: heading, why, Open and what can be done with it", () => {
  const { text, blocks } = alertMessage(anAlert({ others: [ofOther("Blå Bistro"), ofOther("Crêperie")] }));
  expect(text).toBe("▲ High: Churn risk – Café Crémant, and 2 more: silent 22 days, usually 14");
  expect(blocks.map(({ type }) => type).join(" ")).toBe(
    "header section section actions divider section actions actions divider section actions actions context",
  );
  expect(blocks[5]).toMatchObject({ text: { text: "*▲ High: Overdue – Blå Bistro*\nlate: Blå Bistro" } });
  expect(blocks[10]).toMatchObject({
    elements: [
      { action_id: "open", url: "https://regulars.example/findings/cold-coffee:cafe" },
      { action_id: "contacted", value: '["overdue:Crêperie","2026-08-01"]' },
      { action_id: "snooze-7" },
      { action_id: "snooze-30" },
      { action_id: "snooze-180" },
    ],
  });
});

it("shows what was done with each finding of a merged alert beside it", () => {
  const standing = { ended: "unknown" as const, nameOf: String };
  const { blocks } = alertMessage(anAlert({ others: [ofOther("Blå Bistro"), ofOther("Crêperie")] }), (findingId) =>
    findingId === "overdue:Crêperie" ? standing : undefined,
  );
  expect(blocks.slice(8).map((block) => block.type)).toEqual(["divider", "section", "section", "actions", "context"]);
  expect(blocks[10]).toMatchObject({ text: { text: "No longer open" } });
  expect(blocks[11]).toMatchObject({ elements: [{ action_id: "open" }] });
});

it("names the last of very many findings in a line each, with its link", () => {
  const others = Array.from({ length: 50 }, (_, index) => ofOther(`C<${index}|`));
  const { blocks } = alertMessage(anAlert({ others }));
  const lines = blocks.flatMap((block) => (block.type === "section" ? (block.text?.text.split("\n") ?? []) : []));
  const linked = lines.filter((line) => line.startsWith("<https"));
  expect(linked).toHaveLength(40);
  expect(linked[0]).toBe("<https://regulars.example/findings/cold-coffee:cafe|▲ High: Overdue – C&lt;6/>");
  expect(lines.at(-1)).toBe("and 4 more");
});

it.each([
  ["en-GB", "▲ High: Overdue – Blå, and 1 more", "▲ High: Overdue – Blå, and 21 more"],
  ["da-DK", "▲ Høj: Overdue – Blå, og 1 mere", "▲ Høj: Overdue – Blå, og 21 flere"],
  ["pt-BR", "▲ Alta: Overdue – Blå, e mais 1", "▲ Alta: Overdue – Blå, e mais 21"],
  ["uk-UA", "▲ Високий: Overdue – Blå, і ще 1", "▲ Високий: Overdue – Blå, і ще 21"],
])("%s: says in the subject of the mail how many more there are", (locale, one, many) => {
  const line = aLine({ customerName: "Blå" });
  const subject = (count: number) =>
    alertEmail(anAlert({ locale, title: "Overdue", line, others: Array.from({ length: count }, () => ofOther("C")) }))
      .subject;
  expect([subject(1), subject(21)]).toEqual([one, many]);
});

it("mails every finding of a merged alert, in HTML and text, escaped", () => {
  const others = [ofOther("<b>Blå</b>"), ofOther("Crêperie", { contact: { name: "Eva", phone: "+45 1234 5678" } })];
  const { html, text } = alertEmail(anAlert({ others }));
  expect(html).toContain("&lt;b&gt;Blå&lt;/b&gt;</h2>\n<p>late: &lt;b&gt;Blå&lt;/b&gt;</p>");
  expect(html).not.toContain("<b>");
  expect(html.match(/<h1/g)).toHaveLength(1);
  expect(html.match(/<h2/g)).toHaveLength(2);
  expect(html.match(/<a href="https:\/\/regulars.example/g)).toHaveLength(3);
  expect(text.split("\n")).toEqual(
    expect.arrayContaining([
      "▲ High: Churn risk – Café Crémant",
      "▲ High: Overdue – <b>Blå</b>",
      "▲ High: Overdue – Crêperie",
      "late: Crêperie",
      "Call: Eva, +45 1234 5678",
    ]),
  );
});
