import type { PlacedEntry, ChangeLog } from "@regulars/core/tenants/change-log";

const PAGE = 100;
/** Changes of settings that are looked through; a tenant with more has the first versions in the log only. */
const MOST_CHANGES = 2_000;

/** The changes of a tenant's settings for its templates, newest first. */
export async function templateChanges(log: ChangeLog): Promise<readonly PlacedEntry[]> {
  const found: PlacedEntry[] = [];
  let before: string | undefined;
  for (let looked = 0; looked < MOST_CHANGES; looked += PAGE) {
    const { entries, hasMore } = await log.page({ limit: PAGE, before });
    found.push(...entries.filter(({ changes }) => changes.some(({ setting }) => setting.startsWith("templates."))));
    before = entries.at(-1)?.place;
    if (!hasMore || before === undefined) break;
  }
  return found;
}
