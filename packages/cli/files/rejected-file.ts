import { type WriteStream, createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { basename } from "node:path";
import { once } from "node:events";
import type { RawRecord } from "@regulars/core/imports/file-format";
import { UserError } from "@regulars/local/user-error";
import { type Stringifier, stringify } from "csv-stringify";

interface Rows {
  readonly csv: Stringifier;
  readonly file: WriteStream;
  /** Rejects when the file cannot be written. */
  readonly failed: Promise<never>;
}

/** `FILE.rejected.csv`: each row that was not imported, with its line and the reason. Made when there is the first. */
export class RejectedFile {
  readonly #columns: readonly string[];
  #path: string;
  #rows: Rows | undefined;
  #count = 0;

  constructor(source: string, columns: readonly string[]) {
    this.#path = `${source}.rejected.csv`;
    this.#columns = columns;
  }

  /** Where the rows are; `undefined` when there are none. */
  get path(): string | undefined {
    return this.#count === 0 ? undefined : this.#path;
  }

  add(line: number, reason: string, record: RawRecord | undefined): void {
    this.#count += 1;
    this.#rows ??= this.#create();
    this.#rows.csv.write([line, reason, ...this.#columns.map((column) => harmless(record?.[column] ?? ""))]);
  }

  #create(): Rows {
    const csv = stringify({ header: true, columns: ["line", "reason", ...this.#columns] });
    const file = createWriteStream(this.#path);
    const failed = new Promise<never>((_, reject) => file.on("error", reject));
    failed.catch(() => undefined);
    csv.pipe(file);
    return { csv, file, failed };
  }

  /** Ends the file. Without a rejected row, one left by an earlier run of the same import goes. */
  async close(): Promise<void> {
    if (this.#rows === undefined) {
      await rm(this.#path, { force: true }).catch(() => undefined);
      return;
    }
    this.#rows.csv.end();
    try {
      await Promise.race([once(this.#rows.file, "finish"), this.#rows.failed]);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new UserError(
        `the rejected rows cannot be written to ${this.#path} (${why}). The other rows were imported`,
      );
    }
  }

  /** The import did not come to its end: half a list of its rejected rows would say that the rest is well. */
  async discard(): Promise<void> {
    if (this.#rows === undefined) return;
    this.#rows.csv.end();
    await Promise.race([once(this.#rows.file, "finish"), this.#rows.failed]).catch(() => undefined);
    await rm(this.#path, { force: true });
  }

  /** Before anything is read: rejected rows go to the working folder when the file's own cannot be written to. */
  async choosePlace(isWritable: (path: string) => Promise<boolean>): Promise<void> {
    if (!(await isWritable(this.#path))) this.#path = basename(this.#path);
  }
}

/** A spreadsheet would run a cell that begins like a formula; fullwidth signs and leading blanks included. */
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\t\r]/;
const NUMBER = /^[+-]?\d+(\.\d+)?$/;

const harmless = (cell: string): string => {
  const short = cell.length > 1000 ? `${cell.slice(0, 1000)}…` : cell;
  return FORMULA.test(short) && !NUMBER.test(short) ? `'${short}` : short;
};
