/** Something with what it is and what it would be. */
export interface NowThen<T> {
  readonly now: T;
  readonly after: T;
}

/** Which of the two. */
export type When = keyof NowThen<unknown>;
