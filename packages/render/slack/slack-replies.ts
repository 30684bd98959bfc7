import type { AlertStanding, FindingEnd } from "@regulars/core/slack/handled";
import { endInWords, standingLines } from "./alert-actions.ts";
import { NAME_LENGTH, oneLine } from "../plain-text.ts";
import { slackText } from "../slack-text.ts";
import type { Words } from "../texts/words.ts";

/** What somebody is told, only to them, when they click or write a command; escaped. */
export const slackReplies = {
  unknownUser: (slackUserId: string, { say }: Words): string =>
    slackText(say("slack.unknownUser", { user: oneLine(slackUserId, NAME_LENGTH) })),
  notAllowed: ({ say }: Words): string => slackText(say("slack.notAllowed")),
  unusable: ({ say }: Words): string => slackText(say("slack.unusable")),
  ended: (customerName: string, end: FindingEnd | "unknown", words: Words): string => {
    const text = endInWords(end, words);
    return slackText(words.say("slack.nothingDone", { name: oneLine(customerName, NAME_LENGTH), text }));
  },
  /** What others did before; the lines are escaped already. */
  already: (standing: AlertStanding, words: Words): string =>
    words.say("slack.faster", { text: words.formats.list(standingLines(standing, words)) }),
  help: ({ say }: Words): string => slackText(say("slack.help")),
  noRun: ({ say }: Words): string => slackText(say("slack.noRun")),
  unknownWords: (text: string, { say }: Words): string =>
    slackText(say("slack.unknownWords", { text: oneLine(text, NAME_LENGTH) })),
} as const;
