import { setTimeout as sleep } from "node:timers/promises";

const FIRST_PAUSE_MS = 20;
/** Longest pause between two readings of what other writers keep changing: twice the time of a transaction, or so. */
const LONGEST_REREAD_ROUND = 3;

/** A pause before a record that was overtaken is read again. */
export const pauseToReread = (round: number): Promise<void> => sleep(pauseMs(Math.min(round, LONGEST_REREAD_ROUND)));

/** How long a writer waits after a round, ms: exponential and random, so that two competing writers do not meet again. */
export const pauseMs = (round: number): number => FIRST_PAUSE_MS * 2 ** Math.min(round, 6) * Math.random();
