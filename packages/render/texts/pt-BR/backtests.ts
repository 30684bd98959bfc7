import type { backtests as english } from "../en/backtests.ts";

/** Texts of the page of backtests in Brazilian Portuguese. */
export const backtests = {
  "backtests.titleAt": "O quanto as regras acertam – <firm>",
  "backtests.lead":
    "um backtest percorre os seus próprios pedidos dia a dia, anota o que cada regra teria dito com o que se sabia então e se isso se confirmou. Não muda nada.",
  "backtests.run": "Executar um backtest",
  "backtests.running": "Um backtest está em execução; esta página mostra o andamento.",
  "backtests.list": "Backtests",
  "backtests.none": "Nenhum backtest foi executado ainda.",
  "backtests.noneByAdmin": "Nenhum backtest foi executado ainda. Um administrador executa um.",
  "backtests.rightWhen": "Um alerta está certo quando o que ele diz continua verdade por <days> dias",
  "backtests.button": "Executar backtest",
  "backtests.requested": "Pedido em",
  "backtests.horizon": "Horizonte",
  "backtests.progress": "Andamento",
  "backtests.report": "Relatório",
  "backtests.open": "Abrir o relatório",
  "backtests.days": "{numb, plural, one {# dia} other {# dias}}",
  "backtests.queued": "◌ aguarda para começar",
  "backtests.read": "◔ {numb, plural, one {# cliente lido} other {# clientes lidos}}",
  "backtests.tried": "◑ <done> de {numb, plural, one {# cliente testado} other {# clientes testados}}",
  "backtests.done": "● concluído: {numb, plural, one {# cliente} other {# clientes}}",
  "backtests.failed": "✗ <text>",
  "backtests.itFailed": "falhou",
  "backtests.badHorizon": "O horizonte deve ser de <from> a <upto> dias.",
  "backtests.noReport": "Este backtest não tem relatório.",
} satisfies Readonly<Record<keyof typeof english, string>>;
