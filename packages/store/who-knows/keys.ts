import { keyOfId } from "@regulars/core/platform/id-text";
import type { PersonId, UserId } from "@regulars/core/platform/values";
import type { FamilyFates, InFamily, Key } from "../engine/key.ts";

export const whoKnowsKeys = (inFamily: InFamily) => ({
  optOuts: (): string => inFamily("OPTOUT"),
  optOut: (type: string, id: string): Key => ({ pk: inFamily("OPTOUT"), sk: `${type}#${keyOfId(id)}` }),
  /** Persons whose address is a program's. */
  programs: (): string => inFamily("PROGRAMS"),
  program: (personId: PersonId): Key => ({ pk: inFamily("PROGRAMS"), sk: keyOfId(personId) }),
  /** Persons at a mail domain; `hmac` stands for the domain. */
  mailDomain: (hmac: string): string => inFamily(`DOMAIN#${hmac}`),
  personAtDomain: (hmac: string, personId: PersonId): Key => ({
    pk: inFamily(`DOMAIN#${hmac}`),
    sk: keyOfId(personId),
  }),
  introduction: (introductionId: string): Key => ({ pk: inFamily(`INTRO#${introductionId}`), sk: "INTRO" }),
  /** When a colleague was asked last. */
  asked: (colleagueId: UserId): Key => ({ pk: inFamily(`ASKED#${keyOfId(colleagueId)}`), sk: "WHEN" }),
  /** The last introduction of a colleague, requester and person. */
  lastAsked: (colleagueId: UserId, requesterId: UserId, personId: string): Key => ({
    pk: inFamily(`ASKED#${keyOfId(colleagueId)}`),
    sk: `LAST#${keyOfId(requesterId)}#${keyOfId(personId)}`,
  }),
  /** GSI1: introductions by who asked, and by who is asked in GSI2. */
  introductionsBy: (requesterId: UserId): string => inFamily(`INTROBY#${keyOfId(requesterId)}`),
  introductionsOf: (colleagueId: UserId): string => inFamily(`INTROOF#${keyOfId(colleagueId)}`),
});

export const whoKnowsFates = {
  OPTOUT: { kind: "opt-outs", fate: "gone" },
  PROGRAMS: { kind: "programs' addresses", fate: "gone" },
  DOMAIN: { kind: "persons by mail domain", fate: "gone" },
  INTRO: { kind: "introductions", fate: "gone" },
} as const satisfies FamilyFates;
