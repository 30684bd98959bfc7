import * as z from "zod";
import type { Language } from "./languages.ts";
import { type Currency, type Day, currencySchema, daySchema } from "./values.ts";

const plainVariables = [
  z.object({ type: z.literal("text"), text: z.string() }),
  z.object({ type: z.literal("number"), value: z.number() }),
  z.object({ type: z.literal("day"), day: daySchema }),
  /** Amounts of different currencies, in minor units. */
  z.object({ type: z.literal("money"), amounts: z.array(z.object({ minor: z.number(), currency: currencySchema })) }),
] as const;

const phrase = z.object({
  type: z.literal("phrase"),
  /** The id of the phrase's own template. */
  template: z.string(),
  variables: z.record(z.string(), z.discriminatedUnion("type", plainVariables)),
});

/**
 * A variable's value, independent of the language. A phrase is a text of its own, which is translated; a list has
 * commas between its entries.
 */
export const variableSchema = z.discriminatedUnion("type", [
  ...plainVariables,
  phrase,
  z.object({ type: z.literal("list"), items: z.array(z.discriminatedUnion("type", [...plainVariables, phrase])) }),
]);
export type Variable = z.infer<typeof variableSchema>;
type PlainVariable = Exclude<Variable, { type: "phrase" | "list" }>;
type ListVariable = Extract<Variable, { type: "list" }>;

const variables = z.record(z.string(), variableSchema);

/**
 * A text before it is translated: the id of its template, or the tenant's own words, and the values of its variables.
 */
export const messageTextSchema = z.union([
  z.object({ template: z.string(), variables }),
  z.object({ text: z.string(), variables }),
]);
export type MessageText = z.infer<typeof messageTextSchema>;

/**
 * The words of a template in English, with `<name>` for each variable, and under `textIdIn` those of a language: a
 * tenant's own and those of insight kinds. `undefined` when there are none.
 */
export type TextSource = (templateId: string) => string | undefined;

export const textOf = (text: string): PlainVariable => ({ type: "text", text });
export const numberOf = (value: number): PlainVariable => ({ type: "number", value });
export const dayOf = (day: Day): PlainVariable => ({ type: "day", day });
export const moneyOf = (amounts: { minor: number; currency: Currency }[]): PlainVariable => ({
  type: "money",
  amounts,
});
export const listOf = (items: ListVariable["items"]): Variable => ({ type: "list", items });
export const phraseOf = (
  template: string,
  values: Readonly<Record<string, PlainVariable>> = {},
): Extract<Variable, { type: "phrase" }> => ({
  type: "phrase",
  template,
  variables: { ...values },
});

/** The id under which a source gives a text in a language. */
export const textIdIn = (templateId: string, language: Language): string => `in:${language}:${templateId}`;
