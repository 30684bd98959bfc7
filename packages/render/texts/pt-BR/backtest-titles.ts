import type { backtestTitles as english } from "../en/backtest-titles.ts";

/** Names of the rules and orders that a backtest compares, and what counts as right, in Brazilian Portuguese. */
export const backtestTitles = {
  "title.Regulars, high: alerted immediately": "Regulars, Alta: avisado na hora",
  "title.Regulars, medium or high: in the digest": "Regulars, Média ou Alta: no resumo",
  "title.The seed's words: longer than the gap before": "Regra literal: maior que o intervalo anterior",
  "title.Silent for 30 days": "Pausa de 30 dias",
  "title.Silent for 60 days": "Pausa de 60 dias",
  "title.Silent for 90 days": "Pausa de 90 dias",
  "title.Twice the longest gap": "O dobro do maior intervalo",
  "title.Rare by a gamma curve of its gaps: 1 %": "Rara por uma curva gama: 1%",
  "title.MBG/NBD: more likely nothing comes": "MBG/NBD: é mais provável não vir nada",
  "title.RFM at month's end: at risk": "RFM no fim do mês: em risco",
  "title.Regulars": "Regulars",
  "title.Longest silence": "Maior pausa",
  "title.The seed's words: most times the gap before": "Regra literal: mais vezes o intervalo anterior",
  "title.Most times the longest gap": "Mais vezes o maior intervalo",
  "title.RFM: at risk, then longest silence": "RFM: em risco, depois maior pausa",
  "title.Rarest by a gamma curve of its gaps": "Mais rara por uma curva gama",
  "title.MBG/NBD: least likely to order": "MBG/NBD: menos provável de pedir",
  "title.Regulars, high: told by the score": "Regulars, Alta: avisado pela pontuação",
  "title.Regulars, listed by rule or score": "Regulars, listado por regra ou pontuação",
  "title.The seed's words": "Regra literal",
  "title.Not bought for 14 days": "Sem compra por 14 dias",
  "title.Not bought for 30 days": "Sem compra por 30 dias",

  "says.silences":
    "Um alerta por pausa, no primeiro dia em que uma regra vale pelo que se sabia então, até o dia 120. Certo: nada é pedido no horizonte do próprio cliente depois dele (três intervalos habituais, 14 a 90 dias). Para encontrar: pausas que duram mais que 120 dias e o horizonte. Pausas em que isso não se sabe ficam de fora para todas as regras.",
  "says.items":
    "Um alerta por ausência de um item que esteve em cinco pedidos do ano, em um cliente com mais de dez em 90 dias, até o dia 90. Certo: não comprado no horizonte depois dele (clientes fictícios: o item foi abandonado). Para encontrar: ausências que duram mais que 90 dias e o horizonte enquanto o cliente pede. As que não se sabe ficam de fora para todas as regras.",
} satisfies Readonly<Record<keyof typeof english, string>>;
