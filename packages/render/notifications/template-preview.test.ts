import { builtInInsights } from "@regulars/core/insights/catalog";
import { dayOf, textOf } from "@regulars/core/platform/message-text";
import { daySchema } from "@regulars/core/platform/values";
import { describe, expect, it } from "vitest";
import { previewTemplate, shownTemplates } from "./template-preview.ts";

const texts = builtInInsights.textOf;
const preview = (
  textId: string,
  words: string,
  values: Record<string, ReturnType<typeof textOf> | ReturnType<typeof dayOf>>,
) => previewTemplate({ textId, words, values, texts, language: "da", tenant: { locale: "da-DK" } });

describe("the preview of a template", () => {
  it("has a value's signs as letters, wherever the text stands", () => {
    const name = textOf('<!channel> *Bold* | "x" &\r\nBcc: a@b.example');
    expect(preview("churn-risk.title", "Til <name>", { name })).toEqual([
      { place: "subject", written: 'Til <!channel> *Bold* | "x" & Bcc: a@b.example' },
      { place: "text", written: 'Til <!channel> *Bold* | "x" &\nBcc: a@b.example' },
      { place: "html", written: "Til &lt;!channel&gt; *Bold* | &quot;x&quot; &amp;\nBcc: a@b.example" },
      { place: "slack", written: 'Til &lt;!channel&gt; *\u200bBold*\u200b | "x" &amp;\nBcc: a@b.example' },
    ]);
  });

  it("has the days of the language as long as the message has them, and a fallback for what is empty", () => {
    const date = dayOf(daySchema.parse("2026-11-22"));
    const written = (textId: string) => preview(textId, "<date>", { date }).map((one) => one.written);
    expect(written("digest.subject")).toEqual(["22. nov."]);
    expect(written("alert.context")).toEqual(["22. november 2026", "22. november 2026", "22. november 2026"]);
    expect(preview("churn-risk.followUp", "<cpho|intet>", { cpho: textOf("") })[0]?.written).toBe("intet");
  });

  it("is there for every text, in every language with the words that hold", () => {
    const shown = shownTemplates({ templates: { da: { "digest.footer": "Egen <firm>" } } }, builtInInsights, "da");
    expect(shown).toHaveLength(7 + 3 * builtInInsights.kinds.length);
    expect(shown.filter(({ isOwn }) => isOwn)).toEqual([
      {
        textId: "digest.footer",
        words: "Egen <firm>",
        usual: "Du får denne mail, fordi du tager dig af kunder hos <firm>.",
        isOwn: true,
        places: ["text", "html"],
        variables: ["firm"],
        mayBeEmpty: [],
        most: 600,
        isOneLine: true,
      },
    ]);
  });
});
