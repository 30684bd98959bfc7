import type { GroupMail } from "@regulars/core/notifications/message";
import { escapeFor } from "@regulars/core/platform/template";
import { fill } from "../digest/skeleton.ts";
import { webLink } from "../links.ts";
import { NAME_LENGTH, oneLine } from "../plain-text.ts";
import { wordsOf } from "../texts/words.ts";

const PAGE = `<!doctype html>
<html lang="{{language}}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{subject}}</title></head>
<body style="margin:0;padding:24px;font-family:Helvetica,Arial,sans-serif;font-size:16px;line-height:24px;color:#1c2430">
{{{paragraphs}}}
<p style="color:#5b6675;font-size:14px">{{footer}} <a href="{{link}}" style="color:#1f5fbf">{{ending}}</a></p>
</body>
</html>
`;

/**
 * A mail of a group mailing: subject, HTML and plain text with the same words, and the link that ends such mailings, in
 * the language of the tenant's locale.
 */
export function groupEmail(
  mail: GroupMail,
  unsubscribe: string,
): { readonly subject: string; readonly html: string; readonly text: string } {
  const subject = escapeFor("subject", mail.subject);
  const paragraphs = mail.text.split(/\n\s*\n/).map((one) => one.split("\n").map((line) => oneLine(line, line.length)));
  const { say, language } = wordsOf(mail.locale);
  const footer = say("group.sent", { firm: oneLine(mail.tenantName, NAME_LENGTH), mail: mail.to.address });
  const ending = say("group.end");
  const link = webLink(unsubscribe);
  return {
    subject,
    html: fill(PAGE, {
      language,
      subject,
      paragraphs: paragraphs
        .map((lines) => `<p>${lines.map((line) => escapeFor("html", line)).join("<br>")}</p>`)
        .join("\n"),
      footer,
      link,
      ending,
    }),
    text: `${[...paragraphs.map((lines) => lines.join("\n")), `${footer} ${ending}: ${link}`].join("\n\n")}\n`,
  };
}
