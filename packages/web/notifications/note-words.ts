import { UNSURE_NOTE } from "@regulars/core/notifications/notification";
import { RESOLVED } from "@regulars/flows/notifications/decide-due";
import type { PageWords } from "@regulars/render/texts/page-words";

const SENT_AGAIN = /^sent again by (.+)$/s;

/** What the log notes by itself, in the reader's language; other notes as they are. */
export function noteWords(note: string, words: PageWords): string {
  const { say } = words;
  if (note.endsWith(UNSURE_NOTE))
    return say("note.unsure", { text: noteWords(note.slice(0, -UNSURE_NOTE.length), words) });
  if (note === RESOLVED) return say("note.resolvedWhileHeld");
  const [, name] = SENT_AGAIN.exec(note) ?? [];
  return name === undefined ? words.refused(note) : say("note.sentAgain", { name });
}
