import { lastCompletedDay } from "@regulars/core/platform/period";
import { idOfSegment } from "@regulars/core/platform/id-text";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { toInstant, userIdSchema } from "@regulars/core/platform/values";
import { whoKnowsRefusal } from "@regulars/core/relationships/who-knows-settings";
import { hasSlack } from "@regulars/functions/workers/tell-slack";
import { effectsOf } from "@regulars/functions/effects";
import type { Runtime } from "@regulars/functions/runtime";
import { askIntroduction } from "@regulars/flows/who-knows/ask-introduction";
import { askWhoKnows } from "@regulars/flows/who-knows/ask-who-knows";
import type { Hono } from "hono";
import { refuseField } from "../page/form-reason.ts";
import { introductionsPath } from "../page/addresses.ts";
import type { Form } from "../page/form.ts";
import { formResponse } from "../page/html-response.ts";
import { LOOKS } from "../page/needs.ts";
import { type OpenTenant, inTenant } from "../page/open-tenant.ts";
import { pastDayIn, queryOf } from "../page/query.ts";
import { formRefusal, refusal } from "../page/refusal.ts";
import { type RefusedForm, refusedForm } from "../page/refused-form.ts";
import { doneResponse } from "../page/saved.ts";
import { type PageContext, type PageEnv, newPages } from "../page/viewer.ts";
import { seenSomebody } from "./seen-somebody.ts";
import { type WhoKnowsPage, whoKnowsView } from "./who-knows-view.ts";

/** The page of who knows a person, with a form to ask for an introduction. */
export function whoKnowsPages({ runtime }: { readonly runtime: Runtime }): Hono<PageEnv> {
  const pages = newPages();

  const page = async (c: PageContext, tenant: string, person: string, refused?: RefusedForm) => {
    const read = await inTenant(c, tenant, LOOKS, (opened) => readPage(c, opened, idOfSegment(person), runtime));
    if (!read.ok) return refusal(c, read);
    const view = whoKnowsView(read.value, c.var.words, refused);
    return formResponse(c, view, refused);
  };

  pages.get("/who-knows/:tenant/:person", (c) => page(c, c.req.param("tenant"), c.req.param("person")));

  pages.post("/who-knows/:tenant/:person", async (c) => {
    const { tenant, person } = c.req.param();
    const form = await c.req.parseBody();
    const asked = await inTenant(c, tenant, LOOKS, (opened) => askByForm(opened, idOfSegment(person), form, runtime));
    return asked.ok
      ? doneResponse(c, asked.value)
      : formRefusal(c, asked, (told) => page(c, tenant, person, refusedForm(told.message, form)));
  });

  return pages;
}

async function readPage(
  c: PageContext,
  opened: OpenTenant,
  given: string,
  { clock }: Runtime,
): Promise<Result<WhoKnowsPage>> {
  const { tenant, whole, store, userId } = opened;
  const off = whoKnowsRefusal(tenant);
  if (off !== undefined) return off;
  const found = await seenSomebody(opened, given);
  if (!found.ok) return found;
  const somebody = found.value;
  const target = { type: "person", somebody } as const;
  const now = toInstant(clock());
  const asOf = pastDayIn(c, "asOf", lastCompletedDay(now, tenant.timeZone));
  const known = await askWhoKnows({ tenant, store: whole.whoKnows, target, requesterId: userId, asOf, now });
  if (!known.ok) return known;
  const customers = await store.profiles(somebody.customerId === undefined ? [] : [somebody.customerId]);
  const [customer] = customers.values();
  const mayAsk = userId !== undefined && asOf === undefined;
  const givenDay = queryOf(c)["asOf"];
  return ok({ tenant, personId: given, somebody, customer, known: known.value, givenDay, mayAsk });
}

/** Where the requester sees what they asked for. */
async function askByForm(opened: OpenTenant, personId: string, form: Form, runtime: Runtime): Promise<Result<string>> {
  const { clock, elapsed, links, queues } = runtime;
  const { tenant, whole, userId: requesterId } = opened;
  const somebody = await seenSomebody(opened, personId);
  if (!somebody.ok) return somebody;
  const colleague = userIdSchema.safeParse(form["colleague"]);
  if (!colleague.success) return refuseField("colleague", opened.words.say("whoKnows.chooseWhom"));
  if (requesterId === undefined) return refuse("not-allowed", opened.words.say("whoKnows.onlyUser"));
  const asked = await askIntroduction({
    tenant,
    store: whole.whoKnows,
    preferences: whole.preferences,
    links,
    requesterId,
    colleagueId: colleague.data,
    personId,
    somebody: somebody.value,
    hasSlack: () => hasSlack(whole, runtime),
    newId: effectsOf(clock, elapsed).newId,
    now: toInstant(clock()),
  });
  if (!asked.ok) return refuseField("colleague", asked.message, asked.reason);
  await queues.send("outgoing", { tenantId: tenant.tenantId });
  return ok(introductionsPath(tenant.tenantId, requesterId));
}
