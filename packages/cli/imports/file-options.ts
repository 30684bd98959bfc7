import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { type ColumnMap, readColumnMap } from "@regulars/core/imports/column-names";
import type { DateOrder } from "@regulars/core/imports/date-format";
import type { DecimalMark } from "@regulars/core/imports/number-format";
import { UserError } from "@regulars/local/user-error";
import type { FileOptions } from "../files/csv-file.ts";

/** What somebody says of the file that they import. */
export interface FileArguments {
  readonly decimal?: DecimalMark;
  readonly dates?: DateOrder;
  readonly encoding?: string;
  readonly map?: string;
}

/** The options of the command line for a file of these columns. */
export async function fileOptionsOf(
  { decimal, dates, encoding, map }: FileArguments,
  columns: readonly string[],
): Promise<FileOptions> {
  return { decimal, dates, encoding, map: map === undefined ? undefined : await mapOf(map, columns) };
}

/** `--map`: pairs, or a file of them. */
async function mapOf(given: string, columns: readonly string[]): Promise<ColumnMap> {
  const isFile = existsSync(given) || !given.includes("=");
  if (isFile && !existsSync(given))
    throw new UserError(`--map "${given}" is no file, and no column=name such as orderId="Order ID"`);
  const map = readColumnMap(isFile ? await readFile(given, "utf8") : given, columns);
  if (!map.ok) throw new UserError(`--map${isFile ? ` ${given}` : ""}: ${map.message}`);
  return map.value;
}
