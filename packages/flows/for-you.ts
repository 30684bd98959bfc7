import { isInDigest } from "@regulars/core/insights/finding";
import { insightKinds } from "@regulars/core/insights/kinds";
import type { Finding } from "@regulars/core/insights/finding";
import { type Result, ok } from "@regulars/core/result";
import type { Day } from "@regulars/core/values";
import { listFindings } from "./list-findings.ts";

/** One kind's part of a rep's page. */
export interface ForYouSection {
  readonly kind: string;
  readonly title: string;
  /** How many are told by mail or alert; the others are on the page only. */
  readonly toActOn: number;
  readonly findings: readonly Finding[];
}

/** The rep's page so far: seed 000's section "For You". */
export async function forYou(
  input: Parameters<typeof listFindings>[0],
): Promise<Result<{ readonly asOf: Day; readonly forYou: readonly ForYouSection[] }>> {
  const list = await listFindings(input);
  if (!list.ok) return list;
  const { asOf, findings } = list.value;
  const sections = insightKinds.map(({ id, title }) => {
    const ofKind = findings.filter(({ kind }) => kind === id);
    return { kind: id, title, toActOn: ofKind.filter(isInDigest).length, findings: ofKind };
  });
  return ok({ asOf, forYou: sections.filter((section) => section.findings.length > 0) });
}
