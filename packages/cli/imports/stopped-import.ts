import { type Session, stoppableFromNow, stoppedWith } from "../session.ts";

/** Reads or imports a file. Ctrl-C ends it at any moment, and says what was saved and how to go on. */
export async function sayingHowToGoOn<T>(
  given: Session,
  path: string,
  { dryRun: isDry = false }: { readonly dryRun?: boolean },
  work: (session: Session, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { session, signal } = stoppableFromNow(given);
  try {
    return await work(session, signal);
  } catch (error) {
    const left = isDry
      ? "A dry run saves nothing"
      : "What was saved is safe: run the same command again, and it goes on from there";
    throw stoppedWith(`stopped in the middle of ${path}. ${left}`, error);
  }
}
