/** A physical line; one that is too long to be a row comes without its text. */
export interface Line {
  readonly number: number;
  readonly text: string | undefined;
}

/** Longer than any row: one megabyte of characters. */
export const MAX_LINE = 1_000_000;

/** Splits decoded text into lines, however it is cut into pieces; never holds more than one line of allowed length. */
export async function* splitLines(pieces: AsyncIterable<string>): AsyncGenerator<Line> {
  let number = 1;
  let held = "";
  let isTooLong = false;
  for await (const piece of pieces) {
    let from = 0;
    for (let end = piece.indexOf("\n"); end !== -1; end = piece.indexOf("\n", from)) {
      held += piece.slice(from, end);
      yield { number, text: isTooLong || held.length > MAX_LINE ? undefined : trimmed(held) };
      number += 1;
      held = "";
      isTooLong = false;
      from = end + 1;
    }
    held += piece.slice(from);
    if (held.length > MAX_LINE) {
      isTooLong = true;
      held = "";
    }
  }
  if (isTooLong) yield { number, text: undefined };
  else if (held !== "") yield { number, text: trimmed(held) };
}

const trimmed = (line: string): string => (line.endsWith("\r") ? line.slice(0, -1) : line);
