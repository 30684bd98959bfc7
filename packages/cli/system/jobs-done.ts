import type { LocalSystem } from "@regulars/local/system";

/** A job that a command has started failed as often as it is tried. */
export class JobFailedError extends Error {
  override readonly name = "JobFailedError";
}

/** What is said of a failed job: what was not done, and how the rest is done. */
interface FailedText {
  readonly what: string;
  readonly rest: string;
}

const USUAL: FailedText = {
  what: "what it started could not be done",
  rest: 'the next nightly run does the rest, and what waits to be sent goes out while "regulars start" runs',
};

/**
 * Waits for the jobs that a command has started; one that failed for good ends the command, which says why. Every command
 * ends with it, and one that shows what its jobs have done calls it before.
 */
export async function jobsDone(
  { queues, failures, folder }: Pick<LocalSystem, "queues" | "failures" | "folder">,
  { what, rest } = USUAL,
): Promise<void> {
  await queues.idle();
  if (queues.deadLetters.length === 0) return;
  const reason = failures.at(-1) ?? "no reason was given";
  throw new JobFailedError(`${what}: ${reason} (more is in ${folder}/regulars.log). What was saved is safe: ${rest}`);
}
