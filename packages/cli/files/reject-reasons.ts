/** Most groups of reasons that are shown. */
const SHOWN = 8;
/** Most groups that are kept: beyond them, reasons are only counted. */
const KEPT = 200;

interface Group {
  readonly first: string;
  readonly line: number;
  count: number;
  hasOthers: boolean;
}

/** Reasons why rows were rejected, grouped: those that differ in a quoted value or a number are one. */
export class RejectReasons {
  readonly #groups = new Map<string, Group>();
  #others = 0;

  add(line: number, reason: string): void {
    const form = reason.replaceAll(/"[^"]*"|\d+/g, "…");
    const group = this.#groups.get(form);
    if (group !== undefined) {
      group.count += 1;
      group.hasOthers ||= group.first !== reason;
    } else if (this.#groups.size < KEPT) this.#groups.set(form, { first: reason, line, count: 1, hasOthers: false });
    else this.#others += 1;
  }

  /** The most frequent ones first, each with an example and the line of it. */
  lines(): string[] {
    const groups = [...this.#groups.values()].toSorted((a, b) => b.count - a.count || a.line - b.line);
    const shown = groups.slice(0, SHOWN);
    const rest = groups.slice(SHOWN).reduce((sum, { count }) => sum + count, this.#others);
    return [
      ...shown.map(({ first, line, count, hasOthers }) => {
        const place = count === 1 ? `line ${line}` : `${hasOthers ? "such as" : "first"} in line ${line}`;
        return `${count.toLocaleString("en")} × ${first} (${place})`;
      }),
      ...(rest === 0 ? [] : [`${rest.toLocaleString("en")} × other reasons`]),
    ];
  }
}
