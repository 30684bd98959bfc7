import type { backtestReport as english } from "../en/backtest-report.ts";

/** Texts of a backtest's report in Brazilian Portuguese. */
export const backtestReport = {
  "report.of": "Backtest de <name>",
  "report.back": "‹ O quanto as regras acertam",
  "report.lead":
    "{cust, plural, one {# cliente} other {# clientes}} com {days, plural, one {# dia com pedido} other {# dias com pedido}} de <from> a <upto>. Em cada dia, as regras veem só o que se sabia então; um alerta acerta quando continua verdadeiro pelos dias que indica, no máximo <most>. As barras são intervalos de 95% de <draw> reamostragens bootstrap dos clientes (semente <seed>).",
  "report.enough":
    "{numb, plural, one {# cliente tem} other {# clientes têm}} histórico suficiente; havia <trth> para encontrar.",
  "report.enoughNone":
    "{numb, plural, one {# cliente tem} other {# clientes têm}} histórico suficiente; não havia nenhum para encontrar: pouco demais para julgar.",
  "report.nothing":
    "Os pedidos passados são poucos demais para julgar qualquer regra: nada teria sido avisado e não havia nada para encontrar. Importe pedidos mais antigos e teste de novo.",
  "report.plot": "Precisão e cobertura de cada regra, <name>",
  "report.rules": "Regras, <name>",
  "report.rule": "Regra",
  "report.alerts": "Alertas",
  "report.right": "Certos",
  "report.precision": "Precisão",
  "report.equal": "Com tantos alertas quanto Alta",
  "report.money": "Do dinheiro",
  "report.recall": "Cobertura",
  "report.per100": "Alertas por 100",
  "report.silent": "Dias de pausa",
  "report.lead-days": "Dias de antecedência",
  "report.tooFew": "pouco demais para julgar",
  "report.share": "<text> (<from> a <upto>)",
  "report.ofAlerts": "<text> de <numb>",

  "report.order": "A ordem da lista",
  "report.orderLead":
    "A cada sete dias, {list, plural, one {# lista} other {# listas}} com {entr, plural, one {# linha} other {# linhas}}. Cada ordem recebe tantas ligações quanto a nossa, no máximo dez por vendedor e lista, e liga para um cliente uma vez por pausa. Dinheiro perdido: três meses de compras de clientes que depois não pediram nada por 90 dias.",
  "report.orderOf": "Ordem",
  "report.average": "Precisão média",
  "report.calls": "Ligações",
  "report.lostMoney": "Dinheiro perdido alcançado",
  "report.stated": "O que foi dito e o que se confirmou",
  "report.statedCol": "Dito",
  "report.statements": "Afirmações",
  "report.statedMean": "Dito em média",
  "report.cameTrue": "Confirmou-se",
  "report.bin": "<from> a <upto>%",
  "report.note": "Onde se disse cerca de <perc>%, <true>% de <numb> não pediram nada: com estes pedidos, leia assim.",
  "report.error": "As chances ditas erram em média <perc>.",
  "report.errorIn": "As chances ditas erram em média <perc> (<from> a <upto>).",
  "report.levels": "Das linhas das listas confirmaram-se: <list>.",
  "report.level.high": "de <numb> em Alta <shar>, <perc> dito",
  "report.level.medium": "de <numb> em Média <shar>, <perc> dito",
  "report.noMoney": "Nenhum dinheiro foi perdido.",
  "report.moneyOf": "<what> dito em jogo, <lost> perdido: <fact> vezes.",
  "report.moneyIn": "<what> dito em jogo, <lost> perdido: <fact> vezes (<from> a <upto>).",
  "report.inNumber": "Em número: <numb> ditos, <lost> perdidos.",
  "report.largest": "Três clientes têm <perc> do dinheiro dito.",
  "report.ended":
    "De {numb, plural, one {# pausa que terminou} other {# pausas que terminaram}} com um pedido, <medi> tinham chegado a Média e <high> a Alta.",

  "headline.none": "De <from> a <upto> nenhum cliente teria sido avisado: pouco demais para julgar.",
  "headline.says":
    "Dos {numb, plural, one {# cliente} other {# clientes}} de que você teria sido avisado de <from> a <upto>, <left> tinham saído; a lista da maior pausa teria tido <othr>.",
  "headline.saysOf":
    "Dos {numb, plural, one {# cliente} other {# clientes}} de que você teria sido avisado de <from> a <upto>, <left> tinham saído; a lista da maior pausa teria tido <othr> de <totl>.",
  "headline.longest": "Aqui a maior pausa acerta com mais frequência.",
  "headline.longestWaits":
    "Aqui a maior pausa acerta com mais frequência, mas no dia <days> da pausa em vez do dia <ownd>.",
  "headline.few": "São poucos demais para julgar.",

  "better.sure": "Uma regra comparada é melhor aqui: <list>.",
  "better.chance": "Melhor aqui, mas não mais do que o acaso explica: <list>.",
  "better.one": "“<name>” em <what>, <othr> em vez de <ours>",
  "better.oneLater": "“<name>” em <what>, <othr> em vez de <ours>, mas no dia <days> em vez do dia <ownd>",
  "better.what.precision, finding no less": "precisão, sem encontrar menos",
  "better.what.precision at as many alerts, its limit moved": "precisão com tantos alertas, com o limite deslocado",
  "better.what.average precision": "precisão média",
  "better.what.right calls of as many": "ligações certas de tantas",
  "better.what.lost money called": "dinheiro perdido alcançado",
} satisfies Readonly<Record<keyof typeof english, string>>;
