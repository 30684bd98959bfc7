import type { checks as english } from "../en/checks.ts";

/** Sentences of a finding's evidence in Brazilian Portuguese: what was checked, and how its figures are made. */
export const checks = {
  "check.CH1": "primeiro pedido mais {mnth, plural, one {# mês} other {# meses}}, até o dia",
  "check.CH2": "dias com pedido",
  "check.CH3":
    "dias sem pedido, acima {base, select, previous {do intervalo anterior} max {do maior intervalo} mean {do intervalo médio} median {do intervalo mediano} other {do intervalo habitual}}",
  "check.LI1":
    "dias com pedido {days, plural, one {no último dia} other {nos últimos # dias}}{held, select, yes {, em <date>} other {}}",
  "check.LI2":
    "dias com pedido do item {days, plural, one {no último dia} other {nos últimos # dias}}{held, select, yes {, em <date>} other {}}",
  "check.LI3":
    "pedidos sem o item vezes (pedidos do item - 1), acima do dobro dos pedidos que costumava levar{held, select, yes {, em <date>} other {}}",
  "check.LI4": "dias sem o item, acima do maior intervalo dele{held, select, yes {, em <date>} other {}}",
  "check.LI5": "último pedido com o item, antes do pedido mais recente{held, select, yes {, em <date>} other {}}",
  "check.LI6": "o item foi perdido e não foi mais comprado: dias sem ele, até o achado expirar",
  "check.LS2":
    "dias com pedido do item {days, plural, one {no último dia} other {nos últimos # dias}}{held, select, yes {, em <date>} other {}}",
  "check.LS3":
    "probabilidade de tantos pedidos sem o item, pela frequência dele{held, select, yes {, em <date>} other {}}",
  "check.OV1": "valor em aberto da fatura mais antiga, na menor unidade da moeda",
  "check.OV2": "vencimento da fatura mais antiga mais {days, plural, one {# dia} other {# dias}} de tolerância",
  "check.WR1": "dias úteis que a mensagem deles espera",
  "check.WR2": "mensagens nossas sem resposta",
  "check.WR3": "a posição da nota, a melhor primeiro, está depois da anterior",
  "check.WR4": "dias úteis em que a tendência cai",
  "check.DI1": "pedidos com o item no período comparado",
  "check.DI2": "quantidade que falta, vezes 100, contra <perc> vezes a anterior",
  "check.DI3": "chance de tão poucos pedidos com o item, pela proporção dos pedidos do cliente",
  "check.FV1": "o que foi perdido, vezes 100, contra <perc> vezes o valor anterior",
  "check.FV2": "meses antes dos atuais",
  "check.FV3":
    "{even, select, yes {média dos meses atuais, abaixo dos meses anteriores, todos iguais} other {t dos valores mensais}}",
  "check.FV4":
    "{even, select, yes {média dos meses atuais, abaixo dos meses anteriores, todos iguais} other {t dos valores mensais por dia útil}}",
  "check.FV5": "parte do valor que o cliente manteve, abaixo da de todos os clientes comparáveis",
  "check.LP1": "diferença em relação à quantidade esperada, vezes 100, contra <perc> vezes a esperada, em milionésimos",
  "check.ST1": "dia desde o qual o status vale",

  "rule.CH.levelRule":
    "De clientes com esse ritmo e essa pausa, cerca de <perc>% não pedem nada {days, plural, one {no próximo dia} other {nos próximos # dias}}: 50% ou mais é Alta, 40% ou mais é Média. Desses intervalos, <shar>% são mais longos que a pausa; acima de 25%, a pausa é comum e o nível é só Observar.",
  "rule.CH.severityRule":
    "kappa = sqrt(shape), A = 1 + kappa·n, B = 1.3·G/kappa + s, S(u) = I(B/(B+u); A, kappa), q = (pi + (1 - pi)·S(t+H)) / (pi + (1 - pi)·S(t)); G é o intervalo médio da empresa até o mês anterior",
  "rule.CH.atStakeRule": "3 meses de monthlyMinor, vezes q90",
  "rule.LI.levelRule":
    "O que a pontuação encontra é Alta e é avisado: tantos pedidos sem o item têm 1% de chance ou menos, pela frequência dele. O que só a regra encontra fica em Observar.",
  "rule.LI.suppressed": "ninguém compra",
  "rule.LI.suppressedRule":
    "nenhum outro cliente pediu o item nos 30 dias até o dia, enquanto pelo menos 3 pediram nos 90 dias anteriores",
  "rule.LI.atStakeRule":
    "windowNetMinor, vezes a chance de o item continuar fora dos próximos windowOrders pedidos, segundo itemOrders, steps e ordersWithout",
  "rule.OV.levelRule":
    "Decide a fatura mais antiga sem contestação: mais de {days, plural, one {# dia} other {# dias}} de atraso é Alta, senão Média; enquanto todas são contestadas, Observar.",
  "rule.OV.atStakeRule":
    "cada valor em aberto vezes unpaidChance da sua idade, a chance de não ser pago em 30 dias segundo os pagamentos da própria empresa",
  "rule.WR.levelRule":
    "Uma queda para ruim é Alta: avisada na hora. Uma mensagem à espera é Média até {days, plural, one {# dia útil} other {# dias úteis}}, depois Observar; qualquer outra queda é Média; mensagens sem resposta ficam em Observar.",
  "rule.DI.levelRule": "Itens confirmados são de nível Média: entram no resumo diário e não são avisados na hora.",
  "rule.DI.suppressed": "ninguém compra",
  "rule.DI.chanceRule":
    "chance = P[Bin(ordersBefore + orders, allOrders / (allOrdersBefore + allOrders)) <= orders]; chanceLimit é o do procedimento de Benjamini e Hochberg a 10% sobre itemsCompared itens",
  "rule.DI.atStakeRule": "valueBeforeMinor menos valueMinor, no mínimo 0",
  "rule.FV.levelRule": "Confirmado por pelo menos três meses e além do mercado é Alta e é avisado; senão, Observar.",
  "rule.FV.bookRule":
    "{know, select, yes {book são todos os clientes comparáveis juntos; quem manteve uma parte não menor acompanha o mercado} other {não se sabe como todos os clientes juntos mudaram neste mês, por isso ninguém é avisado}}",
  "rule.FV.confirmationRule":
    "t = (meanBefore - meanCurrent) / sqrt(variance · (1/months + 1/monthsBefore)) sobre monthValues, o último primeiro; o quantil 0,90 do t de Student com monthsBefore - 1 graus de liberdade é threshold. Os valores por dia útil também precisam passar.",
  "rule.FV.atStakeRule":
    "previousMinor vezes keptShare (1 enquanto o mercado não é conhecido), menos currentMinor, no mínimo 0",
  "rule.LP.levelRule":
    "Pouco do item ligado é Média: entra no resumo diário. Demais, de modo que o item é comprado em outro lugar, fica em Observar.",
  "rule.LP.atStakeRule": "a quantidade que falta vezes missingUnitMinor",
} satisfies Readonly<Record<keyof typeof english, string>>;
