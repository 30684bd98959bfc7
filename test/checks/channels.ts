import type { WordedDigest } from "@regulars/render/notifications/worded";
import { noticeSchema, introductionMailSchema } from "@regulars/core/notifications/message";
import { messageTextSchema, textOf } from "@regulars/core/platform/message-text";
import { alertMessage } from "@regulars/render/alert";
import { alertEmail } from "@regulars/render/alert-email";
import { csvCell } from "@regulars/render/csv";
import { digestEmail } from "@regulars/render/digest/digest";
import { introductionEmail } from "@regulars/render/introduction";
import { telLink } from "@regulars/render/links";
import { noticeEmail } from "@regulars/render/notice";
import { aDigest, aLine, aSection, anAlert, anEntry, someSales, someTexts } from "@regulars/render/testing";
import { wordLine } from "@regulars/render/notifications/worded";
import { aStoredLine } from "@regulars/render/testing";
import { formatsOf } from "@regulars/render/texts/formats";

/** A message of each kind, with one value in every variable that it has. */
const languages = ["en-GB", "da-DK", "pt-BR", "uk-UA"] as const;
export type MessageLocale = (typeof languages)[number];
export const localeAt = (index: number): MessageLocale => languages[index % languages.length] ?? "en-GB";

/** In a template too: the value of a variable of a finding's reason and message. */
const written = (value: string, locale: string) => {
  const text = messageTextSchema.parse({
    text: "<said|–>: {said, select, other {<said>}}",
    variables: { said: textOf(value) },
  });
  return wordLine({ ...aStoredLine(), why: text, followUp: text }, someTexts, formatsOf(locale));
};

function digestOf(value: string, locale: string): WordedDigest {
  const { why, followUp } = written(value, locale);
  const contact = { name: value, phone: value };
  const rows = [{ customerName: value, units: 1, salesMinor: 900 }];
  return aDigest({
    locale,
    tenantName: value,
    to: { name: value, address: "sanne@acme.example" },
    sections: [aSection({ counted: value, count: 20 })],
    lines: [
      anEntry({ customerName: value, why, contact, followUp: "Hello", isNew: true }),
      anEntry({ title: value, also: [value, why], contact: undefined, followUp }),
    ],
    cleared: { count: 2, first: [{ title: value, customerName: value }] },
    toDo: {
      count: 3,
      due: 1,
      tasks: [{ customerName: value, type: "call", text: value, dueOn: "2026-11-21", isLate: true }],
    },
    sales: someSales({ lowest: { windowDays: 30, customers: 1, rows } }),
  });
}

const alertOf = (value: string, locale: string) => {
  const { why, followUp } = written(value, locale);
  const line = aLine({ customerName: value, why, contact: { name: value, phone: value }, followUp });
  return anAlert({
    locale,
    tenantName: value,
    title: value,
    line,
    others: [{ title: value, line }],
    rep: { userId: "sanne", name: value, slackUserId: value },
  });
};

const given = (locale: string) => ({
  tenantId: "acme",
  asOf: "2026-11-22",
  locale,
  userId: "ada",
});

const noticeOf = (value: string, locale: string) =>
  noticeSchema.parse({
    ...given(locale),
    type: "notice",
    tenantName: value,
    to: { name: value, address: "ada@acme.example" },
    title: value,
    paragraphs: [value, { template: "webhook.gone", variables: { addr: textOf(value), text: textOf(value) } }],
  });

const introductionOf = (value: string, locale: string) => {
  const variables = Object.fromEntries(["coll", "cont", "pers", "name", "rlnk"].map((name) => [name, textOf(value)]));
  return introductionMailSchema.parse({
    ...given(locale),
    type: "introduction",
    tenantName: value,
    to: { name: value, address: "ada@acme.example" },
    introductionId: "intro-1",
    subject: { template: "introduction.subject", variables },
    text: { text: "Hello <coll>: <pers>", variables },
    link: "https://regulars.example/introductions",
  });
};

interface Mail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** Everything that a value is written into. */
export interface Written {
  readonly mails: Readonly<Record<"digest" | "alert" | "notice" | "introduction", Mail>>;
  readonly slack: ReturnType<typeof alertMessage>;
  readonly csv: string;
  readonly tel: string | undefined;
}

const someLinks = {
  unsubscribe: "https://regulars.example/links/unsubscribe/token",
  unsubscribeSubject: "unsubscribe token",
  preferences: "https://regulars.example/links/preferences/token",
};

/** A value in every variable and channel. */
export const writeEverywhere = (value: string, locale: MessageLocale): Written => ({
  mails: {
    digest: digestEmail(digestOf(value, locale), someLinks),
    alert: alertEmail(alertOf(value, locale), someLinks),
    notice: noticeEmail(noticeOf(value, locale), someTexts),
    introduction: introductionEmail(introductionOf(value, locale), someTexts, someLinks),
  },
  slack: alertMessage(alertOf(value, locale)),
  csv: [
    ["a", value, "b"],
    [value, value, value],
  ]
    .map((row) => row.map(csvCell).join(","))
    .join("\r\n"),
  tel: telLink(value),
});
