import { type ReviewedSuggestion, type SuggestionRun, decisions } from "@regulars/core/code-red/link-review";
import { suggestionRequestSchema } from "@regulars/core/code-red/suggest-links";
import { addDays, lastCompletedDay } from "@regulars/core/platform/period";
import type { Result } from "@regulars/core/platform/result";
import type { Day, Instant, ItemId } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { decideLink, reviewLinks } from "@regulars/flows/code-red/decide-link";
import { suggestFromOrders } from "@regulars/flows/code-red/suggest-links";
import * as z from "zod";
import type { Form } from "../page/form.ts";
import { pairOfForm, read, typedNumber } from "./links-page.ts";
import { linkSuggestionsPath } from "../page/addresses.ts";
import { type AuthorNames, authorNames } from "../page/authors.ts";
import { NOT_OFFERED } from "../page/form-reason.ts";
import { MANAGES, holdsOne } from "../page/needs.ts";
import type { OpenTenant } from "../page/open-tenant.ts";
import { changedAddress } from "../page/query.ts";

export interface LinkSuggestionsPage {
  readonly tenant: Tenant;
  readonly mayManage: boolean;
  readonly run: SuggestionRun | undefined;
  readonly state: ReviewedSuggestion["state"];
  /** In that state, the most frequent first. */
  readonly suggestions: readonly ReviewedSuggestion[];
  readonly itemNames: ReadonlyMap<ItemId, string>;
  readonly authorOf: AuthorNames;
  readonly from: number;
  /** The path of the page with its query, to come back to. */
  readonly address: string;
  /** The first day that is proposed for the orders that count. */
  readonly since: Day;
}

export const MOST_SUGGESTIONS_SHOWN = 50;
const USUAL_DAYS = 365;

interface AskedSuggestions {
  readonly state: ReviewedSuggestion["state"] | undefined;
  /** The index of the first one that is shown. */
  readonly from: number;
}

export async function readLinkSuggestions(
  opened: OpenTenant,
  { state = "suggested", from: first }: AskedSuggestions,
  now: Instant,
): Promise<LinkSuggestionsPage> {
  const { tenant, store, whole } = opened;
  const { run, suggestions: all } = await reviewLinks(whole.links);
  const suggestions = all.filter((one) => one.state === state);
  const from = Math.min(first, suggestions.length);
  const shown = suggestions.slice(from, from + MOST_SUGGESTIONS_SHOWN);
  const itemNames = await store.itemNames(shown.flatMap(({ itemId, linkedItemId }) => [itemId, linkedItemId]));
  const since = run?.from ?? addDays(lastCompletedDay(now, tenant.timeZone), -USUAL_DAYS);
  const authorOf = await authorNames(opened);
  const path = linkSuggestionsPath(tenant.tenantId);
  const address = changedAddress(path, { state, from: from === 0 ? undefined : String(from) });
  const mayManage = holdsOne(opened, MANAGES);
  return { tenant, mayManage, run, state, suggestions, itemNames, authorOf, from, address, since };
}

const { shape } = suggestionRequestSchema;
const isTicked = z.preprocess((value) => value !== undefined, z.boolean());
const requestForm = z.object({
  from: shape.from,
  percent: z.preprocess(typedNumber, shape.percent),
  metric: z.enum(shape.metric.unwrap().options, { error: NOT_OFFERED }),
  minJoint: z.preprocess((value) => (value === "" ? undefined : typedNumber(value)), shape.minJoint),
  literal: isTicked,
  all: isTicked,
});

/** Suggests links anew, or decides about one, by a form. */
export async function changeSuggestionsByForm(opened: OpenTenant, form: Form, now: Instant): Promise<Result<unknown>> {
  const { tenant, store, whole, userId: by } = opened;
  const state = decisions.find((one) => one === form["action"]);
  if (state !== undefined) {
    const pair = pairOfForm(form, opened.words);
    return pair.ok ? decideLink({ links: whole.links, pair: pair.value, state, by, now }) : pair;
  }
  const request = read(requestForm, form, opened.words);
  return request.ok ? suggestFromOrders({ tenant, store, links: whole.links, request: request.value, now }) : request;
}
