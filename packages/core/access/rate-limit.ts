/** How requests are rationed: one comes back every so many milliseconds, and all of them in so many. */
export interface RateUse {
  readonly eachMs: number;
  readonly depthMs: number;
}

/** Whether there was one to take, and when all of them are there again. */
export interface RateTaken {
  readonly isTaken: boolean;
  readonly fullAtMs: number;
}

/** Requests that an actor has left. */
export interface RateStore {
  readonly take: (actorId: string, nowMs: number, use: RateUse) => Promise<RateTaken>;
}
