import { languages } from "@regulars/core/platform/languages";
import { pageWordsOf } from "@regulars/render/texts/page-words";
import { expect, it } from "vitest";
import * as z from "zod";
import { labelled, refuseFields } from "./form-reason.ts";

it.each(languages)(
  "says of a choice that there is not in %s, without the values behind the choices",
  async (language) => {
    const query = { by: "nobody" };
    const { error = new z.ZodError([]) } = z.object({ by: z.enum(["plan", "manager"]) }).safeParse(query);
    const words = await pageWordsOf(language);
    const { message: said, errors } = refuseFields(
      error,
      query,
      labelled({ by: "form.by" }, words),
      "form.unusable",
      words,
    );
    expect(errors).toEqual([{ path: "by", code: "bad-value", message: said }]);
    expect(said).toContain("nobody");
    expect(said).not.toMatch(/plan|manager|expected|Invalid/);
    expect(/is not one of/.test(said)).toBe(language === "en");
  },
);
