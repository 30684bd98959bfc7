import * as z from "zod";
import { unknownProperty } from "./unknown-property.ts";

type RawIssue = z.core.$ZodRawIssue;

/** Said of a value that nothing else is known of. */
const UNUSABLE = "cannot be used";

/** Has the mistakes of every schema said in these words, where it has none of its own; whoever reads schemas calls it. */
export const wordIssues = (): void => void z.config({ customError: (issue) => wordsOf(issue) });

/** Of a value that is needed. */
export const MISSING = "is missing";

/** What is wrong with a value and what is allowed, to be said after its place: `is less than 1`. */
function wordsOf(issue: RawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? MISSING : typeWords(issue.expected);
    case "too_small":
      return smallWords(issue.origin, String(issue.minimum), issue.inclusive ?? true);
    case "too_big":
      return bigWords(issue.origin, String(issue.maximum), issue.inclusive ?? true);
    case "not_multiple_of":
      return `is not a multiple of ${issue.divisor}`;
    case "invalid_format":
      return FORMATS[issue.format] ?? "does not have the form that is needed";
    case "invalid_value":
      return issue.input === undefined ? MISSING : choiceWords(issue.values);
    case "unrecognized_keys":
      return unknownProperty(issue.keys[0] ?? "", namesOf(issue.inst));
    case "invalid_union":
      return unionWords(issue);
    case "invalid_key":
      return `has a name that cannot be used: ${firstOf(issue.issues)}`;
    case "invalid_element":
      return `has an entry that cannot be used: ${firstOf(issue.issues)}`;
    default:
      return UNUSABLE;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  nan: "a number",
  bigint: "a whole number",
  int: "a whole number",
  boolean: "true or false",
  object: "an object",
  record: "an object",
  array: "a list",
  tuple: "a list",
  null: "null",
};

function typeWords(expected: string): string {
  const type = TYPES[expected];
  return type === undefined ? "is not allowed" : `is not ${type}`;
}

/** What has a size instead of a value. */
const isList = (origin: string): boolean => ["array", "set", "map"].includes(origin);

function smallWords(origin: string, least: string, isAllowed: boolean): string {
  if (origin === "string") return least === "1" ? "is empty" : `is shorter than ${least} characters`;
  if (isList(origin)) return least === "1" ? "is empty" : `has fewer entries than ${least}`;
  return isAllowed ? `is less than ${least}` : `is not more than ${least}`;
}

function bigWords(origin: string, most: string, isAllowed: boolean): string {
  if (origin === "string") return `is longer than ${most} characters`;
  if (isList(origin)) return `has more entries than ${most}`;
  return isAllowed ? `is more than ${most}` : `is not less than ${most}`;
}

const FORMATS: Readonly<Record<string, string>> = {
  url: "is not a web address like https://example.com",
  base64: "is not base64",
};

const choiceWords = (choices: readonly unknown[]): string =>
  choices.length === 1 ? `can only be ${String(choices[0])}` : `is not one of ${choices.map(String).join(", ")}`;

/** Of a union that a field tells apart, what that may be; of others what each branch says. */
function unionWords(issue: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidUnion>): string {
  const types = typesOf(issue.inst);
  if (types.length > 0) return choiceWords(types);
  const said = new Set(issue.errors.map(firstOf));
  return said.size === 0 ? UNUSABLE : [...said].join("; ");
}

const firstOf = (issues: readonly { readonly message?: string | undefined }[]): string =>
  issues[0]?.message ?? UNUSABLE;

/** The names that a schema of an object, or of a record of certain names, knows. */
function namesOf(schema: unknown): readonly string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodRecord && schema.keyType instanceof z.ZodEnum) return schema.keyType.options.map(String);
  return [];
}

/** What the field may be by which a union tells its branches apart; none for other schemas. */
function typesOf(schema: unknown): readonly unknown[] {
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return [];
  return schema.options.flatMap((option): readonly unknown[] => {
    const field: unknown = option instanceof z.ZodObject ? option.shape[schema.def.discriminator] : undefined;
    return field instanceof z.ZodLiteral ? [...field.values] : field instanceof z.ZodEnum ? field.options : [];
  });
}
