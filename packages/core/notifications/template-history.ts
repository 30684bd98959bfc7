import type { Instant } from "../platform/values.ts";
import type { ChangeEntry } from "../tenants/change-log.ts";
import type { Language } from "../platform/languages.ts";

/** A text as a tenant had it from an instant on; null are the product's own words. */
export interface TemplateVersion {
  /** 1 for the first own words; the product's before are no version. */
  readonly version: number;
  readonly at: Instant;
  readonly by: string;
  readonly words: string | null;
}

/** The versions of one text, newest first, by the changes of settings, newest first. */
export function templateVersions(
  changes: readonly ChangeEntry[],
  language: Language,
  textId: string,
): readonly TemplateVersion[] {
  const setting = `templates.${language}.${textId}`;
  const found = changes.flatMap(({ at, by, changes: settings }) =>
    settings
      .filter((one) => one.setting === setting)
      .map(({ to }) => ({ at, by, words: typeof to === "string" ? to : null })),
  );
  return found.map((one, index) => ({ version: found.length - index, ...one }));
}
