import type { LocalSystem } from "@regulars/local/system";

/** A job that a command has started failed as often as it is tried. */
export class JobFailedError extends Error {
  override readonly name = "JobFailedError";
}

/** Waits for the jobs that a command has started; one that failed for good ends the command, which says why. */
export async function jobsDone({ queues, failures, folder }: LocalSystem): Promise<void> {
  await queues.idle();
  if (queues.deadLetters.length === 0) return;
  const reason = failures.at(-1) ?? "no reason was given";
  throw new JobFailedError(`what it started could not be done: ${reason} (more is in ${folder}/regulars.log)`);
}
