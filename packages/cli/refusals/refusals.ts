import { writeFile } from "node:fs/promises";
import { formatMoney } from "@regulars/core/platform/money";
import { cellQuery } from "@regulars/core/refusals/cell-query";
import {
  type RefusalReport,
  type ReportCell,
  type ReportRow,
  reportGroupings,
} from "@regulars/core/refusals/refusal-report";
import { reportChart } from "@regulars/render/refusals/report-chart";
import { reportCsv, NOT_SPECIFIED, NO_CLARIFICATION, groupName } from "@regulars/render/refusals/report-text";
import { currencySchema } from "@regulars/core/platform/values";
import { reportRefusals } from "@regulars/flows/refusals/report-refusals";
import { salesContextOf } from "@regulars/functions/effects";
import { findRunningServer } from "@regulars/local/engine/running-server";
import { writingTo } from "@regulars/local/engine/writing-to";
import { oneOf, periodArguments, tenantArgument } from "../arguments.ts";
import { planOf } from "../sales-plans/chosen-plan.ts";
import { type Session, printJson, withExistingSystem } from "../session.ts";
import { textTable } from "../text-table.ts";

export interface RefusalsOptions {
  readonly tenant: string;
  readonly by: string;
  readonly from?: string;
  readonly to?: string;
  readonly plan?: string;
  readonly clarifications?: boolean;
  readonly csv?: boolean;
  readonly chart?: string;
}

/** `regulars refusals`: the refusal report, by plan or manager. */
export function refusalsCommand(session: Session, options: RefusalsOptions): Promise<number> {
  const tenantId = tenantArgument(options.tenant);
  const by = oneOf(reportGroupings, "--by", options.by);
  const { from, to } = periodArguments(options);
  return withExistingSystem(session, async (system) => {
    const { tenant, store } = await system.openTenant(tenantId);
    const context = salesContextOf(tenant, store, system.runtime);
    const planId = options.plan === undefined ? undefined : (await planOf(context, options.plan)).planId;
    const report = await reportRefusals({
      context,
      visible: "all",
      from,
      to,
      planId,
      users: await store.nightly.users(),
      by,
      withClarifications: options.clarifications === true,
      withCancelled: false,
    });
    if (options.chart !== undefined) {
      const period = { from, to, planId };
      const address = (await findRunningServer(session.data)) ?? system.url;
      const hrefOf = (cell: ReportCell): string => `${address}/refusals/${tenantId}/deals?${cellQuery(cell, period)}`;
      const { chart } = options;
      await writingTo(chart, () => writeFile(chart, reportChart(report, hrefOf)));
      session.note(`wrote the chart to ${options.chart}\n`);
    }
    if (session.json) printJson(session, { tenant: tenantId, from: from ?? null, to: to ?? null, ...report });
    else if (options.csv === true) session.print(reportCsv(report));
    else session.print(reportText(report, tenant.locale));
    return 0;
  });
}

function reportText(report: RefusalReport, locale: string | undefined): string {
  if (report.total.closings === 0) return "No deal was closed in this time.\n";
  const rows = [...report.rows, report.total].map((row) => overview(row, locale));
  const table = textTable([report.by.toUpperCase(), "WON", "", "LOST", "", "WON VALUE"], rows);
  return `${table}\n\n${textTable(["REASON", "LOST", "", "CLARIFICATION"], reasonsOf(report.total))}\n`;
}

const percentText = (percent: number | null): string => (percent === null ? "" : `${percent.toFixed(1)} %`);

function overview(row: ReportRow, locale: string | undefined): string[] {
  const { won, lost } = row;
  const value = Object.entries(won.sums).map(([code, sum]) => formatMoney(sum, currencySchema.parse(code), locale));
  const cells = [String(won.count), percentText(won.percent), String(lost.count), percentText(lost.percent)];
  return [groupName(row), ...cells, value.join(" + ")];
}

const reasonsOf = ({ reasons }: ReportRow): string[][] =>
  reasons.flatMap(({ name, count, percent, clarifications = [] }) => [
    [name ?? NOT_SPECIFIED, String(count), percentText(percent), ""],
    ...clarifications.map((one) => ["", String(one.count), percentText(one.percent), one.text ?? NO_CLARIFICATION]),
  ]);
