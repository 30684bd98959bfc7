import { namesIn, parseText } from "./text-parts.ts";

/** The target of a rendered text; each has its own characters to escape (docs/reference/insights.md 5.5). */
export type Channel = "html" | "slack" | "plain" | "subject";

type Lower =
  | "a"
  | "b"
  | "c"
  | "d"
  | "e"
  | "f"
  | "g"
  | "h"
  | "i"
  | "j"
  | "k"
  | "l"
  | "m"
  | "n"
  | "o"
  | "p"
  | "q"
  | "r"
  | "s"
  | "t"
  | "u"
  | "v"
  | "w"
  | "x"
  | "y"
  | "z";
type Digit = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9";
type LowerOrDigit = Lower | Digit;

/** Whether the text between a name and the next `>` completes a token: it is empty or a fallback. */
type EndsToken<T extends string> = T extends "" ? true : T extends `|${infer Fallback}` ? NoLess<Fallback> : false;
type NoLess<T extends string> = T extends `${string}<${string}` ? false : true;

/** The variable that `T`, the text after a `<`, begins with. */
type NameAt<T extends string> = T extends `${infer A}${infer B}${infer C}${infer D}${infer Tail}`
  ? [A, B, C, D] extends [Lower, LowerOrDigit, LowerOrDigit, LowerOrDigit]
    ? Tail extends `${infer End}>${string}`
      ? EndsToken<End> extends true
        ? `${A}${B}${C}${D}`
        : never
      : never
    : never
  : never;

/** The variable names a literal template uses: what `TOKEN` finds and its blocks depend on, at compile time. */
export type VariablesOf<T extends string> = TokenNames<T> | BlockNames<T>;

type TokenNames<T extends string> = T extends `${infer Before}<${infer Rest}`
  ? (Before extends `${string}\\` ? never : NameAt<Rest>) | TokenNames<Rest>
  : never;

/** The names behind the braces of `{name, plural, …}` and `{name, select, …}`. */
type BlockNames<T extends string> = T extends `${string}{${infer Rest}` ? BlockAt<Rest> | BlockNames<Rest> : never;
type BlockAt<T extends string> = T extends `${infer A}${infer B}${infer C}${infer D}, ${infer Tail}`
  ? [A, B, C, D] extends [Lower, LowerOrDigit, LowerOrDigit, LowerOrDigit]
    ? Tail extends `${"plural" | "select"}, ${string}`
      ? `${A}${B}${C}${D}`
      : never
    : never
  : never;

/** Values by variable name. For an empty value, the token's fallback is used. */
export type Variables = Readonly<Record<string, string>>;

/** A template with variables that the compiler knows. */
export interface Template<Names extends string> {
  readonly source: string;
  readonly names: readonly Names[];
}

const TOKEN = /\\<|<([a-z][a-z0-9]{3})(?:\|([^<>]*))?>/g;
const HTML_SIGNS = /[&<>"]/;
const UNUSUAL_BREAKS = /[\r\n\u0085\u2028\u2029]+/g;

/** A template whose variables the compiler knows: `template("<name> owes <ovrd>")` has `name` and `ovrd`. */
export function template<const T extends string>(source: T): Template<VariablesOf<T>> {
  return { source, names: tokenNames(source) as VariablesOf<T>[] };
}

/**
 * Renders a text that people wrote, in one pass: a known variable becomes its value, an empty one its fallback, an
 * unknown one stays unchanged, `\<` is a plain `<`. Values are escaped for the channel and never expanded again. Only
 * the object's own properties are known variables, so names such as `<__proto__>` have no effect.
 */
export function renderText(source: string, values: Variables, channel: Channel): string {
  const text = source.replace(TOKEN, (token, name: string | undefined, fallback: string | undefined) => {
    if (name === undefined) return "<";
    if (!Object.hasOwn(values, name)) return token;
    return escapeFor(channel, values[name] || (fallback ?? ""));
  });
  return channel === "subject" ? text.replace(UNUSUAL_BREAKS, " ").trim() : text;
}

/** The variables of `source` that are not in `known`, for the warnings when a template is saved. */
export function unknownVariables(source: string, known: readonly string[]): string[] {
  return tokenNames(source).filter((name) => !known.includes(name));
}

const tokenNames = (source: string): readonly string[] => namesIn(parseText(source).parts);

/** A value escaped for its channel. */
export function escapeFor(channel: Channel, value: string): string {
  switch (channel) {
    case "html":
      if (!HTML_SIGNS.test(value)) return value;
      return value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
    case "slack":
      return value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
    case "subject":
      return value.replace(UNUSUAL_BREAKS, " ");
    case "plain":
      return value;
  }
}
