import type { access as english } from "../en/access.ts";

/** Texts of the console in Brazilian Portuguese: users, API keys and webhooks. */
export const access = {
  "users.new": "Novo usuário",
  "users.userId": "Identificador",
  "users.name": "Nome",
  "users.email": "E-mail",
  "users.phone": "Telefone",
  "users.teamId": "Equipe",
  "users.territoryId": "Território",
  "users.timeZone": "Fuso horário",
  "users.slackUserId": "Membro do Slack",
  "users.role": "Função",
  "users.rep": "Vendedor",
  "users.manager": "Gerente",
  "users.admin": "Administrador",
  "users.standing": "Situação",
  "users.here": "na empresa",
  "users.left": "saiu",
  "users.dealRights": "Direitos sobre negócios além dos da função",
  "users.gained": "Recebe os direitos",
  "users.lost": "Perde os direitos",
  "users.customers":
    "{numb, plural, =0 {Não atende nenhum cliente.} one {Atende # cliente.} other {Atende # clientes.}}",
  "keys.lead":
    "Sistemas entram com estas chaves. Um segredo é mostrado uma vez, quando a chave é criada, e não fica salvo em lugar nenhum.",
  "keys.new": "Nova chave",
  "keys.name": "Nome",
  "keys.actions": "O que pode fazer",
  "keys.made": "Criada",
  "keys.used": "Último uso",
  "keys.make": "Criar a chave",
  "keys.revoke": "Revogar",
  "keys.revoked": "Revogada",
  "keys.once": "copie o segredo agora, ele não será mostrado de novo.",
  "keys.done": "Feito. Uma chave criada antes mantém seu segredo: ele foi mostrado então.",
  "keys.live":
    "{numb, plural, =0 {Nenhuma chave com este nome está ativa.} one {# chave com este nome está ativa; pode haver 2.} other {# chaves com este nome estão ativas; pode haver 2.}}",
  "keys.neverUsed": "Nunca foi usada.",
  "keys.lastUsed": "Foi usada pela última vez em <date>.",
  "keys.revokes": "Tudo o que a usa será recusado imediatamente.",
} satisfies Readonly<Record<keyof typeof english, string>>;
