import { setTimeout as sleep } from "node:timers/promises";

const CHECK_MS = 100;
const RETRY_MS = 500;

interface Watched {
  readonly isRunning: () => boolean;
  /** Starts it again; throws when that was not possible. */
  readonly restart: () => Promise<void>;
  /** Told when it has ended, with what resolves when it runs again, and rejects when watching has stopped before. */
  readonly onEnd: (restarted: Promise<void>) => void;
}

/** Restarts a process whenever it has ended, until the returned function is called and has resolved. */
export function watchProcess({ isRunning, restart, onEnd }: Watched): () => Promise<void> {
  let isWatching = true;
  let restarting: Promise<void> | undefined;
  const again = async (): Promise<void> => {
    for (;;) {
      try {
        return await restart();
      } catch (error) {
        if (!isWatching) throw error;
        await sleep(RETRY_MS);
      }
    }
  };
  const timer = setInterval(() => {
    if (restarting !== undefined || isRunning()) return;
    restarting = again().finally(() => {
      restarting = undefined;
    });
    onEnd(restarting);
    restarting.catch(() => undefined);
  }, CHECK_MS).unref();
  return async () => {
    isWatching = false;
    clearInterval(timer);
    await restarting?.catch(() => undefined);
  };
}
