import { readFile } from "node:fs/promises";
import { UserError } from "@regulars/local/user-error";

/** The criteria of a file: JSON. */
export async function criteriaOf(option: string, file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch {
    throw new UserError(`${option} ${file} cannot be read`);
  }
  try {
    const criteria: unknown = JSON.parse(text);
    return criteria;
  } catch {
    throw new UserError(`${option} ${file} has no JSON`);
  }
}
