/** How a customer's people and ours are in touch. */
export interface ContactPlan {
  /** What is planted, in a sentence. */
  readonly planted?: string;
  /** Days between two contacts. */
  readonly everyDays: number;
  /** Days without any contact up to the as-of day; without it, less than a contact is late. */
  readonly quietDays?: number;
  /** What came last: a message of theirs without an answer, or so many of ours without a reply. */
  readonly ending?: { readonly waitsDays: number } | { readonly unanswered: number };
  /** Colleagues who know the buyer besides the rep: met once, or by e-mail. */
  readonly alsoKnownBy?: readonly {
    readonly userId: string;
    readonly daysAgo: number;
    readonly way: "meeting" | "email";
  }[];
}

/** Customers whose contact tells something; all others have a steady one, as often as they order. */
export const contactPlans: Readonly<Record<string, ContactPlan>> = {
  C1102: {
    planted: "Their buyer wrote a week ago, and nobody has answered.",
    everyDays: 14,
    quietDays: 16,
    ending: { waitsDays: 7 },
  },
  C1104: {
    planted: "The rep, the manager and a rep of another territory know the buyer.",
    everyDays: 14,
    alsoKnownBy: [
      { userId: "u-henrik", daysAgo: 40, way: "meeting" },
      { userId: "u-elin", daysAgo: 100, way: "email" },
    ],
  },
  C1112: { planted: "Met every week until five weeks ago: the trend falls.", everyDays: 7, quietDays: 36 },
  C1202: {
    planted: "Five e-mails of ours had no reply.",
    everyDays: 14,
    quietDays: 40,
    ending: { unanswered: 5 },
  },
  C1204: {
    planted: "The rep and the manager know the buyer.",
    everyDays: 14,
    alsoKnownBy: [{ userId: "u-henrik", daysAgo: 15, way: "meeting" }],
  },
  C1211: { planted: "Met every week until five weeks ago: the trend falls.", everyDays: 7, quietDays: 36 },
  C1302: {
    planted: "Their buyer wrote four days ago or more, and nobody has answered.",
    everyDays: 14,
    quietDays: 13,
    ending: { waitsDays: 6 },
  },
  C1304: {
    planted: "The rep and the rep of another territory know the buyer.",
    everyDays: 14,
    alsoKnownBy: [{ userId: "u-freja", daysAgo: 60, way: "meeting" }],
  },
};
