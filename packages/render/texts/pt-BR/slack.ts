import type { slack as english } from "../en/slack.ts";

/** Texts of the pages of Slack and of addresses that get no mail in Brazilian Portuguese. */
export const slack = {
  "slackPage.choose": "Escolha o workspace no Slack",
  "slackPage.chooseNote": "<link>: este link vale uma vez, por 15 minutos.",
  "slackPage.notConnected": "<firm> não está conectada: os alertas vão por e-mail.",
  "slackPage.connected": "<firm> está conectada a <name> (<code>) desde <date>.",
  "slackPage.connectedBy": "<firm> está conectada a <name> (<code>) desde <date>, por <user>.",
  "slackPage.connect": "Conectar um workspace",
  "slackPage.again": "Conectar de novo ou outro workspace",
  "slackPage.disconnect": "Desconectar",
  "slackPage.noApp": "Este sistema não tem app do Slack: quem o opera adiciona um.",
  "slackPage.where": "Para onde vão os alertas",
  "slackPage.order":
    "O canal do vendedor, senão o da equipe, senão o de todos; depois as mensagens diretas do vendedor e, por fim, o e-mail. Só podem ser definidos canais deste workspace para os quais o Regulars foi convidado.",
  "slackPage.alertsOf": "Alertas de",
  "slackPage.goTo": "vão para o canal",
  "slackPage.channelId": "O id dele, no fim de “About” no Slack; um campo vazio o remove.",

  "suppressed.title": "Endereços que não recebem e-mail",
  "suppressed.log": "Registro de mensagens",
  "suppressed.lead":
    "porque e-mails voltaram ou foram marcados como spam. Depois de liberado, o que foi relatado antes não conta mais.",
  "suppressed.none": "O e-mail vai para todos os endereços.",
  "suppressed.addresses": "Endereços",
  "suppressed.address": "Endereço",
  "suppressed.whose": "De quem",
  "suppressed.since": "Desde",
  "suppressed.why": "Por quê",
  "suppressed.lift": "Liberar",
  "suppressed.again": "Enviar de novo",
  "suppressed.againTo": "Enviar de novo para <addr>",
  "suppressed.further": "Mais endereços",

  "slackPage.everybody": "Todos",
  "slackPage.team": "Equipe <name>",
} satisfies Readonly<Record<keyof typeof english, string>>;
