import { isActive, type User } from "@regulars/core/access/user";
import { idOfSegment } from "@regulars/core/platform/id-text";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type Instant, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { introductionAnswers } from "@regulars/core/relationships/introduction";
import type { Runtime } from "@regulars/functions/runtime";
import { answerIntroduction, listIntroductions } from "@regulars/flows/who-knows/answer-introduction";
import type { Table } from "@regulars/store/engine/table";
import { type Context, Hono } from "hono";
import { csrf } from "hono/csrf";
import * as z from "zod";
import { htmlResponse, notFound, refusedPage } from "../page/html-response.ts";
import { introductionsView } from "./introductions-view.ts";
import { type OpenTenant, inTenant } from "../page/open-tenant.ts";
import { type RefusedForm, refusedForm } from "../page/refused-form.ts";
import { refusalPage } from "../page/refusal-view.ts";

const formSchema = z.object({ introductionId: z.string(), state: z.enum(introductionAnswers) });

/** The page of a user's introductions: what they asked for, and what they are asked for with a form to answer. */
export function introductionsPages({ table, runtime }: { readonly table: Table; readonly runtime: Runtime }): Hono {
  const pages = new Hono();
  const now = () => toInstant(runtime.clock());

  const page = async (c: Context, tenant: string, user: string, refused?: RefusedForm) => {
    const read = await inTenant(table, tenant, (opened) => readPage(opened, idOfSegment(user), now()));
    if (!read.ok) return notFound(c, refusalPage(read.message));
    const view = introductionsView(read.value, refused);
    return refused === undefined
      ? htmlResponse(c, view, { hasForms: true })
      : refusedPage(c, view, 422, { hasForms: true });
  };

  pages.get("/introductions/:tenant/:user", (c) => page(c, c.req.param("tenant"), c.req.param("user")));

  pages.post("/introductions/:tenant/:user", csrf(), async (c) => {
    const { tenant, user } = c.req.param();
    const form = await c.req.parseBody();
    const done = await inTenant(table, tenant, (opened) => answerByForm(opened, idOfSegment(user), form, now()));
    return done.ok ? c.redirect(c.req.path, 303) : page(c, tenant, user, refusedForm(done.message, form));
  });

  return pages;
}

async function findUser({ store }: OpenTenant, given: string): Promise<Result<User>> {
  const user = (await store.users()).find(({ userId }) => userId === given);
  return user !== undefined && isActive(user) ? ok(user) : refuse("unknown-user", `There is no user "${given}".`);
}

async function readPage(opened: OpenTenant, given: string, now: Instant) {
  const user = await findUser(opened, given);
  if (!user.ok) return user;
  const { tenant, whole } = opened;
  const listed = await listIntroductions(whole.whoKnows.introductions, user.value.userId, now);
  const names = new Map((await opened.store.users()).map(({ userId, name }) => [userId, name]));
  return ok({ tenant, user: user.value, names, ...listed });
}

async function answerByForm(
  { tenant, whole }: OpenTenant,
  given: string,
  form: Readonly<Record<string, unknown>>,
  now: Instant,
): Promise<Result<unknown>> {
  const [by, parsed] = [userIdSchema.safeParse(given), formSchema.safeParse(form)];
  if (!by.success || !parsed.success)
    return refuse("unusable-fields", `choose an answer: ${introductionAnswers.join(", ")}`);
  const { introductionId, state: answer } = parsed.data;
  const store = whole.whoKnows.introductions;
  return answerIntroduction({ tenant, store, introductionId, answer, by: by.data, now });
}
