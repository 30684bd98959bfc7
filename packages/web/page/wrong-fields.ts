import type { ItemError } from "@regulars/core/platform/field-error";
import { html, raw } from "hono/html";
import type { Html } from "./layout.ts";
import { sentence } from "./sentence.ts";

const FORM = /<form\b([^>]*)>[^]*?<\/form\s*>/g;
const FIELD = /<(input|select|textarea)\b([^>]*)>/g;
const HIDDEN = /\btype="hidden"/;
/** The sentence of a refusal, as `refusedView` draws it. */
const SAID = /(<p class="refused" role="alert"[^>]*>[^]*?)<bdi>[^]*?<\/bdi>/;
/** The list of what was not used of an address, as `unusedView` draws it, and each part that it names. */
const UNUSED = /<div class="unused"[^]*?<\/div>/;
const PART = /<code>[^]*?<\/code\s*>/g;

interface Found {
  /** Where its tag begins and ends. */
  readonly from: number;
  readonly to: number;
  readonly tag: string;
  readonly attributes: string;
}

type Sent = Readonly<Record<string, unknown>>;

/**
 * The page of a refused form with each mistake below its field, which says that it is wrong, and with links to these
 * fields in the sentence above the page. A mistake of no field of the form stays as it is.
 */
export const withWrongFields = (page: string, errors: readonly ItemError[], sent: Sent): string =>
  withMistakes(page, errors, fieldsOfForm(page, errors, sent), (edited, ids) => {
    const lines = errors.map((error, i) => lineView(error, ids[i]));
    return edited.replace(SAID, (_, before: string) => before + lines.map(String).join("<br />"));
  });

/**
 * A page with each mistake of its address below the filter that it is of, and with links to these filters in the list
 * above the page, which names the mistakes first, in their order. One of no filter is said above only.
 */
export const withWrongFilters = (page: string, errors: readonly ItemError[]): string =>
  withMistakes(page, errors, formsOf(page, "get").flat(), (edited, ids) =>
    edited.replace(UNUSED, (list: string) => {
      let at = 0;
      return list.replaceAll(PART, (part: string) => {
        const id = ids[at++];
        return id === undefined ? part : String(html`<a href="#${id}">${raw(part)}</a>`);
      });
    }),
  );

/** The page with its mistakes beside their fields, and what `withLinks` makes of it with the ids of these fields. */
function withMistakes(
  page: string,
  errors: readonly ItemError[],
  fields: readonly Found[],
  withLinks: (edited: string, ids: readonly (string | undefined)[]) => string,
): string {
  const marked = errors.map((error, i) => ({ error, id: `wrong-${i}`, field: fieldOf(fields, error.path) }));
  if (marked.every(({ field }) => field === undefined)) return page;
  const edits = marked.flatMap(({ error, id, field }) =>
    field === undefined ? [] : [editsOf(page, field, error, id)],
  );
  // At one place the field before ends, then the next begins, then comes its tag. What is folded is elsewhere.
  const edited = [
    ...edits.map(({ ends }) => ends),
    ...edits.map(({ begins }) => begins),
    ...edits.map(({ tag }) => tag),
    ...opensAround(
      page,
      edits.map(({ tag }) => tag.at),
    ),
  ]
    .toSorted((a, b) => a.at - b.at)
    .reduceRight((text, { at, until = at, put }) => text.slice(0, at) + put + text.slice(until), page);
  return withLinks(
    edited,
    marked.map(({ id, field }) => field && (valueOf(field, "id") ?? id)),
  );
}

const lineView = ({ message }: ItemError, id: string | undefined): Html => {
  const said = html`<bdi>${sentence(message)}</bdi>`;
  return id === undefined ? said : html`<a href="#${id}">${said}</a>`;
};

/** The fields of each form that is sent by a method. */
function formsOf(page: string, method: "get" | "post"): readonly (readonly Found[])[] {
  const all = [...page.matchAll(FIELD)].map(({ 0: whole, 1: tag = "", 2: attributes = "", index }) => ({
    from: index,
    to: index + whole.length,
    tag,
    attributes,
  }));
  return [...page.matchAll(FORM)].flatMap(({ 0: whole, 1: attributes = "", index }) => {
    if (valueOf({ attributes }, "method") !== method) return [];
    const id = valueOf({ attributes }, "id");
    const isOfForm = (field: Found): boolean => {
      const of = valueOf(field, "form");
      return of === undefined ? index < field.from && field.to < index + whole.length : of === id;
    };
    return [all.filter(isOfForm)];
  });
}

