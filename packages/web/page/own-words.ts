import type { PageWords } from "@regulars/render/texts/page-words";
import { readClaimant } from "@regulars/store/tenants/claimant";
import { languagesWanted, wordsOfViewer } from "./language.ts";
import type { PageContext } from "./viewer.ts";

/** The words of a page that no tenant was opened for, in the language of who is signed in. */
export async function ownWords(c: PageContext): Promise<PageWords> {
  const { viewer, place, words, runtime } = c.var;
  if (viewer?.type !== "user" || place !== undefined) return words;
  const { tenantId, userId } = viewer;
  const wanted = { further: languagesWanted(c, viewer, tenantId) };
  const { tenant, further } = await readClaimant(runtime.tableFor(tenantId), tenantId, { userId }, wanted);
  if (tenant === undefined) return words;
  const own = await wordsOfViewer(c, tenant, further);
  c.set("words", own);
  return own;
}
