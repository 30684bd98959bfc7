/** Reads a phone number as its owner wrote it: E.164, or nothing when it is none. */
export type PhoneReader = (text: string, defaultCountry: string | undefined) => string | undefined;

/** What flows of plans need of the environment besides the store. */
export interface Effects {
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly wait: (ms: number) => Promise<void>;
  /** Milliseconds that only ever go on: how long something has taken. */
  readonly elapsed: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  /** Unlike any other: letters and digits, 26 at most. */
  readonly newId: () => string;
  readonly readPhone: PhoneReader;
}
