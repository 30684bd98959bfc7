import type { ShownPreference } from "@regulars/core/notifications/preferences-json";
import { daySchema } from "@regulars/core/platform/values";
import type { PageWords } from "@regulars/render/texts/page-words";

/** Whose choice it is that a preference has this value, with its day and what makes it compulsory. */
export function whoDecided(
  { say, formats }: PageWords,
  { decidedBy, reason, setAt }: ShownPreference,
  isTenants: boolean,
): string {
  if (decidedBy === "usual") return say("prefs.usual");
  const text = (reason ?? "").replace(/\.$/, "");
  const by = decidedBy === "user" ? "own" : decidedBy === "tenant" ? (isTenants ? "forAll" : "companys") : "compulsory";
  if (setAt === null) return by === "compulsory" ? say("prefs.compulsory", { text }) : say(`prefs.${by}`);
  const date = formats.day(daySchema.parse(setAt.slice(0, 10)));
  return by === "compulsory" ? say("prefs.compulsorySince", { date, text }) : say(`prefs.${by}Since`, { date });
}
