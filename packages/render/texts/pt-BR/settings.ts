import type { settings as english } from "../en/settings.ts";

/** Texts of the console in Brazilian Portuguese: the tenant's settings, and what a change of them would do. */
export const settings = {
  "settings.of": "Configurações de <name>",
  "settings.title": "Configurações",
  "settings.lead":
    "edição <name>, fuso horário <zone>. Em um campo vazio vale o padrão. As mudanças valem a partir da próxima página e da próxima execução noturna.",
  "settings.notifications": "Mensagens",
  "settings.users": "Usuários",
  "settings.keys": "Chaves de API",
  "settings.webhooks": "Webhooks",
  "settings.nights": "Noites",
  "settings.quality": "Qualidade dos dados",
  "settings.who": "Quem mudou o quê",
  "settings.try": "Mostrar o que mudaria",
  "settings.save": "Salvar",
  "settings.stale":
    "Alguém mudou estas configurações depois que você abriu a página. Compare as duas abaixo e salve de novo.",
  "settings.both": "Como está salvo agora e como você escreveu",
  "settings.yours": "Seu",
  "settings.setting": "Configuração",
  "settings.now": "Agora",
  "settings.then": "Depois",
  "settings.usual": "padrão",
  "settings.nothing": "Nada mudaria: o formulário tem as configurações como estão salvas.",
  "settings.tried": "Nada foi salvo ainda.",
  "settings.asOf": "Números com os dados de <date>.",
  "settings.noNight": "Não há números antes da primeira execução noturna.",
  "settings.toActOn": "Para agir",
  "settings.statuses": "Quem tem o status",
  "settings.examples": "Exemplos",
  "settings.noGrade": "A nota de ninguém mudaria.",
  "settings.customersMove": "{numb, plural, one {# cliente} other {# clientes}}:",
  "settings.personsMove": "{numb, plural, one {# pessoa} other {# pessoas}}:",
} satisfies Readonly<Record<keyof typeof english, string>>;
