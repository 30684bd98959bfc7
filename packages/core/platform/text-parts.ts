/** A text taken apart: words, variables, and words that depend on a number or a choice (ICU plural and select). */
export type Part =
  | { readonly type: "words"; readonly text: string }
  /** `<name|fallback>`; `written` is what stands in the text. */
  | { readonly type: "variable"; readonly name: string; readonly fallback: string; readonly written: string }
  /** `#` in a plural: its number. */
  | { readonly type: "count"; readonly name: string }
  | {
      readonly type: "plural" | "select";
      readonly name: string;
      readonly branches: ReadonlyMap<string, readonly Part[]>;
    };

/** The parts of a text, and why a block of it could not be read; then its braces are ordinary signs. */
interface ParsedText {
  readonly parts: readonly Part[];
  readonly fault?: string | undefined;
}

const TOKEN = /<([a-z][a-z0-9]{3})(?:\|([^<>]*))?>/y;
const BLOCK = /\{\s*([a-z][a-z0-9]{3})\s*,\s*(plural|select)\s*,\s*/y;
const BRANCH = /\s*(=\d{1,9}|[A-Za-z][A-Za-z0-9_-]{0,40})\s*\{/y;
const WORDS = /[^<{}#\\]+/y;
const BLOCK_END = /\s*\}/y;
const DEEPEST = 3;

/** Thrown and caught within this file. */
class Malformed extends Error {}

/**
 * Takes a text apart, in time that grows with its length only. Its variables are `<name>`, with an optional fallback
 * (docs/reference/insights.md 5.5); its blocks `{numb, plural, one {# order} other {# orders}}` and
 * `{what, select, more {…} other {…}}`. Other braces are ordinary signs, `\<` is a plain `<`.
 */
export function parseText(source: string): ParsedText {
  try {
    return { parts: new Reader(source, true).all() };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return { parts: new Reader(source, false).all(), fault: error.message };
  }
}

class Reader {
  readonly #source: string;
  readonly #hasBlocks: boolean;
  #at = 0;

  constructor(source: string, hasBlocks: boolean) {
    this.#source = source;
    this.#hasBlocks = hasBlocks;
  }

  all(): readonly Part[] {
    return this.#parts(0, undefined);
  }

  /** The parts up to the end, or within a branch up to its closing brace. */
  #parts(depth: number, counted: string | undefined): readonly Part[] {
    const parts: Part[] = [];
    let words = "";
    const add = (part: Part): void => {
      if (words !== "") parts.push({ type: "words", text: words });
      words = "";
      parts.push(part);
    };
    while (this.#at < this.#source.length) {
      const sign = this.#source[this.#at] ?? "";
      if (sign === "}" && depth > 0) break;
      const part = this.#part(sign, depth, counted);
      if (part === undefined) words += this.#words(sign);
      else add(part);
    }
    if (words !== "") parts.push({ type: "words", text: words });
    return parts;
  }

  #part(sign: string, depth: number, counted: string | undefined): Part | undefined {
    if (sign === "#" && counted !== undefined) {
      this.#at += 1;
      return { type: "count", name: counted };
    }
    if (sign === "{" && this.#hasBlocks) return this.#block(depth, counted);
    const token = sign === "<" ? this.#take(TOKEN) : undefined;
    if (token === undefined) return undefined;
    const [written, name = "", fallback = ""] = token;
    return { type: "variable", name, fallback, written };
  }

  #words(sign: string): string {
    if (this.#source.startsWith("\\<", this.#at)) {
      this.#at += 2;
      return "<";
    }
    const run = this.#take(WORDS)?.[0];
    if (run !== undefined) return run;
    this.#at += 1;
    return sign;
  }

  #block(depth: number, counted: string | undefined): Part | undefined {
    const head = this.#take(BLOCK);
    if (head === undefined) return undefined;
    const [written, name = "", form = ""] = head;
    if (depth >= DEEPEST) throw new Malformed(`more than ${DEEPEST} blocks are one in another at "${written.trim()}"`);
    const type = form === "plural" ? "plural" : "select";
    const branches = new Map<string, readonly Part[]>();
    for (let branch = this.#take(BRANCH); branch !== undefined; branch = this.#take(BRANCH)) {
      const key = branch[1] ?? "";
      branches.set(key, this.#parts(depth + 1, type === "plural" ? name : counted));
      if (this.#take(BLOCK_END) === undefined) throw new Malformed(`"${key} {" of "{${name}, ${form}," has no "}"`);
    }
    if (this.#take(BLOCK_END) === undefined) throw new Malformed(`"{${name}, ${form}," has no "}"`);
    if (!branches.has("other")) throw new Malformed(`"{${name}, ${form}," has no "other {…}"`);
    return { type, name, branches };
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#source);
    if (match === null) return undefined;
    this.#at = pattern.lastIndex;
    return match;
  }
}

/** The names of a text's variables, each once, those of blocks too. */
export function namesIn(parts: readonly Part[]): readonly string[] {
  const names = parts.flatMap((part): readonly string[] => {
    if (part.type === "words") return [];
    if (part.type === "variable" || part.type === "count") return [part.name];
    return [part.name, ...[...part.branches.values()].flatMap(namesIn)];
  });
  return [...new Set(names)];
}
