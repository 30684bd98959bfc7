import type { Notice, NoticeText } from "@regulars/core/notifications/message";
import type { TextSource } from "@regulars/core/platform/message-text";
import { escapeFor } from "@regulars/core/platform/template";
import { NAME_LENGTH, WHY_LENGTH, oneLine } from "./plain-text.ts";
import { fill } from "./digest/skeleton.ts";
import { type Formats, formatsOf } from "./texts/formats.ts";
import { wordsOf } from "./texts/words.ts";
import { writeText } from "./texts/write-text.ts";

const PAGE = `<!doctype html>
<html lang="{{language}}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{subject}}</title></head>
<body style="margin:0;padding:24px;font-family:Helvetica,Arial,sans-serif;font-size:16px;line-height:24px;color:#1c2430">
<h1 style="font-size:20px;line-height:28px">{{title}}</h1>
{{{paragraphs}}}
<p style="color:#5b6675;font-size:14px">{{footer}}</p>
</body>
</html>
`;

/**
 * An admin's e-mail about the tenant's configuration: subject, HTML and plain text with the same content, every value
 * escaped.
 */
export function noticeEmail(notice: Notice, texts: TextSource): { subject: string; html: string; text: string } {
  const { say, formats, language } = wordsOf(notice.locale, texts);
  const title = oneLine(noticeText(notice.title, texts, formats), NAME_LENGTH);
  const firm = oneLine(notice.tenantName, NAME_LENGTH);
  const subject = escapeFor("subject", say("notice.subject", { firm, titl: title }));
  const paragraphs = notice.paragraphs.map((text) => oneLine(noticeText(text, texts, formats), WHY_LENGTH));
  const footer = say(notice.reader === "manager" ? "notice.manager-footer" : "notice.footer", {
    firm,
    date: formats.day(notice.asOf, "long"),
  });
  return {
    subject,
    html: fill(PAGE, {
      language,
      subject,
      title,
      paragraphs: paragraphs.map((text) => fill("<p>{{text}}</p>", { text })).join("\n"),
      footer,
    }),
    text: `${[title, ...paragraphs, footer].join("\n\n")}\n`,
  };
}

const noticeText = (text: NoticeText, texts: TextSource, formats: Formats): string =>
  typeof text === "string" ? text : writeText(text, texts, formats);

/** What a notice is about. */
export const noticeTitle = ({ title, locale }: Notice, texts: TextSource): string =>
  noticeText(title, texts, formatsOf(locale));
