import { isInOrder } from "@regulars/core/platform/period";
import { type Day, type TenantId, parseDay, tenantIdSchema } from "@regulars/core/platform/values";
import { UserError } from "@regulars/local/user-error";

/** The part of a zod schema that is used here. */
interface Checker<T> {
  readonly safeParse: (
    text: string,
  ) =>
    | { readonly success: true; readonly data: T }
    | { readonly success: false; readonly error: { readonly issues: readonly { readonly message: string }[] } };
}

/** A tenant id from the command line. */
export const tenantArgument = (text: string): TenantId => checkedArgument(tenantIdSchema, "--tenant", text);

/** An id or a text from the command line, as its schema reads it: whatever is stored can be read again. */
export function checkedArgument<T>(schema: Checker<T>, option: string, text: string): T {
  const parsed = schema.safeParse(text);
  if (!parsed.success)
    throw new UserError(`${option} "${text}" ${parsed.error.issues[0]?.message ?? "cannot be used"}`);
  return parsed.data;
}

/** The choice that equals the text; throws a user error when none does. */
export function oneOf<T extends string | number>(choices: readonly T[], option: string, text: string): T {
  const chosen = choices.find((choice) => String(choice) === text);
  if (chosen === undefined) throw new UserError(`${option} "${text}" is not one of ${choices.join(", ")}`);
  return chosen;
}

/** A whole number from `least` to `most`, both included. */
export function wholeNumber(
  option: string,
  text: string,
  { least, most }: { readonly least: number; readonly most: number },
): number {
  const number = Number(text);
  if (text.trim() === "" || !Number.isInteger(number) || number < least || number > most)
    throw new UserError(`${option} "${text}" is not a whole number from ${least} to ${most}`);
  return number;
}

/** First and last day, both included; either may be open. */
export function periodArguments({ from, to }: { readonly from?: string; readonly to?: string }) {
  const period = {
    from: from === undefined ? undefined : dayArgument("--from", from),
    to: to === undefined ? undefined : dayArgument("--to", to),
  };
  if (!isInOrder(period)) throw new UserError(`--to ${to} is before --from ${from}`);
  return period;
}

export function dayArgument(option: string, text: string): Day {
  const parsed = parseDay(text);
  if (!parsed.ok) throw new UserError(`${option} ${parsed.message}`);
  return parsed.value;
}
