import { expect, it } from "vitest";
import { aGroupMail, hostileValues } from "../testing.ts";
import { groupEmail } from "./group-mail.ts";

const LINK = "https://regulars.example/links/unsubscribe/token";

it("says the same in HTML and in plain text, with who sent it and the link that ends mailings", () => {
  const { subject, html, text } = groupEmail(aGroupMail(), LINK);
  expect(subject).toBe("New coffee");
  expect(text).toBe(
    "Hello Café Crémant,\n\nwe have new coffee.\nTry it!\n\nAcme Foods sent this to shop@cafe.example. Get no more mailings: https://regulars.example/links/unsubscribe/token\n",
  );
  expect(html).toContain("<p>we have new coffee.<br>Try it!</p>");
  expect(html).toContain(`<a href="${LINK}" style="color:#1f5fbf">Get no more mailings</a>`);
});

it.each([
  ["da-DK", "da", "Acme Foods har sendt dette til shop@cafe.example. Få ikke flere fællesmails: "],
  ["pt-PT", "pt-BR", "Acme Foods enviou isto para shop@cafe.example. Não receber mais mensagens em grupo: "],
  ["uk-UA", "uk", "Acme Foods: цей лист надіслано на shop@cafe.example. Не отримувати більше розсилок: "],
])("says who sent it and how to end it in the tenant's language: %s", (locale, language, said) => {
  const { html, text } = groupEmail(aGroupMail({ locale }), LINK);
  expect(text).toContain(said);
  expect(html).toContain(`<html lang="${language}">`);
});

it("keeps its structure for any values", () => {
  const tagsOf = (html: string): string[] =>
    [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/"[^"]*"/g, '""'));
  const of = (value: string) =>
    groupEmail(aGroupMail({ subject: value, text: value.replace(/\s+/g, " "), tenantName: value }), LINK);
  const plain = tagsOf(of("Plain").html);
  for (const value of hostileValues) {
    const { html, subject } = of(value);
    expect(tagsOf(html)).toEqual(plain);
    expect(subject).not.toMatch(/[\r\n]/);
  }
});

it("refuses a link that is no web address", () => {
  expect(() => groupEmail(aGroupMail(), "javascript:alert(1)")).toThrow("is not a web address");
});
