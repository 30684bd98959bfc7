import {
  type Alert,
  type Digest,
  type DigestSales,
  type GroupMail,
  type MessageLine,
  alertSchema,
  digestSalesSchema,
  digestSchema,
  groupMailSchema,
  messageLineSchema,
} from "@regulars/core/notifications/message";
import { type MessageText, textOf } from "@regulars/core/platform/message-text";
import {
  type WordedAlert,
  type WordedDigest,
  type WordedEntry,
  type WordedLine,
  type WordedSection,
  wordLine,
} from "./notifications/worded.ts";
import { formatsOf } from "./texts/formats.ts";
import { wordsOf } from "./texts/words.ts";

/** The texts of the kind that these messages use. */
export const someTexts = (templateId: string): string | undefined =>
  new Map([
    ["cold-coffee.title", "Churn risk"],
    ["cold-coffee.counted", "{numb, plural, one {# churn risk} other {# churn risks}}"],
  ]).get(templateId);

/** A text that is one variable. */
const aText = (text: unknown): MessageText => ({ text: "<said>", variables: { said: textOf(String(text)) } });

/** A finding in a message, before its texts are rendered. A test gives only the fields it is about. */
export const aStoredLine = ({
  why = "silent 22 days, usually 14",
  followUp = "Hello Café Crémant, is there anything you are missing?",
  ...parts
}: Partial<Record<keyof MessageLine, unknown>> = {}): MessageLine =>
  messageLineSchema.parse({
    findingId: "cold-coffee:cafe",
    level: "high",
    isNew: false,
    customerId: "cafe",
    customerName: "Café Crémant",
    why: aText(why),
    atStakeMinor: 1248050,
    currency: "EUR",
    contact: { name: "Åse Nørgård", phone: "+45 12 34 56 78" },
    link: "https://regulars.example/findings/cold-coffee:cafe",
    followUp: aText(followUp),
    ...parts,
  });

/** The same with rendered texts. */
export const aLine = (parts: Partial<Record<keyof MessageLine, unknown>> = {}): WordedLine =>
  wordLine(aStoredLine(parts), someTexts, formatsOf("en-GB"));

/** An entry of a digest's list. */
export const anEntry = ({
  title = "Churn risk",
  also = [],
  ...parts
}: Partial<Record<keyof WordedEntry, unknown>> = {}): WordedEntry => ({
  ...aLine(parts),
  title: String(title),
  also: Array.isArray(also) ? also.map(String) : [],
});

/** How many entries of one kind a digest's list has. */
export const aSection = (parts: Partial<WordedSection> = {}): WordedSection => ({
  kind: "cold-coffee",
  counted: "1 churn risk",
  count: 1,
  newCount: 0,
  ...parts,
});

/** Sales as in the example of docs/reference/insights.md 2.5, with two customers that ordered. */
export const someSales = (parts: Partial<Record<keyof DigestSales, unknown>> = {}): DigestSales =>
  digestSalesSchema.parse({
    from: "2026-11-16",
    to: "2026-11-22",
    salesMinor: 16_000,
    previousMinor: 20_000,
    currency: "EUR",
    changePct: -20,
    lowest: {
      windowDays: 30,
      customers: 2,
      rows: [
        { customerName: "Café Crémant", units: -36, salesMinor: -1_250 },
        { customerName: "Blå Bistro", units: 1, salesMinor: 900 },
      ],
    },
    ...parts,
  });

/** A digest of 22 November 2026 with one section, before its texts are rendered. */
export const aStoredDigest = (parts: Partial<Record<keyof Digest, unknown>> = {}): Digest =>
  digestSchema.parse({
    type: "digest",
    tenantId: "acme",
    tenantName: "Acme Foods",
    asOf: "2026-11-22",
    locale: "en-GB",
    userId: "sanne",
    to: { name: "Sanne Holm", address: "sanne@acme.example" },
    sections: [{ kind: "cold-coffee", count: 1, newCount: 0 }],
    lines: [{ ...aStoredLine(), kind: "cold-coffee", also: [] }],
    link: "https://regulars.example/for-you",
    ...parts,
  });

type DigestParts = Partial<Record<Exclude<keyof Digest, "sections" | "lines" | "cleared" | "told">, unknown>> &
  Partial<Pick<WordedDigest, "sections" | "lines" | "cleared" | "told">>;

/** The same with rendered texts. */
export const aDigest = ({
  sections = [aSection()],
  lines = [anEntry()],
  cleared,
  told,
  ...parts
}: DigestParts = {}): WordedDigest => ({
  ...aStoredDigest(parts),
  cleared,
  told,
  sections,
  lines,
  words: wordsOf(String(parts.locale ?? "en-GB"), someTexts),
});

/** An alert of 22 November 2026 for the rep Sanne, before its texts are rendered. */
export const aStoredAlert = (parts: Partial<Record<keyof Alert, unknown>> = {}): Alert =>
  alertSchema.parse({
    type: "alert",
    tenantId: "acme",
    tenantName: "Acme Foods",
    asOf: "2026-11-22",
    locale: "en-GB",
    kind: "cold-coffee",
    line: aStoredLine(),
    rep: { userId: "sanne", name: "Sanne Holm", slackUserId: "U02SANNE" },
    ...parts,
  });

type AlertParts = Partial<Record<Exclude<keyof Alert, "line" | "others">, unknown>> &
  Partial<Pick<WordedAlert, "line" | "title" | "others">>;

/** The same with rendered texts. */
export const anAlert = ({ line = aLine(), title = "Churn risk", others, ...parts }: AlertParts = {}): WordedAlert => ({
  ...aStoredAlert(parts),
  title,
  line,
  others,
  words: wordsOf(String(parts.locale ?? "en-GB"), someTexts),
});

/** A mail of a group mailing. */
export const aGroupMail = (parts: Partial<Record<keyof GroupMail, unknown>> = {}): GroupMail =>
  groupMailSchema.parse({
    type: "group",
    tenantId: "acme",
    tenantName: "Acme Foods",
    asOf: "2026-11-22",
    locale: "en-GB",
    to: { name: "Café Crémant", address: "shop@cafe.example" },
    addressHash: "h4sh",
    replyTo: { name: "Sanne Holm", address: "sanne@acme.example" },
    customerId: "cafe",
    operationId: "op_1",
    subject: "New coffee",
    text: "Hello Café Crémant,\n\nwe have new coffee.\nTry it!",
    ...parts,
  });

/** Values that would change a message's structure if they were not escaped. */
export const hostileValues = [
  `</td></tr></table><script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `" style="position:fixed" onmouseover="alert(1)`,
  `<!-- begin:line --> --><!--[if mso]>`,
  `{{{line}}} {{link}} {{{nothing}}}`,
  `<!channel> <@U02SANNE> <https://evil.example|Open>`,
  `*bold* _italic_ ~struck~ \`code\` | > quote`,
  `Name\r\nBcc: evil@evil.example\r\n\r\nbody`,
  `a\u2028b\u2029c\u0085d\u0000e`,
  `=HYPERLINK("https://evil.example")`,
  `\u202Egnp.exe\u202C \u2066isolate`,
  `lone \uD800 half`,
  `$& $1 $\``,
  "x".repeat(10_000_000),
];
