import { type SettingsChange, settingsChangeSchema } from "@regulars/core/insights/tenant-settings";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type Instant, customerIdSchema } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { changeSettings } from "@regulars/flows/insights/change-settings";
import { type ChangePreview, previewChange } from "@regulars/flows/monitors/preview-change";
import type { PageWords } from "@regulars/render/texts/page-words";
import { openTenantStore } from "@regulars/store/tenant-store";
import { authorNames } from "../page/authors.ts";
import type { Form } from "../page/form.ts";
import type { OpenTenant } from "../page/open-tenant.ts";
import { refuseAll } from "../page/form-reason.ts";
import { notStale } from "../page/stale-form.ts";
import type { PageContext } from "../page/viewer.ts";
import { type AskedSettings, byLabel, settingError } from "./setting-refusal.ts";
import { listSetting } from "./setting-rows.ts";
import { nameText } from "./setting-name.ts";
import type { SettingsChanges } from "./changes-view.ts";
import type { NamedPreview } from "./settings-preview-view.ts";
import { type SettingsGroup, changeOfTexts, givenText, groupsOf, shownValues } from "./settings-groups.ts";

export interface SettingsPage extends SettingsChanges {
  readonly tenant: Tenant;
  readonly groups: readonly SettingsGroup[];
  /** In which days of every year are shown. */
  readonly year: number;
}

const MOST_CHANGES = 50;

/** Reads all settings of a tenant, and who changed them last. */
export async function readSettingsPage(opened: OpenTenant, now: Instant): Promise<SettingsPage> {
  const { tenant, catalog, whole } = opened;
  const { entries } = await whole.changeLogs.settings.page({ limit: MOST_CHANGES });
  return {
    tenant,
    groups: groupsOf(tenant, catalog),
    year: Number(now.slice(0, 4)),
    changes: entries,
    authorOf: await authorNames(opened),
    kinds: catalog.kinds,
  };
}

interface GivenForm {
  readonly opened: OpenTenant;
  readonly form: Form;
  readonly now: Instant;
}

/** Saves the settings of a form that differ from the stored ones; refused when those are not the form's any more. */
export async function saveSettings({ opened, form, now }: GivenForm): Promise<Result<Tenant>> {
  const { tenant, catalog, whole, directory, by, words } = opened;
  const asked = askedOf(opened, form);
  if (!asked.ok) return asked;
  const change = changeOf(asked.value, words);
  if (!change.ok) return change;
  const stamp = { at: now, by };
  const { storedAmounts } = whole;
  const isStill = (stored: Tenant) => {
    const group = groupOf(stored, opened, form);
    return group === undefined ? ok(undefined) : notStale(shownValues(group), form);
  };
  const saved = await changeSettings({
    tenant,
    catalog,
    directory,
    change: change.value,
    stamp,
    storedAmounts,
    isStill,
  });
  return byLabel(saved, asked.value, words);
}

/** What saving the form would do. */
export async function previewForm({ runtime }: PageContext["var"], given: GivenForm): Promise<Result<NamedPreview>> {
  const { opened, form, now } = given;
  const { tenant, catalog } = opened;
  const asked = askedOf(opened, form);
  if (!asked.ok) return asked;
  const change = changeOf(asked.value, opened.words);
  if (!change.ok) return change;
  const table = runtime.tableFor(tenant.tenantId);
  const storeOf = (tried: Tenant) => openTenantStore(table, tried);
  const tried = await previewChange({ tenant, catalog, change: change.value, storeOf, now });
  const preview = byLabel(tried, asked.value, opened.words);
  return preview.ok ? ok({ ...preview.value, names: await exampleNames(opened, preview.value) }) : preview;
}

/** The names of a preview's examples, of the customers that the viewer sees. */
async function exampleNames({ store, scope }: OpenTenant, { health }: ChangePreview): Promise<NamedPreview["names"]> {
  const ids = [...new Set(health?.examples.map(({ customerId }) => customerIdSchema.parse(customerId)))];
  const { canSee } = await scope();
  const customers = [...(await store.profiles(ids)).values()].filter(canSee);
  const persons = await Promise.all(customers.map(({ customerId }) => store.personsOf(customerId)));
  return new Map<string, string>([
    ...customers.map(({ customerId, name = customerId }) => [customerId, name] as const),
    ...persons.flat().map(({ personId, name = personId }) => [personId, name] as const),
  ]);
}

interface AskedGroup extends AskedSettings {
  readonly group: SettingsGroup;
}

const groupOf = (tenant: Tenant, { catalog }: OpenTenant, form: GivenForm["form"]): SettingsGroup | undefined =>
  groupsOf(tenant, catalog).find(({ id }) => id === form["group"]);

/** The settings of a form that differ from those that are shown. */
function askedOf(opened: OpenTenant, form: GivenForm["form"]): Result<AskedGroup> {
  const group = groupOf(opened.tenant, opened, form);
  if (group === undefined) {
    const ids = groupsOf(opened.tenant, opened.catalog).map(({ id }) => id);
    return refuse("unusable-setting", `there are no settings "${String(form["group"])}", only ${ids.join(", ")}`);
  }
  const stale = notStale(shownValues(group), form);
  if (!stale.ok) return stale;
  const changed = group.settings.flatMap(({ name, text }) => {
    const given = givenText(name, form);
    return given === undefined || given === text ? [] : [[name, given] as const];
  });
  const settings = group.settings.map(({ name, text, usual, choices }) => ({
    name,
    label: nameText(name, opened.words),
    text,
    usual,
    isChoice: choices !== undefined,
    list: form[name] === undefined ? listSetting(name) : undefined,
  }));
  return ok({ group, settings, changed, form });
}

/** The change of settings that a form asks for. */
function changeOf(asked: AskedGroup, words: PageWords): Result<SettingsChange> {
  const parsed = settingsChangeSchema.safeParse(changeOfTexts(asked.group, asked.changed));
  if (parsed.success) return ok(parsed.data);
  const errors = parsed.error.issues.flatMap(
    ({ path, message }) => settingError(path.map(String), message, asked, words) ?? [],
  );
  return refuseAll(errors, words.say("form.unusable"), "unusable-setting");
}
