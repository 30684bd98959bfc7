import type { IntroductionMail } from "@regulars/core/notifications/message";
import type { TextSource } from "@regulars/core/platform/message-text";
import { type IntroductionState, nextAnswers } from "@regulars/core/relationships/introduction";
import { introductionAction } from "@regulars/core/slack/slack-call";
import type { KnownBlock } from "@slack/types";
import { webLink } from "../links.ts";
import { mrkdwn, plain, slackClip, slackText } from "../slack-text.ts";
import { wordsOf } from "../texts/words.ts";
import { writeText } from "../texts/write-text.ts";
import { oneLine } from "../plain-text.ts";
import type { AlertMessage } from "../alert.ts";

// https://docs.slack.dev/reference/block-kit/blocks: characters of a header, a section's text and a button's label.
const HEADER_LENGTH = 150;
const SECTION_LENGTH = 3000;
const LABEL_LENGTH = 75;

const LABELS = {
  accepted: "introduction.accept",
  introduced: "introduction.introduce",
  declined: "introduction.decline",
} as const;

/**
 * The direct message that asks a colleague for an introduction, in the words of its e-mail, with a button for each
 * answer that its state allows, and its state once it is answered or has expired (docs/reference/slack.md 6).
 */
export function introductionMessage(
  mail: IntroductionMail,
  texts: TextSource,
  state: IntroductionState = "requested",
): AlertMessage {
  const words = wordsOf(mail.locale, texts);
  const subject = oneLine(writeText(mail.subject, texts, words.formats), SECTION_LENGTH);
  const text = writeText(mail.text, texts, words.formats);
  const buttons = nextAnswers({ state }).map((answer) => ({
    type: "button" as const,
    action_id: introductionAction(answer),
    text: plain(words.say(LABELS[answer]), LABEL_LENGTH),
    value: mail.introductionId,
  }));
  const open = {
    type: "button" as const,
    action_id: "open-introductions",
    text: plain(words.say("introduction.open"), LABEL_LENGTH),
    url: webLink(mail.link),
  };
  const blocks: KnownBlock[] = [
    { type: "header", text: plain(subject, HEADER_LENGTH) },
    { type: "section", text: mrkdwn(slackClip(text, SECTION_LENGTH)) },
    ...(state === "requested"
      ? []
      : [{ type: "section" as const, text: mrkdwn(slackText(words.say(`introduction.${state}`))) }]),
    { type: "actions", elements: [...buttons, open] },
  ];
  return { text: slackClip(subject, SECTION_LENGTH), blocks };
}
