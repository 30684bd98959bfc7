import * as z from "zod";
import { type Result, ok, refuse } from "../platform/result.ts";
import type { UserId } from "../platform/values.ts";

/** Figures of employees' work are shown of so many together; of fewer only to the employee who alone they are of. */
const FEWEST_TOGETHER = 3;

const IS_NO_SWITCH = "is not true or false";
/** Settings of relationships about the figures of employees. */
export const employeeSettingsShape = {
  /** Also of one or two employees, to others too; the notice of their rights is shown with them. */
  showsEachEmployee: z.boolean(IS_NO_SWITCH).default(false),
} as const;

export const usualEmployeeSettings = { showsEachEmployee: false } as const;
export const employeeSettingNames: readonly string[] = Object.keys(employeeSettingsShape);

type StoredSettings = Readonly<Record<string, unknown>>;

export const showsEachEmployee = (stored: StoredSettings): boolean => stored["showsEachEmployee"] === true;

export function checkedEmployeeSettings(stored: StoredSettings): Result<StoredSettings> {
  const given = stored["showsEachEmployee"];
  return given === undefined || typeof given === "boolean"
    ? ok(stored)
    : refuse("unusable-setting", `relationships.showsEachEmployee: ${IS_NO_SWITCH} (given ${JSON.stringify(given)})`);
}

/** What goes with figures of single employees (docs/reference/relationships.md 7). */
export const NOTICE_OF_RIGHTS =
  "Figures of single employees are shown: the company has turned this on. Every employee may see what is stored of them, have it corrected, object to it, and opt out.";

/** Who looks at figures of employees, and what they may see. */
export interface EmployeeView {
  /** `undefined` for a program, and on the command line. */
  readonly viewerId?: UserId | undefined;
  readonly showsEach: boolean;
  /** Not opted out: the work of others is in no figure. */
  readonly isNamed: (userId: UserId) => boolean;
}

/** Whether figures of these employees together may be shown. */
export function mayShow(users: ReadonlySet<UserId>, { viewerId, showsEach }: EmployeeView): boolean {
  const isOwn = users.size === 1 && viewerId !== undefined && users.has(viewerId);
  return showsEach || users.size === 0 || isOwn || users.size >= FEWEST_TOGETHER;
}
