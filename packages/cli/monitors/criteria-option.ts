import { readFile } from "node:fs/promises";
import { parseCriteria } from "@regulars/core/monitors/parse-criteria";
import { UserError } from "@regulars/local/user-error";

/** The criteria of a file: JSON, or in words. */
export async function criteriaOf(option: string, file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch {
    throw new UserError(`${option} ${file} cannot be read: name a file with the criteria, in words or as JSON`);
  }
  if (!/^\s*[[{]/.test(text)) {
    const parsed = parseCriteria(text);
    if (parsed.ok) return parsed.value;
    throw new UserError(`${option} ${file}: ${parsed.message}`);
  }
  try {
    const criteria: unknown = JSON.parse(text);
    return criteria;
  } catch {
    throw new UserError(`${option} ${file} has no JSON`);
  }
}
