import { suppressionReasons, suppressionText } from "@regulars/core/notifications/suppression";
import { toInstant } from "@regulars/core/platform/values";
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

  it("says why an address gets no mail, for every reason, with what its server said as it is", () => {
    const at = toInstant(Date.parse("2026-11-23T10:00:00Z"));
    for (const reason of suppressionReasons)
      for (const detail of [undefined, "550 <unknown> (user)"]) {
        const why = suppressionText({ reason, at, ...(detail === undefined ? {} : { detail }) });
        const told = [why, `no mail is sent to a@b.example: ${why}. Send to the address again first`].map(da.refused);
        for (const text of told) {
          expect(text).toContain(detail === undefined ? "(23. nov. 2026)" : `(23. nov. 2026: ${detail})`);
          expect(text).not.toMatch(/mail is|does not|called|came back|within/);
        }
        expect(da.refused(`in Slack, because no mail is sent to a@b.example: ${why}`)).toContain(`: ${told[0]}`);
      }
  });

  it("is in English as core says it", () => {
    expect(english.refused("there is no deal D-1")).toBe("there is no deal D-1");
  });
});
