import type { DigestToDo } from "@regulars/core/notifications/message";
import { NAME_LENGTH, WHY_LENGTH, formatDay, oneLine } from "../plain-text.ts";
import { formatCount } from "./counts.ts";

/** The texts of the reader's open follow-ups, cleaned but not escaped. */
export interface ToDoTexts {
  readonly title: string;
  readonly tasks: readonly { readonly customerName: string; readonly what: string; readonly due: string }[];
  /** "and 3 more to do"; absent when all are shown. */
  readonly more: string | undefined;
}

export function toDoTexts({ count, tasks }: DigestToDo, locale: string): ToDoTexts {
  const more = count - tasks.length;
  return {
    title: "To do",
    tasks: tasks.map(({ customerName, type, text, dueOn, isLate }) => ({
      customerName: oneLine(customerName, NAME_LENGTH),
      what: `${type}: ${oneLine(text, WHY_LENGTH)}`,
      due: `${isLate ? "was due on" : "due on"} ${formatDay(dueOn, locale, "short")}`,
    })),
    more: more > 0 ? `and ${formatCount(more, locale)} more to do` : undefined,
  };
}
