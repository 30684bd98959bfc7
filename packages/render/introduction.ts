import type { IntroductionMail } from "@regulars/core/notifications/message";
import type { MessageLinks } from "@regulars/core/notifications/message-links";
import { endLinks } from "./notifications/end-links.ts";
import type { TextSource } from "@regulars/core/platform/message-text";
import { escapeFor } from "@regulars/core/platform/template";
import { fill } from "./digest/skeleton.ts";
import { webLink } from "./links.ts";
import { NAME_LENGTH, oneLine } from "./plain-text.ts";
import { wordsOf } from "./texts/words.ts";
import { writeText } from "./texts/write-text.ts";

const PAGE = `<!doctype html>
<html lang="{{language}}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{subject}}</title></head>
<body style="margin:0;padding:24px;font-family:Helvetica,Arial,sans-serif;font-size:16px;line-height:24px;color:#1c2430;word-break:break-word">
{{{paragraphs}}}
<p><a href="{{link}}" style="color:#1f5fbf">{{link}}</a></p>
<p style="color:#5b6675;font-size:14px">{{footer}}{{{endLinks}}}</p>
</body>
</html>
`;

const SUBJECT_LENGTH = 300;

/** The e-mail that asks a colleague for an introduction: subject, HTML and plain text with the same words. */
export function introductionEmail(
  mail: IntroductionMail,
  texts: TextSource,
  links?: MessageLinks,
): { subject: string; html: string; text: string } {
  const words = wordsOf(mail.locale, texts);
  const { formats } = words;
  const ends = endLinks(links, words);
  const subject = escapeFor("subject", oneLine(writeText(mail.subject, texts, formats), SUBJECT_LENGTH));
  const text = writeText(mail.text, texts, formats);
  const paragraphs = text.split(/\n\s*\n/).map((one) => oneLine(one, one.length));
  const footer = oneLine(mail.tenantName, NAME_LENGTH);
  return {
    subject,
    html: fill(PAGE, {
      language: formats.language,
      subject,
      paragraphs: paragraphs.map((one) => fill("<p>{{text}}</p>", { text: one })).join("\n"),
      link: webLink(mail.link),
      footer,
      endLinks: ends.html,
    }),
    text: `${[...paragraphs, footer].join("\n\n")}${ends.text}\n`,
  };
}
