import type { PreferencesOwner } from "@regulars/core/notifications/preference-store";
import { compulsionSchema } from "@regulars/core/notifications/preferences";
import type { PageWords } from "@regulars/render/texts/page-words";
import * as z from "zod";
import { authorNames } from "../page/authors.ts";
import type { Html } from "../page/layout.ts";
import { type LoggedChanges, MOST_CHANGES, changesCard } from "../page/logged-changes.ts";
import type { OpenTenant } from "../page/open-tenant.ts";
import { labelledFields, settingsText } from "./compulsions-view.ts";
import { wordsOfValue } from "./preference-fields.ts";
import type { PreferencesPage } from "./preferences-page.ts";

/** Who changed these preferences last. */
export async function readPreferenceChanges(opened: OpenTenant, owner: PreferencesOwner): Promise<LoggedChanges> {
  const { entries } = await opened.whole.preferences.changes(owner, { limit: MOST_CHANGES });
  const changes = entries.map((entry) => ({
    at: entry.at,
    by: entry.by,
    changes: entry.changes.map(({ preference, from, to }) => ({ setting: preference, from, to })),
  }));
  return { changes, authorOf: await authorNames(opened) };
}

const compulsionsSchema = z.array(compulsionSchema);

/** Who changed which preference when. */
export function preferenceChangesView(page: PreferencesPage, log: LoggedChanges, words: PageWords): Html {
  const fields = labelledFields(page, words);
  const valueOf = (name: string, value: unknown): string => {
    if (value === null) return words.say("changes.usual");
    const compulsions = name === "compulsions" ? compulsionsSchema.safeParse(value) : undefined;
    if (compulsions?.success === true)
      return compulsions.data.length === 0
        ? words.say("changes.noEntry")
        : words.formats.list(compulsions.data.map((one) => settingsText(page, words, one)));
    return wordsOfValue(words, fields.get(name)?.field ?? { name, label: name }, value);
  };
  return changesCard(log, page.tenant, words, {
    log: "settings",
    nameOf: (name) => (name === "compulsions" ? words.say("compulsions.title") : (fields.get(name)?.label ?? name)),
    valueOf,
  });
}