/** The fields of the form that was sent: of those with one of the wrong fields, the one most like it. */
function fieldsOfForm(page: string, errors: readonly ItemError[], sent: Sent): readonly Found[] {
  const likeness = (fields: readonly Found[]): number =>
    fields
      .filter(({ attributes }) => HIDDEN.test(attributes))
      .reduce(
        (sum, field) => sum + (drawn(sent[valueOf(field, "name") ?? ""]) === valueOf(field, "value") ? 1 : -1),
        0,
      );
  const [best] = formsOf(page, "post")
    .filter((fields) => errors.some(({ path }) => fieldOf(fields, path) !== undefined))
    .toSorted((a, b) => likeness(b) - likeness(a));
  return best ?? [];
}

/** A value as the attributes of a page have it. */
const drawn = (value: unknown): string | undefined => (typeof value === "string" ? String(html`${value}`) : undefined);

/** The field of a name that somebody fills; of one with several boxes the first of them. */
function fieldOf(fields: readonly Found[], path: string): Found | undefined {
  const filled = fields.filter(({ attributes }) => !HIDDEN.test(attributes));
  return (
    filled.find((field) => valueOf(field, "name") === path) ??
    filled.find((field) => valueOf(field, "name")?.startsWith(`${path}.`) === true)
  );
}

const valueOf = ({ attributes }: Pick<Found, "attributes">, name: string): string | undefined =>
  new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1];

interface Edit {
  readonly at: number;
  readonly until?: number;
  readonly put: string;
}

/** What is put around a wrong field, and the tag that says that it is wrong. */
type FieldEdits = Readonly<Record<"begins" | "tag" | "ends", Edit>>;

function editsOf(page: string, field: Found, { message }: ItemError, id: string): FieldEdits {
  const { from, to, tag, attributes } = field;
  const says = `${id}-why`;
  const described = [valueOf(field, "aria-describedby"), says].filter((one) => one !== undefined).join(" ");
  const kept = attributes.replace(/\s*\baria-describedby="[^"]*"/, "").replace(/\s*\bautofocus\b/, "");
  const own = valueOf(field, "id") === undefined ? `id="${id}" ` : "";
  const put = `<${tag} ${own}aria-invalid="true" aria-describedby="${described}"${kept}>`;
  const why = html`<span class="why-wrong" id="${says}"><bdi>${sentence(message)}</bdi></span>`;
  const [start, end] = aroundOf(page, field);
  return {
    begins: { at: start, put: `<span class="wrong">` },
    tag: { at: from, until: to, put },
    ends: { at: end, put: `${String(why)}</span>` },
  };
}

/** Where what is marked begins and ends: the field with its label. */
function aroundOf(page: string, { from, to, tag }: Found): readonly [number, number] {
  const start = page.lastIndexOf("<label", from);
  const isInLabel = start !== -1 && page.lastIndexOf("</label", from) < start;
  return isInLabel ? [start, endOf(page, "label", to)] : [from, tag === "input" ? to : endOf(page, tag, to)];
}

const FOLD = /(<details)\b([^>]*)>|<\/details\s*>/g;

/** Opens what a mistake would be folded away in. */
function opensAround(page: string, places: readonly number[]): readonly Edit[] {
  const closed = new Set<number>();
  for (const place of places) {
    const around: { readonly end: number; readonly attributes: string }[] = [];
    for (const { 1: tag, 2: attributes = "", index } of page.slice(0, place).matchAll(FOLD))
      if (tag === undefined) around.pop();
      else around.push({ end: index + tag.length, attributes });
    for (const { end, attributes } of around) if (!/(?:^|\s)open(?:\s|$)/.test(attributes)) closed.add(end);
  }
  return [...closed].map((at) => ({ at, put: " open" }));
}

/** Where an element that is open at a place ends; the line may break within its closing tag. */
function endOf(page: string, tag: string, from: number): number {
  const closing = new RegExp(`</${tag}\\s*>`, "g");
  closing.lastIndex = from;
  return closing.test(page) ? closing.lastIndex : from;
}
