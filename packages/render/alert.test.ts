import { expect, it } from "vitest";
import { alertMessage } from "./alert.ts";
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

it("11: takes `<!channel> *Bold* | x` for letters, and a formula too", () => {
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
