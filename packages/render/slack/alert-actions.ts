import type { AlertStanding, FindingEnd, Handled } from "@regulars/core/slack/handled";
import { type AlertAction, snoozeDays, valueOf } from "@regulars/core/slack/slack-call";
import { verdicts } from "@regulars/core/insights/feedback";
import type { Day } from "@regulars/core/platform/values";
import type { Button, KnownBlock } from "@slack/types";
import { NAME_LENGTH, oneLine } from "../plain-text.ts";
import type { Words } from "../texts/words.ts";
import { mrkdwn, plain, slackText } from "../slack-text.ts";

const LABEL_LENGTH = 75;

/** "3 November": the day as people say it within a year. */
const dayInWords = (day: Day, { formats: { locale } }: Words): string =>
  new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00Z`),
  );

/** "already won back on 3 November". */
export const endInWords = (end: FindingEnd | "unknown", words: Words): string =>
  end === "unknown" ? words.say("slack.ended") : words.say(`slack.${end.outcome}`, { date: dayInWords(end.on, words) });

interface ActionsOf {
  readonly findingId: string;
  /** Absent in alerts of an earlier version: they have no buttons that act. */
  readonly episode: string | undefined;
  readonly open: Button;
  readonly words: Words;
  readonly standing: AlertStanding | undefined;
}

/**
 * What can be done with an alert, and what was done: Open always; nothing else once the finding ended, and each of the
 * others until somebody did it.
 */
export function actionBlocks({ findingId, episode, open, words, standing }: ActionsOf): KnownBlock[] {
  const { handled, ended } = standing ?? {};
  const value = episode === undefined || ended !== undefined ? undefined : valueOf(findingId, episode);
  const button = (action: AlertAction, label: string): Button[] =>
    value === undefined ? [] : [{ type: "button", action_id: action, text: plain(label, LABEL_LENGTH), value }];
  const work = [
    open,
    ...(handled?.contacted === undefined ? button("contacted", words.say("slack.contacted")) : []),
    ...(handled?.snoozed === undefined
      ? snoozeDays.flatMap((days) => button(`snooze-${days}`, words.say("slack.snooze", { numb: days })))
      : []),
  ];
  const opinions =
    handled?.feedback === undefined
      ? verdicts.flatMap((verdict) => button(`feedback-${verdict}`, words.say(`slack.${verdict}`)))
      : [];
  const done = standing === undefined ? [] : standingLines(standing, words);
  return [
    ...(done.length === 0 ? [] : [{ type: "section" as const, text: mrkdwn(done.join("\n")) }]),
    { type: "actions", elements: work },
    ...(opinions.length === 0 ? [] : [{ type: "actions" as const, elements: opinions }]),
  ];
}

/** One line for each thing that was done, and for the finding's end: "Contacted by Sanne Holm". */
export function standingLines({ handled, ended, nameOf }: AlertStanding, words: Words): string[] {
  const { say } = words;
  const nameIn = (userId: string | undefined): string =>
    userId === undefined ? say("slack.somebody") : oneLine(nameOf(userId), NAME_LENGTH);
  const { contacted, snoozed, feedback } = handled ?? {};
  const lines = [
    ...(ended === undefined ? [] : [capital(endInWords(ended, words))]),
    ...(contacted === undefined ? [] : [say("slack.contactedBy", { name: nameIn(contacted.by) })]),
    ...(snoozed === undefined || ended !== undefined ? [] : [snoozedInWords(snoozed, nameIn(snoozed.by), words)]),
    ...(feedback === undefined
      ? []
      : [say("slack.saysBy", { text: say(`slack.${feedback.verdict}`), name: nameIn(feedback.by) })]),
  ];
  return lines.map(slackText);
}

const snoozedInWords = ({ until }: NonNullable<Handled["snoozed"]>, name: string, words: Words): string =>
  until === undefined
    ? words.say("slack.setAsideBy", { name })
    : words.say("slack.snoozedBy", { date: dayInWords(until, words), name });

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
