import type { User } from "@regulars/core/access/user";
import type { UserId } from "@regulars/core/platform/values";
import type { Changing, PreferencesPreview } from "./preview-preferences.ts";
import { type Upcoming, upcomingJson } from "./preview.ts";

const idOf = ({ userId }: User): UserId => userId;
const listOf = <T, J>({ count, first }: Changing<T>, json: (one: T) => J) => ({ count, first: first.map(json) });

/**
 * A preview as JSON: people by their ids, of each list how many there are and the first. The id of a message may name a
 * customer: only who sees the log of messages gets it.
 */
export function preferencesPreviewJson(
  { rows, people, news, waiting, digests }: PreferencesPreview,
  { seesLog }: { readonly seesLog: boolean },
) {
  const messageOf = (upcoming: Upcoming) => ({
    ...upcomingJson(upcoming),
    notificationId: seesLog ? upcoming.notificationId : null,
  });
  return {
    preferences: rows.map((row) => ({ ...row, now: row.now ?? null, after: row.after ?? null })),
    people:
      people === undefined
        ? null
        : { of: people.of, changed: listOf(people.changed, idOf), chose: listOf(people.chose, idOf) },
    news:
      news === undefined
        ? null
        : {
            asOf: news.asOf,
            counts: [...news.counts],
            moved: listOf(news.moved, ({ finding, customer, readerId, now, after }) => ({
              kind: finding.kind,
              level: finding.level,
              customerId: customer.customerId,
              userId: readerId ?? null,
              now,
              after,
            })),
          },
    waiting: listOf(waiting, ({ reader, now, after }) => ({
      userId: reader?.userId ?? null,
      now: messageOf(now),
      after: messageOf(after),
    })),
    digests: listOf(digests, ({ user, now, after }) => ({
      userId: user.userId,
      now: now.at ?? null,
      after: after.at ?? null,
    })),
  };
}
