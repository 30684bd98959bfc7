import { templateVersions } from "@regulars/core/notifications/template-history";
import { tenantTexts } from "@regulars/core/notifications/templates";
import { type Language, languageOf, readLanguage } from "@regulars/core/platform/languages";
import { customerIdSchema, toInstant } from "@regulars/core/platform/values";
import { previewedTemplate } from "@regulars/flows/notifications/preview-template";
import { templateChanges } from "@regulars/flows/notifications/template-history";
import type { LocalSystem, OpenedTenant } from "@regulars/local/system";
import { UserError } from "@regulars/local/user-error";
import { previewTemplate, shownTemplates } from "@regulars/render/notifications/template-preview";
import { checkedArgument, tenantArgument } from "../arguments.ts";
import { type Session, printJson, withExistingSystem } from "../session.ts";
import { textTable } from "../text-table.ts";

export interface TemplatesOptions {
  readonly tenant: string;
  readonly language?: string;
  readonly words?: string;
  readonly customer?: string;
}

/**
 * `regulars templates [TEXT]`: the texts that a tenant may say in its own words; of one text its versions, and how it
 * reads to a real customer, also with words that are not saved.
 */
export function templatesCommand(
  session: Session,
  textId: string | undefined,
  options: TemplatesOptions,
): Promise<number> {
  const tenantId = tenantArgument(options.tenant);
  if (textId === undefined && (options.words ?? options.customer) !== undefined)
    throw new UserError("--words and --customer are for the preview of one text: name it, like digest.footer");
  return withExistingSystem(session, async (system) => {
    const opened = await system.openTenant(tenantId);
    const language = languageFor(options.language, opened);
    const shown = shownTemplates(opened.tenant, opened.catalog, language);
    if (textId === undefined) printAll(session, language, shown);
    else await printOne(session, { system, opened, language, textId, options, shown });
    return 0;
  });
}

function languageFor(given: string | undefined, { tenant }: OpenedTenant): Language {
  const read = readLanguage(given ?? languageOf(tenant.locale));
  if (!read.ok) throw new UserError(read.message);
  return read.value;
}

type Shown = ReturnType<typeof shownTemplates>;

function printAll(session: Session, language: Language, shown: Shown): void {
  if (session.json) return printJson(session, { language, templates: shown });
  const rows = shown.map(({ textId, isOwn, words }) => [textId, isOwn ? "own" : "usual", words]);
  session.print(`${textTable(["TEXT", "WHOSE", "WORDS"], rows)}\n`);
}

interface One {
  readonly system: LocalSystem;
  readonly opened: OpenedTenant;
  readonly language: Language;
  readonly textId: string;
  readonly options: TemplatesOptions;
  readonly shown: Shown;
}

async function printOne(session: Session, { system, opened, language, textId, options, shown }: One): Promise<void> {
  const { tenant, catalog, store } = opened;
  const words = options.words ?? shown.find((one) => one.textId === textId)?.words ?? textId;
  const customerId =
    options.customer === undefined ? undefined : checkedArgument(customerIdSchema, "customer", options.customer);
  const now = toInstant(system.runtime.clock());
  const { nightly } = store;
  const scope = { canSee: () => true };
  const { links } = system.runtime;
  const example = await previewedTemplate({
    tenant,
    catalog,
    store: nightly,
    scope,
    links,
    textId,
    words,
    customerId,
    now,
  });
  if (!example.ok) throw new UserError(example.message);
  const { customer, values } = example.value;
  const texts = tenantTexts(tenant, catalog.textOf);
  const places = previewTemplate({ textId, words, values, texts, language, tenant });
  const versions = templateVersions(await templateChanges(store.changeLogs.settings), language, textId);
  if (session.json)
    return printJson(session, { language, textId, words, customer: customer.customerId, places, versions });
  session.print(`To ${customer.name ?? customer.customerId}:\n`);
  session.print(
    `${textTable(
      ["PLACE", "WRITTEN"],
      places.map(({ place, written }) => [place, written]),
    )}\n`,
  );
  if (versions.length === 0) return;
  const rows = versions.map((one) => [String(one.version), one.at, one.by, one.words ?? "(the product's words)"]);
  session.print(`${textTable(["VERSION", "AT", "BY", "WORDS"], rows)}\n`);
}
