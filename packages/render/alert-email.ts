import { escapeFor } from "@regulars/core/platform/template";
import { fill } from "./digest/skeleton.ts";
import { lineTexts } from "./digest/line.ts";
import { NAME_LENGTH, oneLine } from "./plain-text.ts";
import type { WordedAlert } from "./notifications/worded.ts";

const PAGE = `<!doctype html>
<html lang="{{language}}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{subject}}</title></head>
<body style="margin:0;padding:24px;font-family:Helvetica,Arial,sans-serif;font-size:16px;line-height:24px;color:#1c2430">
<h1 style="font-size:20px;line-height:28px">{{title}}</h1>
{{{paragraphs}}}
<p><a href="{{link}}" style="color:#1f5fbf">{{open}}</a></p>
<p style="color:#5b6675;font-size:14px">{{footer}}</p>
</body>
</html>
`;

/**
 * An alert as an e-mail, for whom no place in Slack can be reached: subject, HTML and plain text with the same content,
 * every value escaped.
 */
export function alertEmail(alert: WordedAlert): { subject: string; html: string; text: string } {
  const { say, formats, language } = alert.words;
  const texts = lineTexts(alert.line, alert.words);
  const kind = oneLine(alert.title, NAME_LENGTH);
  const title = say("alert.title", { levl: texts.mark, kind, name: texts.customerName });
  const name = texts.contact && [texts.contact.name, texts.contact.phone].filter((part) => part !== "").join(", ");
  const call = name === undefined ? "" : say("plain.call", { name });
  const plain = [
    texts.why,
    ...(texts.atStake === undefined ? [] : [say("plain.atStake", { mony: texts.atStake })]),
    ...(call === "" || texts.contact?.tel !== undefined ? [] : [call]),
  ];
  const callLink = texts.contact?.tel === undefined ? [] : [{ tel: texts.contact.tel, call }];
  const followUp = texts.followUp.join("") === "" ? [] : [say("plain.message"), ...texts.followUp];
  const footer = say("alert.context", {
    firm: oneLine(alert.tenantName, NAME_LENGTH),
    date: formats.day(alert.asOf, "long"),
  });
  return {
    subject: escapeFor("subject", title),
    html: fill(PAGE, {
      language,
      subject: title,
      title,
      paragraphs: [
        ...plain.map((text) => fill("<p>{{text}}</p>", { text })),
        ...callLink.map((one) => fill('<p><a href="{{tel}}" style="color:#1f5fbf">{{call}}</a></p>', one)),
        ...(followUp.length === 0
          ? []
          : [`<p style="white-space:pre-line">${fill("{{text}}", { text: followUp.join("\n") })}</p>`]),
      ].join("\n"),
      link: texts.link,
      open: say("alert.open"),
      footer,
    }),
    text: `${[
      title,
      ...plain,
      ...callLink.map((one) => one.call),
      ...(followUp.length === 0 ? [] : [followUp.join("\n")]),
      texts.link,
      footer,
    ].join("\n\n")}\n`,
  };
}
