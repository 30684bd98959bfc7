import { isActive, type User } from "@regulars/core/access/user";
import { idOfSegment } from "@regulars/core/platform/id-text";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type Instant, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { type Introduction, introductionAnswers } from "@regulars/core/relationships/introduction";
import type { Runtime } from "@regulars/functions/runtime";
import { tellSlack } from "@regulars/functions/workers/tell-slack";
import { answerIntroduction, listIntroductions } from "@regulars/flows/who-knows/answer-introduction";
import type { Hono } from "hono";
import * as z from "zod";
import type { Form } from "../page/form.ts";
import { formResponse } from "../page/html-response.ts";
import { introductionsView } from "./introductions-view.ts";
import { LOOKS } from "../page/needs.ts";
import { inTenant, type OpenTenant } from "../page/open-tenant.ts";
import { type RefusedForm, refusedForm } from "../page/refused-form.ts";
import { seenSomebody } from "./seen-somebody.ts";
import { formRefusal, refusal } from "../page/refusal.ts";
import { doneResponse } from "../page/saved.ts";
import { type PageContext, type PageEnv, newPages } from "../page/viewer.ts";

const formSchema = z.object({ introductionId: z.string(), state: z.enum(introductionAnswers) });

/** The page of a user's introductions: what they asked for, and what they are asked for with a form to answer. */
export function introductionsPages({ runtime }: { readonly runtime: Runtime }): Hono<PageEnv> {
  const pages = newPages();
  const now = () => toInstant(runtime.clock());

  const page = async (c: PageContext, tenant: string, user: string, refused?: RefusedForm) => {
    const read = await inTenant(c, tenant, LOOKS, (opened) => readPage(opened, idOfSegment(user), now()));
    if (!read.ok) return refusal(c, read);
    const view = introductionsView(read.value, c.var.words, refused);
    return formResponse(c, view, refused);
  };

  pages.get("/introductions/:tenant/:user", (c) => page(c, c.req.param("tenant"), c.req.param("user")));

  pages.post("/introductions/:tenant/:user", async (c) => {
    const { tenant, user } = c.req.param();
    const form = await c.req.parseBody();
    const done = await inTenant(c, tenant, LOOKS, (opened) => answerByForm(opened, idOfSegment(user), form, runtime));
    return done.ok
      ? doneResponse(c)
      : formRefusal(c, done, (told) => page(c, tenant, user, refusedForm(told.message, form)));
  });

  return pages;
}

/** The user of the page: the viewer themselves; on a machine of one's own everybody's page can be looked at. */
async function findUser({ words, store, userId: own, decide }: OpenTenant, given: string): Promise<Result<User>> {
  const user = (await store.users()).find(({ userId }) => userId === given);
  const isTheirs = user !== undefined && decide("user.see_list", user) && (own === undefined || own === user.userId);
  return isTheirs && isActive(user)
    ? ok(user)
    : refuse("unknown-user", words.say("introductions.noUser", { name: given }));
}

async function readPage(opened: OpenTenant, given: string, now: Instant) {
  const user = await findUser(opened, given);
  if (!user.ok) return user;
  const { tenant, whole } = opened;
  const listed = await listIntroductions(whole.whoKnows.introductions, user.value.userId, now);
  const names = new Map((await opened.store.users()).map(({ userId, name }) => [userId, name]));
  const persons = await personNames(opened, [...listed.asked, ...listed.askedOf]);
  return ok({ tenant, user: user.value, names, persons, ...listed });
}

/** The names of the persons whom the viewer may see; the others are called by their ids. */
async function personNames(
  opened: OpenTenant,
  introductions: readonly Introduction[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(introductions.map(({ personId }) => personId))];
  const found = await Promise.all(ids.map((id) => seenSomebody(opened, id)));
  return new Map(
    found.flatMap((one, i) => (one.ok && one.value.name !== undefined ? [[ids[i] ?? "", one.value.name]] : [])),
  );
}

async function answerByForm(opened: OpenTenant, given: string, form: Form, runtime: Runtime): Promise<Result<unknown>> {
  const [by, parsed] = [userIdSchema.safeParse(given), formSchema.safeParse(form)];
  if (!by.success || !parsed.success)
    return refuse(
      "unusable-fields",
      opened.words.say("introductions.choose", { text: introductionAnswers.join(", ") }),
    );
  const user = await findUser(opened, given);
  if (!user.ok) return user;
  const { tenant, whole, userId } = opened;
  if (userId !== by.data)
    return refuse("not-allowed", opened.words.say("introductions.onlyThem", { name: user.value.name }));
  const { introductionId, state: answer } = parsed.data;
  const store = whole.whoKnows.introductions;
  const now = toInstant(runtime.clock());
  const answered = await answerIntroduction({ tenant, store, introductionId, answer, by: by.data, now });
  if (answered.ok) await tellSlack({ tenant, store: whole }, { type: "answered", introductionId }, runtime);
  return answered;
}
