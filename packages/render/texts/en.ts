/** English texts that all kinds share. A kind's own texts are in its folder. */
export const english = {
  /** Between the last two amounts of different currencies. */
  and: " and ",
} as const;
