import { hasSlack, tellSlack } from "@regulars/functions/workers/tell-slack";
import { randomUUID } from "node:crypto";
import { type Instant, toInstant, userIdSchema } from "@regulars/core/platform/values";
import type { Introduction, IntroductionAnswer } from "@regulars/core/relationships/introduction";
import { answerIntroduction, listIntroductions } from "@regulars/flows/who-knows/answer-introduction";
import { askIntroduction } from "@regulars/flows/who-knows/ask-introduction";
import { findSomebody } from "@regulars/flows/who-knows/find-target";
import type { OpenedTenant } from "@regulars/local/system";
import { UserError } from "@regulars/local/user-error";
import { checkedArgument, oneOf, tenantArgument } from "../arguments.ts";
import { refuseUnknownUsers } from "../customers/known-ids.ts";
import { type Session, printJson, usable, withExistingSystem } from "../session.ts";
import { textTable } from "../text-table.ts";
import { introductionActions } from "./actions.ts";

type Action = (typeof introductionActions)[number];

export interface IntroductionsOptions {
  readonly tenant: string;
  readonly by: string;
  readonly person?: string;
  readonly colleague?: string;
}

interface Asked {
  readonly system: Parameters<Parameters<typeof withExistingSystem>[1]>[0];
  readonly opened: OpenedTenant;
  readonly options: IntroductionsOptions;
  readonly by: ReturnType<typeof userIdSchema.parse>;
  readonly now: Instant;
}

const ANSWERS: Readonly<Record<Exclude<Action, "list" | "ask">, IntroductionAnswer>> = {
  accept: "accepted",
  introduce: "introduced",
  decline: "declined",
};

/** `regulars introductions [ACTION] [ID]`: asks a colleague for an introduction, answers one, lists them. */
export function introductionsCommand(
  session: Session,
  actionName: string,
  introductionId: string | undefined,
  options: IntroductionsOptions,
): Promise<number> {
  const action = oneOf(introductionActions, "action", actionName);
  const tenantId = tenantArgument(options.tenant);
  const by = checkedArgument(userIdSchema, "--by", options.by);
  return withExistingSystem(session, async (system) => {
    const opened = await system.openTenant(tenantId);
    await refuseUnknownUsers(opened, "--by", by);
    await refuseUnknownUsers(opened, "--colleague", options.colleague);
    const asked: Asked = { system, opened, options, by, now: toInstant(system.runtime.clock()) };
    if (action === "list") await showList(session, asked);
    else showOne(session, await (action === "ask" ? ask(asked) : answer(asked, ANSWERS[action], introductionId)));
    return 0;
  });
}

async function ask({ system, opened, options, by, now }: Asked): Promise<Introduction> {
  const { tenant, store } = opened;
  if (options.person === undefined || options.colleague === undefined)
    throw new UserError("ask needs --person and --colleague");
  const stores = { store: store.whoKnows, contacts: store.sales.contacts };
  const made = usable(
    await askIntroduction({
      tenant,
      store: store.whoKnows,
      preferences: store.preferences,
      links: system.runtime.links,
      requesterId: by,
      colleagueId: checkedArgument(userIdSchema, "--colleague", options.colleague),
      personId: options.person,
      somebody: usable(await findSomebody(stores, options.person)),
      hasSlack: () => hasSlack(store, system.runtime),
      newId: () => randomUUID().replaceAll("-", ""),
      now,
    }),
  );
  await system.queues.send("outgoing", { tenantId: tenant.tenantId });
  return made;
}

async function answer(
  { system, opened, by, now }: Asked,
  given: IntroductionAnswer,
  introductionId: string | undefined,
): Promise<Introduction> {
  if (introductionId === undefined) throw new UserError("name the introduction: its id, as the list gives it");
  const { tenant, store } = opened;
  const { introductions } = store.whoKnows;
  const answered = usable(
    await answerIntroduction({ tenant, store: introductions, introductionId, answer: given, by, now }),
  );
  const { slack } = system.runtime;
  await tellSlack({ tenant, store }, { type: "answered", introductionId }, { queues: system.queues, slack });
  return answered;
}

async function showList(session: Session, { opened, by, now }: Asked): Promise<void> {
  const listed = await listIntroductions(opened.store.whoKnows.introductions, by, now);
  if (session.json) return printJson(session, listed);
  const rows = [...listed.asked, ...listed.askedOf].map((one) => [
    one.introductionId,
    one.requesterId,
    one.colleagueId,
    one.personId,
    one.state,
    one.requestedAt,
  ]);
  session.print(
    rows.length === 0
      ? `${by} has asked for no introduction, and is asked for none\n`
      : `${textTable(["INTRODUCTION", "ASKED BY", "COLLEAGUE", "PERSON", "STATE", "ASKED AT"], rows)}\n`,
  );
}

function showOne(session: Session, introduction: Introduction): void {
  if (session.json) printJson(session, introduction);
  else session.print(`introduction ${introduction.introductionId} is ${introduction.state}\n`);
}
