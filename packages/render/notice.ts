import type { Notice } from "@regulars/core/notifications/message";
import { escapeFor } from "@regulars/core/platform/template";
import { NAME_LENGTH, WHY_LENGTH, formatDay, oneLine } from "./plain-text.ts";
import { fill } from "./digest/skeleton.ts";

const PAGE = `<!doctype html>
<html lang="en">
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
export function noticeEmail(notice: Notice): { subject: string; html: string; text: string } {
  const [title, who] = [notice.title, notice.tenantName].map((text) => oneLine(text, NAME_LENGTH));
  const subject = escapeFor("subject", `${who}: ${title}`);
  const paragraphs = notice.paragraphs.map((text) => oneLine(text, WHY_LENGTH));
  const footer = `${who}, ${formatDay(notice.asOf, notice.locale, "long")}. You get this as one of its admins.`;
  return {
    subject,
    html: fill(PAGE, {
      subject,
      title: title ?? "",
      paragraphs: paragraphs.map((text) => fill("<p>{{text}}</p>", { text })).join("\n"),
      footer,
    }),
    text: `${[title, ...paragraphs, footer].join("\n\n")}\n`,
  };
}
