import type { Tenant } from "@regulars/core/tenants/tenant";
import type { PageWords } from "@regulars/render/texts/page-words";
import type { Html } from "../page/layout.ts";
import { type LoggedChanges, changesTable } from "../page/logged-changes.ts";
import { type NamedKinds, settingName } from "./setting-name.ts";
import { valueText } from "./setting-value.ts";

/** The last changes of settings. */
export interface SettingsChanges extends LoggedChanges {
  readonly kinds: NamedKinds;
}

/** Who changed which setting when. */
export function changesView(page: SettingsChanges, tenant: Pick<Tenant, "timeZone">, words: PageWords): Html {
  const { say } = words;
  return changesTable(page, tenant, words, {
    log: "settings",
    none: say("changes.none"),
    region: say("changes.region"),
    title: say("changes.setting"),
    nameOf: (setting) => settingName(setting, words, page.kinds),
    valueOf: (setting, value) => valueText(setting, value, words),
  });
}
