import type { IntroductionMail } from "@regulars/core/notifications/message";
import { inReadersLanguage } from "@regulars/core/notifications/readers-language";
import { tenantTexts } from "@regulars/core/notifications/templates";
import { type Introduction, introductionAt } from "@regulars/core/relationships/introduction";
import { whoKnowsRefusal } from "@regulars/core/relationships/who-knows-settings";
import type { AnsweredElsewhere, IntroductionClick } from "@regulars/core/slack/slack-call";
import { answerIntroduction } from "@regulars/flows/who-knows/answer-introduction";
import { introductionMessage } from "@regulars/render/slack/introduction-message";
import { introductionReplies } from "@regulars/render/slack/introduction-replies";
import { slackReplies } from "@regulars/render/slack/slack-replies";
import { wordsOf } from "@regulars/render/texts/words";
import { userOf } from "./answer-click.ts";
import { replyTo } from "./reply.ts";
import { placeInSlack, replaceMessage } from "./show-alert.ts";
import type { SlackParts } from "./slack-parts.ts";

/**
 * Answers a request for an introduction as pages and API do, and shows it: the message is changed in its place. Who
 * clicked in vain is told why, only to them. It may run more than once for a click: the second time it only shows.
 */
export async function answerIntroductionClick(click: IntroductionClick, parts: SlackParts): Promise<void> {
  const { tenant, store, users, slack, token, now } = parts;
  const { introductions } = store.whoKnows;
  const texts = tenantTexts(tenant, parts.catalog.textOf);
  const tell = async (text: string): Promise<void> =>
    void (await replyTo(click, text, { api: slack.api, token, answersAt: slack.answersAt }));
  const words = wordsOf(tenant.locale, texts);
  const user = userOf(users, click.slackUserId);
  if (user === undefined) return tell(slackReplies.unknownUser(click.slackUserId, words));
  const { introductionId, answer } = click;
  const before = await introductions.find(introductionId);
  if (before === undefined) return tell(introductionReplies.gone(words));
  if (before.colleagueId !== user.userId) return tell(introductionReplies.notAsked(words));
  const mail = await mailOf(before, parts);
  const theirs = mail === undefined ? words : wordsOf(mail.locale, texts);
  if (whoKnowsRefusal(tenant) !== undefined) return tell(introductionReplies.off(theirs));
  const changed = await answerIntroduction({
    tenant,
    store: introductions,
    introductionId,
    answer,
    by: user.userId,
    now,
  });
  // Of two clicks at once, both show what was written last.
  const stored = await introductions.find(introductionId);
  if (stored === undefined) return tell(introductionReplies.gone(theirs));
  const { state } = introductionAt(stored, now);
  if (mail !== undefined) await replaceMessage(click, introductionMessage(mail, texts, state), parts);
  if (!changed.ok && state !== "requested") await tell(introductionReplies.nothingDone(state, theirs));
}

/** Shows an answer of a page, of the API or of the command on the request's message in Slack. */
export async function showAnswered({ introductionId }: AnsweredElsewhere, parts: SlackParts): Promise<void> {
  const { tenant, store, now } = parts;
  const [stored, notification] = await Promise.all([
    store.whoKnows.introductions.find(introductionId),
    store.outbox.find(requestId(introductionId)),
  ]);
  const place = placeInSlack(notification);
  const mail = stored && (await mailOf(stored, parts));
  if (stored === undefined || place === undefined || mail === undefined) return;
  const texts = tenantTexts(tenant, parts.catalog.textOf);
  await replaceMessage(place, introductionMessage(mail, texts, introductionAt(stored, now).state), parts);
}

const requestId = (introductionId: string): string => `introduction:${introductionId}`;

/** What the colleague was asked, in their language; `undefined` once it is kept no longer. */
async function mailOf(
  { introductionId }: Introduction,
  { tenant, store }: SlackParts,
): Promise<IntroductionMail | undefined> {
  const message = (await store.outbox.find(requestId(introductionId)))?.message;
  if (message === undefined) return undefined;
  const theirs = inReadersLanguage(message, await store.preferences.all(), tenant);
  return theirs.type === "introduction" ? theirs : undefined;
}
