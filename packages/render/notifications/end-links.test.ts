import type { MessageLinks } from "@regulars/core/notifications/message-links";
import { expect, it } from "vitest";
import { alertEmail } from "../alert-email.ts";
import { digestEmail } from "../digest/digest.ts";
import { introductionEmail } from "../introduction.ts";
import { aDigest, anAlert } from "../testing.ts";
import { userIdSchema, day, tenantIdSchema } from "@regulars/core/platform/values";

const links: MessageLinks = {
  unsubscribe: "https://x.example/links/unsubscribe/t.1",
  unsubscribeSubject: "unsubscribe t.1",
  preferences: "https://x.example/links/preferences/t.2",
};
const hello = { text: "Hello", variables: {} };
const introduction = (locale: string) =>
  introductionEmail(
    {
      type: "introduction",
      tenantId: tenantIdSchema.parse("acme"),
      tenantName: "Acme",
      asOf: day("2026-11-22"),
      locale,
      userId: userIdSchema.parse("u-1"),
      to: { name: "Sanne", address: "sanne@x.example" },
      introductionId: "int_1",
      subject: hello,
      text: hello,
      link: "https://x.example/introductions",
    },
    () => undefined,
    links,
  );

it.each([
  ["en", "Choose what reaches you, and when", "Unsubscribe"],
  ["da", "Vælg, hvad du får, og hvornår", "Afmeld"],
  ["pt-BR", "Escolha o que você recebe e quando", "Cancelar inscrição"],
  ["uk", "Виберіть, що й коли отримувати", "Відписатися"],
])("every mail ends with where its reader chooses what they get, and ends it: %s", (locale, choose, end) => {
  const mails = [digestEmail(aDigest({ locale }), links), alertEmail(anAlert({ locale }), links), introduction(locale)];
  for (const mail of mails) {
    expect(mail.html).toContain(`<a href="${links.preferences}" style="color:inherit">${choose}</a> · <a`);
    expect(mail.html).toContain(`<a href="${links.unsubscribe}" style="color:inherit">${end}</a>`);
    expect(mail.text.trimEnd().split("\n").slice(-2)).toEqual([
      `${choose}: ${links.preferences}`,
      `${end}: ${links.unsubscribe}`,
    ]);
  }
});

it("a compulsory mail has no such end", () => {
  for (const { html, text } of [digestEmail(aDigest()), alertEmail(anAlert())])
    expect(`${html}${text}`).not.toContain("Unsubscribe");
});
