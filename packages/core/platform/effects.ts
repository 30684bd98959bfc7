/** Parses a phone number in any notation; E.164, or `undefined` when it is not a phone number. */
type PhoneReader = (text: string, defaultCountry: string | undefined) => Promise<string | undefined>;

/** What the flows of sales plans need from the environment besides the store. */
export interface Effects {
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly wait: (ms: number) => Promise<void>;
  /** Monotonic milliseconds, for measuring durations. */
  readonly elapsed: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  /** A unique id: letters and digits, at most 26. */
  readonly newId: () => string;
  readonly readPhone: PhoneReader;
}
