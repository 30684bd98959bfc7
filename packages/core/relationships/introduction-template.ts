import * as z from "zod";
import { type MessageText, textOf } from "../platform/message-text.ts";
import { unknownVariables } from "../platform/template.ts";

/** What a template may name, and what it becomes. */
const introductionVariables = {
  coll: "the colleague who is asked",
  cont: "who asks",
  pers: "the person whom they want to meet",
  name: "the person's company",
  rlnk: "where the colleague answers",
} as const;
type VariableName = keyof typeof introductionVariables;

const names: readonly string[] = Object.keys(introductionVariables);

/** Words in which every variable is known and the needed ones occur. */
const words = (most: number, needed: readonly VariableName[]) =>
  z
    .string()
    .trim()
    .min(1, "is empty")
    .max(most)
    .superRefine((text, { addIssue }) => {
      const unknown = unknownVariables(text, names);
      if (unknown.length > 0)
        addIssue({
          code: "custom",
          message: `has the unknown variable <${unknown.join(">, <")}>: there are <${names.join(">, <")}>`,
        });
      const missing = needed.filter((name) => !text.includes(`<${name}`));
      if (missing.length > 0) addIssue({ code: "custom", message: `needs <${missing.join("> and <")}>` });
    });

/** The e-mail that asks a colleague for an introduction (docs/reference/relationships.md 8). */
export const introductionTemplateSchema = z.strictObject({
  subject: words(200, []).refine((text) => !/[\r\n]/.test(text), "is longer than one line"),
  text: words(4_000, ["pers", "rlnk"]),
});
type IntroductionTemplate = z.output<typeof introductionTemplateSchema>;

/** A tenant's template for a locale: of the locale itself, or of its language; without one the usual words are used. */
export function templateFor(
  templates: Readonly<Record<string, IntroductionTemplate>>,
  locale: string,
): IntroductionTemplate | undefined {
  const [language = ""] = locale.split("-");
  return templates[locale] ?? templates[language];
}

/** The words of a request with their values, for a message that is worded when it is sent. */
export function wordsOf(
  template: IntroductionTemplate | undefined,
  part: keyof IntroductionTemplate,
  values: Readonly<Record<VariableName, string>>,
): MessageText {
  const variables = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, textOf(value)]));
  return template === undefined ? { template: `introduction.${part}`, variables } : { text: template[part], variables };
}
