import { languages } from "@regulars/core/platform/languages";
import { pageWordsOf } from "@regulars/render/texts/page-words";
import { expect, it } from "vitest";
import * as z from "zod";
import { fieldReason } from "./form-reason.ts";

it.each(languages)(
  "says of a choice that there is not in %s, without the values behind the choices",
  async (language) => {
    const query = { by: "nobody" };
    const { error = new z.ZodError([]) } = z.object({ by: z.enum(["plan", "manager"]) }).safeParse(query);
    const said = fieldReason(error, query, { by: "form.by" }, "form.unusable", await pageWordsOf(language));
    expect(said).toContain("nobody");
    expect(said).not.toMatch(/plan|manager|expected|Invalid/);
    expect(/is not one of/.test(said)).toBe(language === "en");
  },
);
