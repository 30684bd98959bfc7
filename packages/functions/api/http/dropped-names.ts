import { type ItemError, failedItem, pathText } from "@regulars/core/platform/field-error";
import { unknownProperty } from "@regulars/core/platform/unknown-property";

const DROPPED = "__proto__";

type Path = readonly PropertyKey[];

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/**
 * An error for each property that was given and that its check has dropped without a word: a record of any names has
 * none of the name `__proto__`. At most 20.
 */
export const droppedNames = (given: unknown, checked: unknown): readonly ItemError[] =>
  failedItem(errorsAt(given, checked, [])).errors;

function errorsAt(given: unknown, checked: unknown, path: Path): readonly ItemError[] {
  if (given === checked || !isObject(given)) return [];
  return Object.entries(given).flatMap(([name, value]) => {
    const at = [...path, Array.isArray(given) ? Number(name) : name];
    const kept: unknown = isObject(checked) ? Object.getOwnPropertyDescriptor(checked, name)?.value : undefined;
    if (name !== DROPPED || kept !== undefined) return errorsAt(value, kept, at);
    return [{ path: pathText(at), code: "unknown-property", message: unknownProperty(name, []) }];
  });
}
