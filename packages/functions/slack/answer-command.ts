import { customerIdOf } from "@regulars/core/insights/subject";
import type { User } from "@regulars/core/access/user";
import type { Links } from "@regulars/core/notifications/compose";
import type { SlackCommand } from "@regulars/core/slack/slack-call";
import { forYou } from "@regulars/flows/insights/for-you";
import { lineFor } from "@regulars/flows/notifications/message-line";
import { slackList } from "@regulars/render/slack/slack-list";
import { slackReplies } from "@regulars/render/slack/slack-replies";
import { titleOf, wordLine } from "@regulars/render/notifications/worded";
import { type Words, wordsOf } from "@regulars/render/texts/words";
import { userOf } from "./answer-click.ts";
import type { SlackParts } from "./slack-parts.ts";
import { replyTo } from "./reply.ts";

/** `/regulars` shows so many of one's own list. */
const SHOWN = 5;

/** Answers the slash command, only to who wrote it: their first five, or what there is to write. */
export async function answerCommand(command: SlackCommand, parts: SlackParts, links: Links): Promise<void> {
  const {
    slack: { api, answersAt },
    token,
    users,
  } = parts;
  const tell = async (text: string, blocks?: readonly object[]): Promise<void> =>
    void (await replyTo(command, text, { api, token, answersAt }, blocks));
  const words = wordsOf(parts.tenant.locale, parts.catalog.textOf);
  const asked = command.text.trim().toLowerCase();
  if (asked !== "")
    return tell(asked === "help" ? slackReplies.help(words) : slackReplies.unknownWords(command.text, words));
  const user = userOf(users, command.slackUserId);
  if (user === undefined) return tell(slackReplies.unknownUser(command.slackUserId, words));
  const list = await listOf(user, parts, links, words);
  if (typeof list === "string") return tell(list);
  const { text, blocks } = slackList(list);
  return tell(text, blocks);
}

/** The first of somebody's own list, or why there is none. */
async function listOf(user: User, { tenant, catalog, store, now }: SlackParts, links: Links, words: Words) {
  const page = await forYou({ catalog, tenant, store: store.nightly, scopeFilter: { repId: user.userId }, now });
  if (!page.ok) return page.reason === "no-nightly-run" ? slackReplies.noRun(words) : page.message;
  const { ranked } = page.value.forYou;
  const shown = ranked.slice(0, SHOWN).map(({ finding }) => finding);
  const customers = await store.nightly.profiles(shown.flatMap(({ subject }) => customerIdOf(subject) ?? []));
  const surroundings = { tenant, catalog, store: store.nightly, links };
  const lines = shown.map(async (finding) => {
    const customerId = customerIdOf(finding.subject);
    const customer = customerId === undefined ? undefined : customers.get(customerId);
    if (customer === undefined) return undefined;
    const line = await lineFor(surroundings, finding, customer, { rep: user, isNew: false });
    return {
      title: titleOf(finding.kind, catalog.textOf, words.formats),
      ...wordLine(line, catalog.textOf, words.formats),
    };
  });
  return {
    lines: (await Promise.all(lines)).filter((line) => line !== undefined),
    count: ranked.length,
    words,
    link: links.rep(tenant.tenantId, user.userId),
  };
}
