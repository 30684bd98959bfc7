import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { Links } from "@regulars/core/notifications/compose";
import { type TemplateVersion, templateVersions } from "@regulars/core/notifications/template-history";
import { tenantTexts } from "@regulars/core/notifications/templates";
import { cutText } from "@regulars/core/platform/cut-text";
import { type Language, languageOf, readLanguage } from "@regulars/core/platform/languages";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type Instant, customerIdSchema } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { changeSettings } from "@regulars/flows/insights/change-settings";
import { previewedTemplate } from "@regulars/flows/notifications/preview-template";
import { templateExamples } from "@regulars/flows/notifications/template-example";
import { templateChanges } from "@regulars/flows/notifications/template-history";
import {
  type ShownTemplate,
  previewTemplate,
  shownTemplates,
  writtenTemplate,
} from "@regulars/render/notifications/template-preview";
import type { PageWords } from "@regulars/render/texts/page-words";
import { refuseField } from "../page/form-reason.ts";
import { type AuthorNames, authorNames } from "../page/authors.ts";
import type { Form } from "../page/form.ts";
import type { OpenTenant } from "../page/open-tenant.ts";
import { notStale, formStamp } from "../page/stale-form.ts";

/** The texts that a tenant may say in its own words, one of them opened. */
export interface TemplatesPage {
  readonly words: PageWords;
  readonly tenant: Tenant;
  readonly language: Language;
  readonly authorOf: AuthorNames;
  /** Every text with how it reads to somebody; none while one of them is opened. */
  readonly templates: readonly (NamedTemplate & {
    readonly last: TemplateVersion | undefined;
    readonly written: string;
  })[];
  readonly opened:
    (NamedTemplate & { readonly versions: readonly TemplateVersion[]; readonly was: string }) | undefined;
}

interface NamedTemplate extends ShownTemplate {
  readonly name: string;
}

/** How words read to a customer, in each place of their text. */
export interface ShownPreview {
  readonly customerId: string;
  readonly customerName: string;
  readonly places: ReturnType<typeof previewTemplate>;
}

interface Asked {
  readonly language?: string | undefined;
  readonly textId?: string | undefined;
}

interface Surroundings {
  readonly opened: OpenTenant;
  readonly links: Links;
  readonly now: Instant;
}

/** The texts of a language, by default the tenant's; refused for a language or a text that there is not. */
export async function readTemplatesPage(
  { opened, ...at }: Surroundings,
  { language: given, textId }: Asked,
): Promise<Result<TemplatesPage>> {
  const { tenant, words, catalog, whole, store } = opened;
  const language = readLanguage(given ?? languageOf(tenant.locale));
  if (!language.ok) return language;
  const changes = await templateChanges(whole.changeLogs.settings);
  const versionsOf = (id: string) => templateVersions(changes, language.value, id);
  const shown = shownTemplates(tenant, catalog, language.value).map((one) => ({
    ...one,
    name: templateName(one.textId, catalog, words),
  }));
  const one = shown.find((each) => each.textId === textId);
  if (textId !== undefined && one === undefined)
    return refuse("unknown-text", words.say("templates.unknown", { name: cutText(textId, 60) }));
  const asWritten = async (): Promise<TemplatesPage["templates"]> => {
    const valuesOf = await templateExamples({ tenant, catalog, store, scope: await opened.scope(), ...at });
    const texts = tenantTexts(tenant, catalog.textOf);
    const written = async (each: NamedTemplate): Promise<string> =>
      writtenTemplate({ ...each, values: await valuesOf(each.textId), texts, language: language.value, tenant });
    return Promise.all(
      shown.map(async (each) => ({ ...each, last: versionsOf(each.textId)[0], written: await written(each) })),
    );
  };
  return ok({
    words,
    tenant,
    language: language.value,
    authorOf: await authorNames(opened),
    templates: one === undefined ? await asWritten() : [],
    opened: one && {
      ...one,
      versions: versionsOf(one.textId),
      was: formStamp(storedWords(tenant, language.value, one.textId)),
    },
  });
}

/** What a text is: of a kind of insight, or of a message; the id of one that has no name. */
export function templateName(textId: string, { kinds }: Pick<InsightCatalog, "kinds">, words: PageWords): string {
  const at = textId.lastIndexOf(".");
  const kind = kinds.find(({ id }) => id === textId.slice(0, at));
  if (kind === undefined) return words.find(`templates.name.${textId}`) ?? textId;
  const what = words.find(`templates.part.${textId.slice(at + 1)}`);
  return what === undefined
    ? textId
    : words.say("templates.ofKind", { kind: words.kindTitle(kind.id) ?? kind.title, what });
}

export interface TemplateForm {
  readonly language: string;
  readonly textId: string;
  readonly words: string;
  readonly customerId: string;
}

/** The words of a text as its form was drawn with, null for the usual ones. */
const storedWords = ({ templates }: Tenant, language: Language, textId: string): string | null =>
  templates?.[language]?.[textId] ?? null;

/** Of words that name what there is not, or too many of them. */
const UNUSABLE = "unusable-setting";

const missingWords = ({ words: { say } }: OpenTenant): string => say("form.missing", { name: say("templates.words") });

/** The words of a form to a real customer; nothing is saved. */
export async function previewForm(
  { textId, words, customerId }: TemplateForm,
  language: Language,
  { opened, links, now }: Surroundings,
): Promise<Result<ShownPreview>> {
  const { tenant, catalog, store } = opened;
  if (words.trim() === "") return refuseField("words", missingWords(opened));
  const asked = customerId === "" ? undefined : customerIdSchema.safeParse(customerId);
  if (asked?.success === false)
    return refuseField("customer", opened.words.say("templates.noCustomer", { name: cutText(customerId, 60) }));
  const scope = await opened.scope();
  const input = { tenant, catalog, store, scope, links, now, textId, words, customerId: asked?.data };
  const example = await previewedTemplate(input);
  if (!example.ok)
    return refuseField(example.reason === UNUSABLE ? "words" : "customer", example.message, example.reason);
  const { customer, values } = example.value;
  const texts = tenantTexts(tenant, catalog.textOf);
  return ok({
    customerId: customer.customerId,
    customerName: customer.name ?? customer.customerId,
    places: previewTemplate({ textId, words, values, texts, language, tenant }),
  });
}

/** Saves the words of a text as the viewer, but not over somebody else's change; null goes back to the product's. */
export async function saveTemplate(
  { textId, words, was }: { readonly textId: string; readonly words: string | null; readonly was: Form },
  language: Language,
  { opened, now }: Omit<Surroundings, "links">,
): Promise<Result<Tenant>> {
  const { tenant, catalog, directory, whole, by } = opened;
  if (words?.trim() === "") return refuseField("words", missingWords(opened));
  const saved = await changeSettings({
    tenant,
    catalog,
    directory,
    change: { templates: { [language]: { [textId]: words } } },
    stamp: { at: now, by },
    storedAmounts: whole.storedAmounts,
    isStill: (stored) => notStale(storedWords(stored, language, textId), was),
  });
  if (saved.ok) return saved;
  const message = saved.message.replace(/^templates\.[\w-]+\./, "the text ");
  return saved.reason === UNUSABLE ? refuseField("words", message, UNUSABLE) : refuse(saved.reason, message);
}
