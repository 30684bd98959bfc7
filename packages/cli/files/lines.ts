/** A physical line, numbered from 1. `text` is absent when the line is longer than `MAX_LINE`. */
export interface Line {
  readonly number: number;
  readonly text: string | undefined;
}

/** What ends lines: `\n` with or without `\r`, or `\r` alone, as old programs on a Mac write it. */
export type LineEnd = "\n" | "\r";

/** Most characters of a line. */
export const MAX_LINE = 1_000_000;

/**
 * Splits a stream of text chunks into lines: those of a chunk together, because a turn of the event loop for each line
 * costs more than reading it. Buffers at most `MAX_LINE` characters.
 */
export async function* splitLines(pieces: AsyncIterable<string>, end: LineEnd = "\n"): AsyncGenerator<readonly Line[]> {
  let number = 1;
  let held = "";
  let isTooLong = false;
  for await (const piece of pieces) {
    const lines: Line[] = [];
    let from = 0;
    for (let at = piece.indexOf(end); at !== -1; at = piece.indexOf(end, from)) {
      held += piece.slice(from, at);
      lines.push({ number, text: isTooLong || held.length > MAX_LINE ? undefined : trimmed(held) });
      number += 1;
      held = "";
      isTooLong = false;
      from = at + 1;
    }
    held += piece.slice(from);
    if (held.length > MAX_LINE) {
      isTooLong = true;
      held = "";
    }
    if (lines.length > 0) yield lines;
  }
  if (isTooLong) yield [{ number, text: undefined }];
  else if (held !== "") yield [{ number, text: trimmed(held) }];
}

const trimmed = (line: string): string => (line.endsWith("\r") ? line.slice(0, -1) : line);
