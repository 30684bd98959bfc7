import { describe, expect, it } from "vitest";
import { pageWordsOf } from "./page-words.ts";

const da = await pageWordsOf("da-DK");
const uk = await pageWordsOf("uk-UA");
const english = await pageWordsOf("en-GB");

describe("a refusal in a reader's language", () => {
  it("has the values of the English sentence", () => {
    expect(da.refused('"Lost" needs one of its refusal reasons')).toBe("“Lost” skal have en af sine afslagsgrunde");
    expect(da.refused("2026-11-30 is not over yet in Europe/Copenhagen: the last completed day is 2026-11-22")).toBe(
      "30. nov. 2026 er ikke slut endnu i Europe/Copenhagen: den sidste hele dag er 22. nov. 2026",
    );
  });

  it("counts by the rules of the language", () => {
    const of = (count: string) => uk.refused(`the note has ${count}; at most 2000 are kept`);
    expect(of("2,002 characters")).toBe("примітка має 2\u00a0002 символи; зберігається щонайбільше 2000");
    expect(of("2,005 characters")).toBe("примітка має 2\u00a0005 символів; зберігається щонайбільше 2000");
  });

  it("says the sentences within a sentence too, and calls settings what the page calls them", () => {
    expect(da.refused("codeRed.percent: is more than 100 (given 120)")).toBe(
      `${da.say("codeRedSettings.percent")}: er for stor: højst 100 (angivet: 120)`,
    );
    expect(da.refused('"soon" is not a day. Allowed: a day, YYYY-MM-DD')).toBe(
      '"soon" er ikke en dag. Tilladt: en dag, ÅÅÅÅ-MM-DD',
    );
  });

  it("says each of several mistakes, which have a line each", () => {
    const mistakes = ["category.is", "sale.total"].map(
      (path) => `${path} "soon" is not a day. Allowed: a day, YYYY-MM-DD`,
    );
    const said = ["category.is", "sale.total"].map(
      (path) => `${path} "soon" er ikke en dag. Tilladt: en dag, ÅÅÅÅ-MM-DD`,
    );
    expect(da.refused(mistakes.join("\n"))).toBe(said.join("\n"));
    expect(da.refused("there is no deal a\nb")).toBe("der er ingen aftale a\nb");
  });

  it("leaves what somebody wrote as it is, and a sentence that is not known", () => {
    expect(da.refused("there is no deal <code> is missing")).toBe("der er ingen aftale <code> is missing");
    expect(da.refused("the moon is full")).toBe("the moon is full");
  });

  it("is in English as core says it", () => {
    expect(english.refused("there is no deal D-1")).toBe("there is no deal D-1");
  });
});
