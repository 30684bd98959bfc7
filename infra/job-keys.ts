import { type ClockJob, type QueueJob, jobs } from "./jobs.ts";

type Jobs = typeof jobs;
export type JobKey = keyof Jobs;
export type QueueJobKey = { [K in JobKey]: Jobs[K] extends QueueJob ? K : never }[JobKey];
export type ClockJobKey = Exclude<JobKey, QueueJobKey>;
export type QueueKey = Jobs[QueueJobKey]["queue"]["name"];

const isJobKey = (key: string): key is JobKey => key in jobs;
const isQueueJobKey = (key: JobKey): key is QueueJobKey => "queue" in jobs[key];

export const jobKeys: readonly JobKey[] = Object.keys(jobs).filter(isJobKey);
export const queueJobKeys: readonly QueueJobKey[] = jobKeys.filter(isQueueJobKey);
export const clockJobKeys: readonly ClockJobKey[] = jobKeys.filter((key) => !isQueueJobKey(key));

/** A job with the type that all jobs have in common. */
export const jobOf = (key: JobKey): QueueJob | ClockJob => jobs[key];
export const clockJobOf = (key: ClockJobKey): ClockJob => jobs[key];
export const queueJobOf = (key: QueueJobKey): QueueJob => jobs[key];

/** How often EventBridge starts a job, in its syntax: "15 minutes". */
export const rateOf = (key: ClockJobKey): string => {
  const { everyMinutes } = clockJobOf(key);
  return everyMinutes === 1 ? "1 minute" : `${everyMinutes} minutes`;
};

const WRAP_UP_SECONDS = 60;

/** Milliseconds after which a job stops long work and saves its progress, before the function times out. */
export const patienceMsOf = (key: JobKey): number => {
  const { timeoutSeconds, wrapUpSeconds = WRAP_UP_SECONDS } = jobOf(key);
  return (timeoutSeconds - wrapUpSeconds) * 1000;
};
