import { type Session, stoppableFromNow, stoppedWith } from "../session.ts";

/** Takes what removes a thing that is of no use unless the work ends well. Removed twice, it is gone as well. */
export type OnFailure = (remove: () => Promise<void>) => void;

/**
 * Reads or imports a file. Ctrl-C ends it at any moment, and says what was saved and how to go on. What the work leaves
 * behind is removed here: work that does not end in time is abandoned, and removes nothing itself.
 */
export async function sayingHowToGoOn<T>(
  given: Session,
  path: string,
  { dryRun: isDry = false }: { readonly dryRun?: boolean },
  work: (session: Session, signal: AbortSignal, onFailure: OnFailure) => Promise<T>,
): Promise<T> {
  const { session, signal } = stoppableFromNow(given);
  const removals: (() => Promise<void>)[] = [];
  try {
    return await work(session, signal, (remove) => removals.push(remove));
  } catch (error) {
    // What cannot be removed now, the next import of the file removes.
    for (const remove of removals) await remove().catch(() => undefined);
    const left = isDry
      ? "A dry run saves nothing"
      : "What was saved is safe: run the same command again, and it goes on from there";
    throw stoppedWith(`stopped in the middle of ${path}. ${left}`, error);
  }
}
