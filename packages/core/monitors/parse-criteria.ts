import { type Result, ok, refuse } from "../platform/result.ts";
import { type Op, ops, units } from "./criteria.ts";
import { isRelative } from "./operators.ts";
import { keywords } from "./write-criteria.ts";

/** More brackets than any usable criteria have. */
const MOST_NESTED = 50;

interface Token {
  readonly text: string;
  /** From 1. */
  readonly at: number;
  readonly isQuoted: boolean;
}

type Parsed = Result<unknown, "unreadable-criteria">;

/** Ends the reading; only `parseCriteria` sees it. */
class Unreadable extends Error {}

/**
 * Reads criteria in words (docs/reference/monitors.md 2). What it returns is as unchecked as JSON that somebody wrote:
 * `readCriteria` checks it.
 */
export function parseCriteria(text: string): Parsed {
  try {
    const reader = new Reader(tokensOf(text));
    const criterion = reader.any(0);
    reader.end();
    return ok(criterion);
  } catch (error) {
    if (error instanceof Unreadable) return refuse("unreadable-criteria", error.message);
    throw error;
  }
}

const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*")|(<=|>=|!=|=|<|>|[(),])|([^\s(),"=<>!]+))/y;

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (text.slice(TOKEN.lastIndex).trim() !== "") {
    const from = TOKEN.lastIndex;
    const [all = "", quoted, sign, word] = TOKEN.exec(text) ?? [];
    const found = quoted ?? sign ?? word;
    if (found === undefined) throw unreadable(`cannot be read from character ${from + 1} on`);
    tokens.push({ text: found, at: from + all.length - found.length + 1, isQuoted: quoted !== undefined });
  }
  return tokens;
}

const unreadable = (says: string): Unreadable => new Unreadable(`the criteria ${says}`);

class Reader {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** One or more parts with OR between them. */
  any(depth: number): unknown {
    const parts = [this.#all(depth)];
    while (this.#takes("OR")) parts.push(this.#all(depth));
    return parts.length === 1 ? parts[0] : { any: parts };
  }

  end(): void {
    const token = this.#tokens[this.#next];
    if (token !== undefined)
      throw unreadable(`go on with ${token.text} at character ${token.at}: AND or OR is missing`);
  }

  #all(depth: number): unknown {
    const parts = [this.#one(depth)];
    while (this.#takes("AND")) parts.push(this.#one(depth));
    return parts.length === 1 ? parts[0] : { all: parts };
  }

  #one(depth: number): unknown {
    if (depth > MOST_NESTED) throw unreadable(`are nested more than ${MOST_NESTED} times`);
    if (this.#takes("NOT")) return { not: this.#one(depth + 1) };
    if (this.#takes("ALL")) return { all: [this.#one(depth + 1)] };
    if (this.#takes("ANY")) return { any: [this.#one(depth + 1)] };
    if (!this.#takes("(")) return this.#leaf();
    const inside = this.any(depth + 1);
    this.#expect(")");
    return inside;
  }

  #leaf(): unknown {
    const field = this.#word("a field").text;
    const sign = this.#word("an operator");
    const op = ops.find((one) => isWord(sign, one));
    if (op === undefined)
      throw unreadable(`have ${sign.text} at character ${sign.at}: after ${field} comes one of ${ops.join(" ")}`);
    const value = op === "isNull" || op === "isNotNull" ? {} : { value: this.#value(op) };
    const unit = units.find((one) => this.#takes(one) || this.#takes(singular(one))) ?? this.#noUnit(op);
    return {
      field,
      op,
      ...value,
      ...(unit === undefined ? {} : { unit }),
      ...(this.#takesBoth("OR", "NEVER") ? { orNever: true } : {}),
      ...(this.#takesBoth("INCLUDING", "AUTOMATIC") ? { includeAutomatic: true } : {}),
    };
  }

  /** Names what stands where a unit is expected. */
  #noUnit(op: Op): undefined {
    const token = this.#tokens[this.#next];
    if (!isRelative(op) || token === undefined || token.isQuoted || isKeyword(token) || token.text === ")") return;
    throw unreadable(`have ${token.text} at character ${token.at} where one of ${units.join(" ")} is expected`);
  }

  #value(op: Op): unknown {
    if (!this.#takes("(")) return this.#bareValue(op);
    const values = [readValue(this.#word("a value"))];
    while (this.#takes(",")) values.push(readValue(this.#word("a value")));
    this.#expect(")");
    return values;
  }

  /** Both ends of `between` may stand without brackets: `between 3 and 5`. */
  #bareValue(op: Op): unknown {
    const value = readValue(this.#word("a value"));
    return op === "between" && this.#takes("AND") ? [value, readValue(this.#word("a value"))] : value;
  }

  #word(what: string): Token {
    const token = this.#tokens[this.#next];
    if (token === undefined) throw unreadable(`end where ${what} is expected`);
    const isSign = !token.isQuoted && ["(", ")", ","].includes(token.text);
    if (isSign || isKeyword(token))
      throw unreadable(`have ${token.text} at character ${token.at} where ${what} is expected`);
    this.#next += 1;
    return token;
  }

  #expect(text: string): void {
    const token = this.#tokens[this.#next];
    if (!this.#takes(text))
      throw unreadable(
        token === undefined
          ? `end where ${text} is missing`
          : `have ${token.text} at character ${token.at} where ${text} is missing`,
      );
  }

  #takesBoth(first: string, second: string): boolean {
    if (!this.#is(first, 0) || !this.#is(second, 1)) return false;
    this.#next += 2;
    return true;
  }

  #takes(text: string): boolean {
    if (!this.#is(text, 0)) return false;
    this.#next += 1;
    return true;
  }

  #is(text: string, ahead: number): boolean {
    const token = this.#tokens[this.#next + ahead];
    return token !== undefined && isWord(token, text);
  }
}

/** Whether a token is that word, in any case of letters. */
const isWord = ({ text, isQuoted }: Token, word: string): boolean =>
  !isQuoted && text.toUpperCase() === word.toUpperCase();

/** `month` of `months`. */
const singular = (unit: string): string => unit.replace(/s$/, "");

const isKeyword = ({ text, isQuoted }: Token): boolean =>
  !isQuoted && keywords.some((word) => word === text.toUpperCase());

const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** Quoted texts and bare ones are texts; numbers, true and false are what they look like. */
function readValue({ text, isQuoted, at }: Token): unknown {
  if (isQuoted) return unquoted(text, at);
  if (text === "true" || text === "false") return text === "true";
  return NUMBER.test(text) ? Number(text) : text;
}

function unquoted(text: string, at: number): string {
  try {
    return String(JSON.parse(text));
  } catch {
    throw unreadable(`have a text at character ${at} that is not quoted like JSON: ${text}`);
  }
}
