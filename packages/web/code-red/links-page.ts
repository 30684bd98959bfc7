import { type ItemLink, type LinkedPair, itemLinkSchema } from "@regulars/core/catalog/item-link";
import { MOST_RATIO } from "@regulars/core/catalog/link-rules";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type ItemId, itemIdSchema } from "@regulars/core/platform/values";
import { wholeFrom } from "@regulars/core/platform/whole-number";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { setLink } from "@regulars/flows/code-red/set-link";
import type { PageWords } from "@regulars/render/texts/page-words";
import * as z from "zod";
import { linksPath } from "../page/addresses.ts";
import { type FieldLabels, labelled, refuseFields } from "../page/form-reason.ts";
import type { Form } from "../page/form.ts";
import { type Named, namedBy, refuseUnnamed } from "../page/named-by.ts";
import { MANAGES, SEES_TEAM, holdsOne } from "../page/needs.ts";
import type { OpenTenant } from "../page/open-tenant.ts";
import { changedAddress } from "../page/query.ts";

/** The links that are shown: all, or those of one item. */
export interface LinksPage {
  readonly tenant: Tenant;
  readonly mayManage: boolean;
  readonly seesSuggestions: boolean;
  readonly links: readonly ItemLink[];
  readonly itemNames: ReadonlyMap<ItemId, string>;
  readonly query: { readonly item?: string | undefined };
  readonly from: number;
  /** The path of the page with its query, to come back to. */
  readonly address: string;
  /** Whether the filter names no item, and was not used. */
  readonly isUnused: boolean;
}

export const MOST_LINKS = 50;

export async function readLinksPage(
  opened: OpenTenant,
  { item = "", from: first }: { readonly item?: string | undefined; readonly from: number },
): Promise<LinksPage> {
  const { tenant, store, whole } = opened;
  const all = await whole.links.list();
  const own = item === "" ? undefined : await linksOf(opened, all, item);
  const isUsed = item === "" || own !== undefined;
  const links = own ?? all;
  const from = Math.min(first, links.length);
  const shown = links.slice(from, from + MOST_LINKS);
  const itemNames = await store.itemNames(shown.flatMap(({ itemId, linkedItemId }) => [itemId, linkedItemId]));
  const [mayManage, seesSuggestions] = [holdsOne(opened, MANAGES), holdsOne(opened, SEES_TEAM)];
  const asked = { item: (isUsed && item) || undefined, from: from === 0 ? undefined : String(from) };
  const address = changedAddress(linksPath(tenant.tenantId), asked);
  return { tenant, mayManage, seesSuggestions, links, itemNames, query: { item }, from, address, isUnused: !isUsed };
}

/** The links of an item that a text names, by its id or else its name; `undefined` when it names none. */
async function linksOf(
  { whole }: OpenTenant,
  all: readonly ItemLink[],
  text: string,
): Promise<readonly ItemLink[] | undefined> {
  const having = (ids: ReadonlySet<string>): readonly ItemLink[] =>
    all.filter(({ itemId, linkedItemId }) => ids.has(itemId) || ids.has(linkedItemId));
  const own = having(new Set([text]));
  if (own.length > 0) return own;
  const { like } = await namedBy(itemsNamed(whole, text), text);
  return like.length === 0 ? undefined : having(new Set(like.map(({ id }) => id)));
}

/** Items that a text names, as a search finds them. */
async function* itemsNamed({ names }: OpenTenant["whole"], text: string): AsyncGenerator<Named> {
  for await (const { itemId, name = itemId } of names.items(text)) yield { id: itemId, name };
}

/** A number as it was typed; what is no number stays a text, so that it is refused as such. */
export const typedNumber = (value: unknown): unknown =>
  typeof value === "string" && /^-?\d+$/.test(value.trim()) ? Number(value) : value;

const LABELS = {
  itemId: "links.field.itemId",
  linkedItemId: "links.field.linkedItemId",
  ratio: "links.field.ratio",
  linkedRatio: "links.field.linkedRatio",
  lagDays: "links.field.lagDays",
  minJoint: "links.field.minJoint",
  percent: "links.field.percent",
  from: "links.field.from",
  metric: "links.field.metric",
} as const satisfies FieldLabels;

const isField = (name: string): name is keyof typeof LABELS => Object.hasOwn(LABELS, name);

const LONGEST_LAG = 365;
const pairFields = { itemId: itemIdSchema, linkedItemId: itemIdSchema };
const share = z.preprocess(typedNumber, wholeFrom(1, MOST_RATIO));
const linkForm = z.object({
  ...pairFields,
  ratio: share,
  linkedRatio: share,
  lagDays: z.preprocess(typedNumber, wholeFrom(0, LONGEST_LAG)),
  bidirectional: z.preprocess((value) => value !== undefined, z.boolean()),
});

/** Sets or removes a link by a form. */
export async function changeLinkByForm(opened: OpenTenant, form: Form): Promise<Result<unknown>> {
  if (form["action"] === "remove") {
    const pair = pairOfForm(form, opened.words);
    if (!pair.ok) return pair;
    const { itemId, linkedItemId } = pair.value;
    if (await opened.whole.links.remove(pair.value)) return ok(undefined);
    return refuse("unknown-link", opened.words.say("links.gone", { left: itemId, righ: linkedItemId }));
  }
  const given = read(linkForm, form, opened.words);
  if (!given.ok) return given;
  const done = await setNamed(opened, itemLinkSchema.parse(given.value));
  const named = (name: string): string => (isField(name) ? opened.words.text(LABELS[name]) : name);
  return done.ok ? done : { ...done, message: done.message.replace(/^\w+/, named) };
}

/** Sets a link; an item whose id is not known is looked for by its name. */
async function setNamed(opened: OpenTenant, link: ItemLink): Promise<Result<unknown>> {
  const { tenant, whole, words } = opened;
  const done = await setLink({ tenant, links: whole.links, link });
  if (done.ok || done.reason !== "item-not-known") return done;
  const field = (["itemId", "linkedItemId"] as const).find((name) => done.errors?.some(({ path }) => path === name));
  if (field === undefined) return done;
  const text = link[field];
  const { exact, like } = await namedBy(itemsNamed(whole, text), text);
  if (exact !== undefined && exact.id !== text)
    return setNamed(opened, { ...link, [field]: itemIdSchema.parse(exact.id) });
  return like.length === 0 ? done : refuseUnnamed(field, words.text(LABELS[field]), text, like, words);
}

/** The two items that a form names. */
export const pairOfForm = (form: Form, words: PageWords): Result<LinkedPair> => read(z.object(pairFields), form, words);

/** What a form's fields mean, or the first that means nothing. */
export function read<T>(schema: z.ZodType<T>, form: Form, words: PageWords): Result<T> {
  const parsed = schema.safeParse(form);
  if (parsed.success) return ok(parsed.data);
  return refuseFields(parsed.error, form, labelled(LABELS, words), "form.unusable", words);
}
