import type { nights as english } from "../en/nights.ts";

/** Texts of the console in Brazilian Portuguese: nightly runs and the quality of the data. */
export const nights = {
  "nights.none": "Ainda não houve execução noturna. Inicie uma agora:",
  "nights.last":
    "A última execução noturna contou tudo até <date> e leu {numb, plural, one {# cliente} other {# clientes}}.",
  "nights.kind": "Tipo de insight",
  "nights.eligible": "Clientes com histórico suficiente",
  "nights.found": "Encontrados",
  "nights.failures": "Falhas",
  "nights.noFailure": "Nenhum cliente foi pulado.",
  "nights.setAside":
    "{numb, plural, one {# cliente foi pulado; seus achados ficaram como estavam.} other {# clientes foram pulados; seus achados ficaram como estavam.}}",
  "nights.untold": "Não avisado a ninguém",
  "nights.allTold": "Tudo o que pede ação está no resumo de alguém.",
  "nights.entries":
    "{numb, plural, one {# item} other {# itens}} de {cust, plural, one {# cliente} other {# clientes}}:",
  "nights.history": "As últimas noites",
  "nights.day": "Até",
  "nights.missing": "{days, plural, one {# dia} other {# dias}} sem execução",
  "nights.failed.outage":
    "Falhou em <date>: o banco de dados não respondeu. Ela é tentada de novo sozinha; o que se sabe fica como estava. Se continuar assim, inicie-a de novo:",
  "nights.failed.fault":
    "Falhou em <date> por um motivo que está no log<text>. Ela é tentada de novo sozinha; o que se sabe fica como estava. Se continuar assim, avise quem opera o Regulars para vocês e inicie-a de novo:",
  "nights.reference": " como <code>",
  "nights.lastFailed":
    "A execução de <date> falhou: o que você vê é da anterior. As últimas noites abaixo dizem por quê, e o que fazer.",
  "nights.startAgain": "Inicie a execução de novo:",
  "quality.all": "{numb, plural, one {# cliente foi examinado.} other {# clientes foram examinados.}}",
  "quality.first":
    "Foram examinados os primeiros {numb, plural, one {# cliente} other {# clientes}} por identificador.",
  "quality.none": "Nenhum cliente é conhecido ainda: importe-os com <code>",
  "quality.lead": "O que falta impede que um achado seja avisado ou que um cliente receba uma ligação.",
  "quality.gap": "O que falta",
  "quality.count": "Quantos",
  "quality.who": "Os primeiros",
  "quality.no-name": "Um nome",
  "quality.no-rep": "Alguém que atenda o cliente",
  "quality.unknown-rep": "Seu vendedor não é usuário",
  "quality.rep-left": "Seu vendedor saiu",
  "quality.no-phone": "Um telefone",
  "quality.no-email": "Um endereço de e-mail",
  "quality.userEmail": "Usuários sem endereço de e-mail",
  "quality.complete": "Completo: <list>.",
  "quality.has.no-name": "nomes",
  "quality.has.no-rep": "vendedores",
  "quality.has.unknown-rep": "vendedores que são usuários",
  "quality.has.rep-left": "vendedores que ainda estão aqui",
  "quality.has.no-phone": "telefones",
  "quality.has.no-email": "endereços de e-mail",
  "quality.has.userEmail": "endereços de e-mail dos usuários",
  "quality.do":
    "Para corrigir, importe arquivos de clientes e usuários com estes campos: o que um arquivo não tem fica como está.",
} satisfies Readonly<Record<keyof typeof english, string>>;
