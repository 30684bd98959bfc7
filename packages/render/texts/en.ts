/** Words that texts of all kinds share, in English. A kind's own words lie in its folder. */
export const english = {
  /** Between the last two amounts of different currencies. */
  and: " and ",
} as const;
