import { noticeSchema } from "@regulars/core/notifications/message";
import { describe, expect, it } from "vitest";
import { noticeEmail } from "./notice.ts";
import { hostileValues } from "./testing.ts";

const noTexts = () => undefined;

const aNotice = (title: string, paragraph: string) =>
  noticeSchema.parse({
    type: "notice",
    tenantId: "acme",
    tenantName: "Acme Foods",
    asOf: "2026-11-22",
    locale: "en-GB",
    userId: "ada",
    to: { name: "Ada", address: "ada@acme.example" },
    title,
    paragraphs: [paragraph, "Second."],
  });

describe("an admin's notice", () => {
  it("says the same as HTML and as plain text", () => {
    const { subject, html, text } = noticeEmail(
      aNotice("A webhook was switched off", "https://x.example is gone."),
      noTexts,
    );
    expect(subject).toBe("Acme Foods: A webhook was switched off");
    expect(text).toBe(
      "A webhook was switched off\n\nhttps://x.example is gone.\n\nSecond.\n\nAcme Foods, 22 November 2026. You get this as one of its admins.\n",
    );
    expect(html).toContain("<p>https://x.example is gone.</p>\n<p>Second.</p>");
  });

  it("keeps its structure for any values", () => {
    const plain = noticeEmail(aNotice("t", "p"), noTexts).html.match(/<[a-z!/]/g);
    for (const value of hostileValues) {
      const { html, subject } = noticeEmail(aNotice(value, value), noTexts);
      expect(html.match(/<[a-z!/]/g)).toEqual(plain);
      expect(subject).not.toMatch(/[\r\n]/);
    }
  });
});
