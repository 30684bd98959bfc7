import type { MessageLinks } from "@regulars/core/notifications/message-links";
import { endLinks } from "./notifications/end-links.ts";
import { escapeFor } from "@regulars/core/platform/template";
import { lineTexts } from "./digest/line.ts";
import { fill } from "./digest/skeleton.ts";
import { NAME_LENGTH, oneLine } from "./plain-text.ts";
import { headingOf, withOthers } from "./slack/further-alerts.ts";
import type { WordedAlert, WordedFurther } from "./notifications/worded.ts";
import type { Words } from "./texts/words.ts";

const PAGE = `<!doctype html>
<html lang="{{language}}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{subject}}</title></head>
<body style="margin:0;padding:24px;font-family:Helvetica,Arial,sans-serif;font-size:16px;line-height:24px;color:#1c2430">
{{{findings}}}
<p style="color:#5b6675;font-size:14px">{{footer}}{{{endLinks}}}</p>
</body>
</html>
`;

/** The first finding is the page's heading, those that are told with it follow. */
const FINDINGS = {
  first: `<h1 style="font-size:20px;line-height:28px">{{title}}</h1>
{{{paragraphs}}}
<p><a href="{{link}}" style="color:#1f5fbf">{{open}}</a></p>`,
  further: `<h2 style="margin-top:32px;font-size:18px;line-height:26px">{{title}}</h2>
{{{paragraphs}}}
<p><a href="{{link}}" style="color:#1f5fbf">{{open}}</a></p>`,
};

/**
 * An alert as an e-mail, for whom no place in Slack can be reached: subject, HTML and plain text with the same content,
 * all of its findings, every value escaped.
 */
export function alertEmail(alert: WordedAlert, links?: MessageLinks): { subject: string; html: string; text: string } {
  const { words, others = [] } = alert;
  const { say, formats, language } = words;
  const subject = withOthers(headingOf(alert, words), others, words);
  const footer = say("alert.context", {
    firm: oneLine(alert.tenantName, NAME_LENGTH),
    date: formats.day(alert.asOf, "long"),
  });
  const ends = endLinks(links, words);
  const first = findingParts(alert, words, FINDINGS.first);
  const further = others.map((one) => findingParts(one, words, FINDINGS.further));
  return {
    subject: escapeFor("subject", subject),
    html: fill(PAGE, {
      language,
      subject,
      findings: [first, ...further].map(({ html }) => html).join("\n"),
      footer,
      endLinks: ends.html,
    }),
    text: `${[first, ...further].map(({ text }) => text).join(`\n\n${"-".repeat(20)}\n\n`)}\n\n${footer}${ends.text}\n`,
  };
}

/** One finding of the mail: its heading, why, what is at stake, whom to call, what to write, and its link. */
function findingParts(finding: WordedFurther, words: Words, template: string): { html: string; text: string } {
  const { say } = words;
  const texts = lineTexts(finding.line, words);
  const title = headingOf(finding, words);
  const name = texts.contact && [texts.contact.name, texts.contact.phone].filter((part) => part !== "").join(", ");
  const call = name === undefined ? "" : say("plain.call", { name });
  const plain = [
    texts.why,
    ...(texts.atStake === undefined ? [] : [say("plain.atStake", { mony: texts.atStake })]),
    ...(call === "" || texts.contact?.tel !== undefined ? [] : [call]),
  ];
  const callLink = texts.contact?.tel === undefined ? [] : [{ tel: texts.contact.tel, call }];
  const followUp = texts.followUp.join("") === "" ? [] : [say("plain.message"), ...texts.followUp];
  const paragraphs = [
    ...plain.map((text) => fill("<p>{{text}}</p>", { text })),
    ...callLink.map((one) => fill('<p><a href="{{tel}}" style="color:#1f5fbf">{{call}}</a></p>', one)),
    ...(followUp.length === 0
      ? []
      : [`<p style="white-space:pre-line">${fill("{{text}}", { text: followUp.join("\n") })}</p>`]),
  ].join("\n");
  return {
    html: fill(template, { title, paragraphs, link: texts.link, open: say("alert.open") }),
    text: [
      title,
      ...plain,
      ...callLink.map((one) => one.call),
      ...(followUp.length === 0 ? [] : [followUp.join("\n")]),
      texts.link,
    ].join("\n\n"),
  };
}
