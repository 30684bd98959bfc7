import type { DigestToDo } from "@regulars/core/notifications/message";
import { NAME_LENGTH, WHY_LENGTH, oneLine } from "../plain-text.ts";
import type { Words } from "../texts/words.ts";

/** The texts of the reader's open follow-ups, cleaned but not escaped. */
interface ToDoTexts {
  readonly title: string;
  readonly tasks: readonly { readonly customerName: string; readonly what: string; readonly due: string }[];
  /** "and 3 more to do"; absent when all are shown. */
  readonly more: string | undefined;
}

export function toDoTexts({ count, tasks }: DigestToDo, { say, formats }: Words): ToDoTexts {
  const more = count - tasks.length;
  return {
    title: say("toDo.title"),
    tasks: tasks.map(({ customerName, type, text, dueOn, isLate }) => ({
      customerName: oneLine(customerName, NAME_LENGTH),
      what: say(`toDo.${type}`, { text: oneLine(text, WHY_LENGTH) }),
      due: say(isLate ? "toDo.late" : "toDo.on", { date: formats.day(dueOn, "short") }),
    })),
    more: more > 0 ? say("toDo.more", { numb: more }) : undefined,
  };
}
