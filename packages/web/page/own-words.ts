import type { PageWords } from "@regulars/render/texts/page-words";
import { readClaimant } from "@regulars/store/tenants/claimant";
import { chosenLanguages, wordsOfViewer } from "./language.ts";
import type { PageContext } from "./viewer.ts";

/** The words of a page that no tenant was opened for, in the language of who is signed in. */
export async function ownWords(c: PageContext): Promise<PageWords> {
  const { viewer, place, words, runtime } = c.var;
  if (viewer?.type !== "user" || place !== undefined) return words;
  const { tenantId, userId } = viewer;
  const [{ tenant }, chosen] = await Promise.all([
    readClaimant(runtime.tableFor(tenantId), tenantId, { userId }),
    chosenLanguages(c, viewer, tenantId),
  ]);
  if (tenant === undefined) return words;
  const own = await wordsOfViewer(c, tenant, chosen);
  c.set("words", own);
  return own;
}
