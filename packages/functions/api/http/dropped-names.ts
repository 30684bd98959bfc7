import { type ItemError, MOST_ERRORS, pathText } from "@regulars/core/platform/field-error";
import { unknownProperty } from "@regulars/core/platform/unknown-property";

const DROPPED = "__proto__";

/** Steps of a place that are said. */
const MOST_STEPS = 20;

/** What is left to compare, with its place: a body may be nested deeper than calls can be. */
interface Place {
  readonly given: unknown;
  readonly checked: unknown;
  readonly name: PropertyKey;
  readonly within: Place | undefined;
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/**
 * An error for each property that was given and that its check has dropped without a word: a record of any names has
 * none of the name `__proto__`. At most 20.
 */
export function droppedNames(given: unknown, checked: unknown): readonly ItemError[] {
  const errors: ItemError[] = [];
  const left: Place[] = [{ given, checked, name: "", within: undefined }];
  for (let place = left.pop(); place !== undefined; place = left.pop()) {
    if (place.given === place.checked || !isObject(place.given)) continue;
    for (const [name, value] of Object.entries(place.given)) {
      const kept = isObject(place.checked) ? ownValue(place.checked, name) : undefined;
      const one = {
        given: value,
        checked: kept,
        name: Array.isArray(place.given) ? Number(name) : name,
        within: place,
      };
      if (name !== DROPPED || kept !== undefined) left.push(one);
      else if (errors.length < MOST_ERRORS)
        errors.push({ path: pathText(pathOf(one)), code: "unknown-property", message: unknownProperty(name, []) });
    }
  }
  return errors;
}

function pathOf(place: Place): readonly PropertyKey[] {
  const path: PropertyKey[] = [];
  for (let one = place; one.within !== undefined; one = one.within) path.push(one.name);
  return path.toReversed().slice(0, MOST_STEPS);
}

const ownValue = (value: object, name: string): unknown => Object.getOwnPropertyDescriptor(value, name)?.value;
