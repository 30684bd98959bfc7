import { type WriteStream, createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { basename } from "node:path";
import { once } from "node:events";
import type { RawRecord } from "@regulars/core/imports/file-format";
import { cutText } from "@regulars/core/platform/cut-text";
import { systemReason } from "@regulars/local/engine/system-reasons";
import { UserError } from "@regulars/local/user-error";
import { type Stringifier, stringify } from "csv-stringify";

interface Rows {
  readonly csv: Stringifier;
  readonly file: WriteStream;
  /** Rejects when the file cannot be written. */
  readonly failed: Promise<never>;
}

/** The columns that begin a file of rejected rows. */
const OWN_COLUMNS = ["line", "reason"] as const;

/** `FILE.rejected.csv`: each rejected row with its line number and the reason. Created on the first rejected row. */
export class RejectedFile {
  readonly #columns: readonly string[];
  #path: string;
  #rows: Rows | undefined;
  #count = 0;
  #isOpen = true;

  constructor(source: string, columns: readonly string[]) {
    this.#path = `${source}.rejected.csv`;
    this.#columns = columns;
  }

  /** The file's path; `undefined` without rejected rows. */
  get path(): string | undefined {
    return this.#count === 0 ? undefined : this.#path;
  }

  add(line: number, reason: string, record: RawRecord | undefined): void {
    if (!this.#isOpen) return;
    this.#count += 1;
    this.#rows ??= this.#create();
    this.#rows.csv.write([line, reason, ...this.#columns.map((column) => harmless(record?.[column] ?? ""))]);
  }

  #create(): Rows {
    const csv = stringify({ header: true, columns: [...OWN_COLUMNS, ...this.#columns] });
    const file = createWriteStream(this.#path);
    const failed = new Promise<never>((_, reject) => file.on("error", reject));
    failed.catch(() => undefined);
    csv.pipe(file);
    return { csv, file, failed };
  }

  /** Closes the file. Without rejected rows, deletes the one that an earlier import of the same file left. */
  async close(): Promise<void> {
    if (this.#rows === undefined) {
      await rm(this.#path, { force: true }).catch(() => undefined);
      return;
    }
    this.#rows.csv.end();
    try {
      await Promise.race([once(this.#rows.file, "finish"), this.#rows.failed]);
      this.#isOpen = false;
    } catch (error) {
      const why = systemReason(error) ?? (error instanceof Error ? error.message : String(error));
      throw new UserError(
        `the other rows were imported, but the rejected ones cannot be written to ${this.#path}: ${why}`,
      );
    }
  }

  /**
   * Deletes the file unless it was closed: a partial list would suggest that all other rows were imported. What an
   * abandoned import adds later makes no other one.
   */
  async discard(): Promise<void> {
    const isPartial = this.#isOpen;
    this.#isOpen = false;
    if (this.#rows === undefined || !isPartial) return;
    this.#rows.csv.end();
    await Promise.race([once(this.#rows.file, "finish"), this.#rows.failed]).catch(() => undefined);
    await rm(this.#path, { force: true });
  }

  /**
   * Chosen before anything is read: the import file's folder, or the working folder if that one cannot be written to.
   */
  async choosePlace(isWritable: (path: string) => Promise<boolean>): Promise<void> {
    if (!(await isWritable(this.#path))) this.#path = basename(this.#path);
  }
}

/** Matches a cell that a spreadsheet would run as a formula; includes fullwidth signs and leading blanks. */
const FORMULA = /^'*\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\t\r]/;
const NUMBER = /^[+-]?\d+(\.\d+)?$/;

/** A cell as a spreadsheet shows it, never runs it; cut where it is very long. `asGiven` reads it back. */
export const harmless = (cell: string): string => {
  const short = cutText(cell, 1000);
  return FORMULA.test(short) && !NUMBER.test(short) ? `'${short}` : short;
};

/** Whether a header is that of a file of rejected rows, as somebody repairs and imports it. */
export const isRejectedFile = (columns: readonly string[]): boolean =>
  OWN_COLUMNS.every((name, i) => columns[i] === name);

/** A cell of such a file as the import file had it. */
export const asGiven = (cell: string): string => (cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell);
