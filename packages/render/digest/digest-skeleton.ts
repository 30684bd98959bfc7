/** The digest's HTML in fragments. Made from digest.mjml by build-skeleton.ts: change that and run it again. */
export const digestSkeleton = {
  page: `<!doctype html>
<html lang="{{language}}" dir="ltr" xmlns="http://www.w3.org/1999/xhtml" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head>
<title>{{ subject }}</title>
<!--[if !mso]><!-->
<meta http-equiv="X-UA-Compatible" content="IE=edge">
<!--<![endif]-->
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style type="text/css">
#outlook a { padding:0; }
body { margin:0;padding:0;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%; }
table, td { border-collapse:collapse;mso-table-lspace:0pt;mso-table-rspace:0pt; }
img { border:0;height:auto;line-height:100%; outline:none;text-decoration:none;-ms-interpolation-mode:bicubic; }
p { display:block;margin:13px 0; }
</style>
<!--[if mso]>
<noscript>
<xml>
<o:OfficeDocumentSettings>
<o:AllowPNG/>
<o:PixelsPerInch>96</o:PixelsPerInch>
</o:OfficeDocumentSettings>
</xml>
</noscript>
<![endif]-->
<!--[if lte mso 11]>
<style type="text/css">
.mj-outlook-group-fix { width:100% !important; }
</style>
<![endif]-->
<style type="text/css">
@media only screen and (min-width:480px) {
.mj-column-per-100 { width:100% !important; max-width: 100%; }
}
</style>
<style media="screen and (min-width:480px)">
.moz-text-html .mj-column-per-100 { width:100% !important; max-width: 100%; }
</style>
<style type="text/css">
:root {
color-scheme: light dark;
supported-color-schemes: light dark;
}
.card > table {
border-collapse: separate;
}
@media only screen and (max-width: 479px) {
.gutter {
padding-left: 16px !important;
padding-right: 16px !important;
}
.headline {
font-size: 23px !important;
line-height: 29px !important;
}
.stretch {
display: block !important;
margin-right: 0 !important;
text-align: center !important;
}
}
@media (prefers-color-scheme: dark) {
.page,
.page > [role="article"] {
background-color: #14191e !important;
}
.card > table {
background-color: #1e252c !important;
border-color: #36414b !important;
}
.line,
.row,
.more {
border-color: #36414b !important;
}
.ink,
.ink h2 {
color: #eef2f5 !important;
}
.soft,
.foot div {
color: #a9b5c0 !important;
}
.accent,
.more a {
color: #7fc8dc !important;
border-color: #4a8fa3 !important;
}
.quote {
background-color: #263039 !important;
border-color: #4a8fa3 !important;
color: #d5dde4 !important;
}
.high {
color: #ffb9b0 !important;
background-color: #4a211c !important;
border-color: #7c3a32 !important;
}
.medium {
color: #ffd993 !important;
background-color: #42330f !important;
border-color: #715a24 !important;
}
.watch {
color: #c3ccd5 !important;
background-color: #2c3640 !important;
border-color: #4a5763 !important;
}
.new {
color: #0c2a33 !important;
background-color: #7fc8dc !important;
border-color: #7fc8dc !important;
}
}
[data-ogsc] .ink,
[data-ogsc] .ink h2 {
color: #eef2f5 !important;
}
[data-ogsc] .soft {
color: #a9b5c0 !important;
}
[data-ogsc] .accent,
[data-ogsc] .more a {
color: #7fc8dc !important;
}
[data-ogsb] .card > table {
background-color: #1e252c !important;
}
[data-ogsb] .quote {
background-color: #263039 !important;
}
</style>
<meta name="color-scheme" content="light dark"> <meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
</head>
<body class="page" style="word-spacing:normal;background-color:#f1f3f5;">
<div style="display:none;font-size:1px;color:#ffffff;line-height:1px;max-height:0px;max-width:0px;opacity:0;overflow:hidden;">{{ preheader }}</div>
<div aria-label="{{ subject }}" aria-roledescription="email" role="article" lang="{{language}}" dir="ltr" style="word-spacing:normal;background-color:#f1f3f5;">
<!--[if mso | IE]><table align="center" border="0" cellpadding="0" cellspacing="0" class="" role="presentation" style="width:600px;" width="600" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]-->
<div style="margin:0px auto;max-width:600px;">
<table align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="width:100%;">
<tbody>
<tr>
<td style="direction:ltr;font-size:0px;padding:28px 8px 20px;text-align:center;">
<!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="" style="vertical-align:top;width:584px;" ><![endif]-->
<div class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;">
<table border="0" cellpadding="0" cellspacing="0" role="presentation" style="vertical-align:top;" width="100%">
<tbody>
<tr>
<td class="gutter" style="padding: 0 24px; font-family: -apple-system, BlinkMacSystemFont, 'Segoe UI', Helvetica, Arial, sans-serif; font-size: 15px; line-height: 22px; color: #1d2733; word-break: break-word;">
<div class="brand accent" style="font-size: 13px; font-weight: 700; color: #0b5468;">Regulars <span class="tenant soft" style="font-weight: 400; color: #56616e;">&nbsp;{{tenantName}}</span></div>
<h1 class="headline ink" style="margin: 0; padding-top: 14px; font-size: 26px; line-height: 32px; letter-spacing: -0.3px;">{{headline}}</h1>
<p class="lead soft" style="margin: 0; padding-top: 6px; color: #56616e;">{{lead}}</p>
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
{{{card}}}
<!--[if mso | IE]><table align="center" border="0" cellpadding="0" cellspacing="0" class="" role="presentation" style="width:600px;" width="600" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]-->
<div style="margin:0px auto;max-width:600px;">
<table align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="width:100%;">
<tbody>
<tr>
<td style="direction:ltr;font-size:0px;padding:8px 8px 32px;text-align:center;">
<!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="" style="vertical-align:top;width:584px;" ><![endif]-->
<div class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;">
<table border="0" cellpadding="0" cellspacing="0" role="presentation" style="vertical-align:top;" width="100%">
<tbody>
<tr>
<td align="center" style="font-size:0px;padding:4px 24px 20px;word-break:break-word;">
<table border="0" cellpadding="0" cellspacing="0" role="presentation" style="border-collapse:separate;line-height:100%;">
<tbody>
<tr>
<td align="center" bgcolor="#0b5468" role="presentation" style="border:none;border-radius:8px;cursor:auto;mso-padding-alt:12px 22px;background:#0b5468;" valign="middle">
<a href="{{listLink}}" style="display:inline-block;background:#0b5468;color:#ffffff;font-family:-apple-system, BlinkMacSystemFont, 'Segoe UI', Helvetica, Arial, sans-serif;font-size:15px;font-weight:600;line-height:120%;margin:0;text-decoration:none;text-transform:none;padding:12px 22px;mso-padding-alt:0px;border-radius:8px;" target="_blank">
{{ openList }}
</a>
</td>
</tr>
</tbody>
</table>
</td>
</tr>
<tr>
<td align="center" class="foot" style="font-size:0px;padding:0 24px;word-break:break-word;">
<div style="font-family:-apple-system, BlinkMacSystemFont, 'Segoe UI', Helvetica, Arial, sans-serif;font-size:12px;line-height:18px;text-align:center;color:#56616e;">{{footer}}{{{endLinks}}}</div>
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</div>
</body>
</html>`,
  high: `<span class="mark high" style="padding: 1px 8px; border-radius: 11px; font-size: 12px; font-weight: 600; white-space: nowrap; color: #8c1d10; background-color: #fdeeec; border: 1px solid #efbab3;">{{mark}}</span>`,
  medium: `<span class="mark medium" style="padding: 1px 8px; border-radius: 11px; font-size: 12px; font-weight: 600; white-space: nowrap; color: #6e4300; background-color: #fff4dd; border: 1px solid #e9cd94;">{{mark}}</span>`,
  watch: `<span class="mark watch" style="padding: 1px 8px; border-radius: 11px; font-size: 12px; font-weight: 600; white-space: nowrap; color: #44505e; background-color: #f1f3f6; border: 1px solid #ccd3da;">{{mark}}</span>`,
  newMark: `<span class="mark new" style="padding: 1px 8px; border-radius: 11px; font-size: 12px; font-weight: 600; white-space: nowrap; color: #ffffff; background-color: #0b5468; border: 1px solid #0b5468;">{{mark}}</span>`,
  stake: `<td class="stake" style="padding-left: 12px; text-align: right; white-space: nowrap;" align="right"><span class="unit soft" style="font-size: 13px; color: #56616e;">{{label}}</span><div class="money" style="font-size: 17px; line-height: 24px; font-weight: 700; font-variant-numeric: tabular-nums; padding-top: 4px;">{{atStake}}</div></td>`,
  also: `<p class="why" style="margin: 0; padding-top: 2px;">{{text}}</p>`,
  followUp: `<div class="quote" style="margin: 12px 0 0; padding: 9px 14px 11px; border-left: 3px solid #a9c6cf; background-color: #f4f7f9; font-size: 14px; line-height: 21px; color: #3a4653;"><span class="hint soft" style="font-size: 12px; font-weight: 600; color: #56616e;">{{label}}</span><br>{{{followUpLines}}}</div>`,
  call: `<a class="call accent stretch" href="{{tel}}" style="display: inline-block; margin: 0 14px 6px 0; padding: 8px 14px; border: 1px solid #0b5468; border-radius: 8px; color: #0b5468; text-decoration: none;">{{call}} <span style="white-space: nowrap">{{phone}}</span></a>`,
  spoken: `<span class="spoken stretch" style="display: inline-block; margin: 0 14px 6px 0; padding: 8px 0;">{{call}} <span style="white-space: nowrap">{{phone}}</span></span>`,
  line: `<tr>
<td class="gutter line ink" style="font-family: -apple-system, BlinkMacSystemFont, 'Segoe UI', Helvetica, Arial, sans-serif; font-size: 15px; line-height: 22px; color: #1d2733; word-break: break-word; padding: 18px 24px 14px; border-top: 1px solid #e4e8ec;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="font: inherit; color: inherit">
<tr valign="top">
<td>
{{{high}}}
{{{medium}}}
{{{watch}}}
{{{newMark}}}
<div style="padding-top: 4px"><a class="name ink" href="{{link}}" target="_blank" style="font-size: 17px; line-height: 24px; font-weight: 700; color: #1d2733; text-decoration: none;">{{customerName}}</a></div>
</td>
{{{stake}}}
</tr>
</table>
<p class="why" style="margin: 0; padding-top: 2px;"><b>{{kind}}:</b> {{why}}</p>
{{{also}}}
{{{followUp}}}
<div class="actions" style="padding-top: 14px; font-size: 14px; font-weight: 600;">
{{{call}}}
{{{spoken}}}
<a class="open accent stretch" href="{{link}}" target="_blank" style="display: inline-block; padding: 8px 0; color: #0b5468;">{{open}}</a>
</div>
</td>
</tr>`,
  more: `<tr>
<td class="gutter more" style="font-family: -apple-system, BlinkMacSystemFont, 'Segoe UI', Helvetica, Arial, sans-serif; line-height: 22px; color: #1d2733; word-break: break-word; padding: 14px 24px 16px; border-top: 1px solid #e4e8ec; font-size: 14px; font-weight: 600;"><a href="{{listLink}}" target="_blank" style="color: #0b5468;">{{more}}</a></td>
</tr>`,
  section: `<tr>
<td class="gutter title ink" style="font-family: -apple-system, BlinkMacSystemFont, 'Segoe UI', Helvetica, Arial, sans-serif; font-size: 15px; line-height: 22px; color: #1d2733; word-break: break-word; padding: 20px 24px 14px;">
<h2 style="margin: 0; font-size: 18px; line-height: 24px;">{{title}}</h2>
</td>
</tr>
{{{line}}}
{{{more}}}`,
  task: `<tr>
<td class="gutter row ink" style="font-family: -apple-system, BlinkMacSystemFont, 'Segoe UI', Helvetica, Arial, sans-serif; font-size: 15px; line-height: 22px; color: #1d2733; word-break: break-word; padding: 8px 24px; border-top: 1px solid #e4e8ec;">{{customerName}} <span class="total soft" style="font-size: 14px; font-weight: 400; color: #56616e;">&nbsp;{{due}}</span><p class="why" style="margin: 0; padding-top: 2px;">{{what}}</p></td>
</tr>`,
  toDo: `<tr>
<td class="gutter title ink" style="font-family: -apple-system, BlinkMacSystemFont, 'Segoe UI', Helvetica, Arial, sans-serif; font-size: 15px; line-height: 22px; color: #1d2733; word-break: break-word; padding: 20px 24px 14px;">
<h2 style="margin: 0; font-size: 18px; line-height: 24px;">{{title}}</h2>
</td>
</tr>
{{{task}}}
{{{more}}}`,
  gp: `<p class="why" style="margin: 0; padding-top: 2px;">{{gp}}</p>`,
  sales: `<tr>
<td class="gutter title ink" style="font-family: -apple-system, BlinkMacSystemFont, 'Segoe UI', Helvetica, Arial, sans-serif; font-size: 15px; line-height: 22px; color: #1d2733; word-break: break-word; padding: 20px 24px 14px;">
<h2 style="margin: 0; font-size: 18px; line-height: 24px;">{{title}} <span class="total soft" style="font-size: 14px; font-weight: 400; color: #56616e;">&nbsp;{{period}}</span></h2>
</td>
</tr>
<tr>
<td class="gutter line ink" style="font-family: -apple-system, BlinkMacSystemFont, 'Segoe UI', Helvetica, Arial, sans-serif; font-size: 15px; line-height: 22px; color: #1d2733; word-break: break-word; padding: 18px 24px 14px; border-top: 1px solid #e4e8ec;">
<div class="money" style="font-size: 17px; line-height: 24px; font-weight: 700; font-variant-numeric: tabular-nums;">{{sales}}</div>
<p class="why" style="margin: 0; padding-top: 2px;">{{change}}</p>
<img src="{{source}}" alt="{{alt}}" width="{{width}}" class="picture soft" style="display: block; width: 100%; max-width: 552px; margin-top: 10px; border: 0; font-size: 13px; line-height: 18px; color: #56616e; height: auto;" height="auto">
<p class="unit soft" style="font-size: 13px; color: #56616e; margin: 0; padding-top: 4px;">{{legend}}</p>
{{{gp}}}
</td>
</tr>`,
  performer: `<tr>
<td class="gutter row ink" style="font-family: -apple-system, BlinkMacSystemFont, 'Segoe UI', Helvetica, Arial, sans-serif; font-size: 15px; line-height: 22px; color: #1d2733; word-break: break-word; padding: 8px 24px; border-top: 1px solid #e4e8ec;">{{customerName}} <span class="total soft" style="font-size: 14px; font-weight: 400; color: #56616e;">&nbsp;{{figures}}</span></td>
</tr>`,
  lowest: `<tr>
<td class="gutter title ink" style="font-family: -apple-system, BlinkMacSystemFont, 'Segoe UI', Helvetica, Arial, sans-serif; font-size: 15px; line-height: 22px; color: #1d2733; word-break: break-word; padding: 20px 24px 14px;">
<h2 style="margin: 0; font-size: 18px; line-height: 24px;">{{title}}</h2>
<span class="total soft" style="font-size: 14px; font-weight: 400; color: #56616e;">{{of}}</span>
</td>
</tr>
{{{performer}}}
{{{more}}}`,
  card: `<!--[if mso | IE]><table align="center" border="0" cellpadding="0" cellspacing="0" class="" role="presentation" style="width:600px;" width="600" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]-->
<div style="margin:0px auto;max-width:600px;">
<table align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="width:100%;">
<tbody>
<tr>
<td style="direction:ltr;font-size:0px;padding:0 8px 16px;text-align:center;">
<!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="card-outlook" style="vertical-align:top;width:584px;" ><![endif]-->
<div class="mj-column-per-100 mj-outlook-group-fix card" style="font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;">
<table border="0" cellpadding="0" cellspacing="0" role="presentation" style="background-color:#ffffff;border:1px solid #dfe4e9;border-radius:12px;vertical-align:top;border-collapse:separate;" width="100%">
<tbody>
{{{section}}}{{{toDo}}}{{{sales}}}{{{lowest}}}
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->`,
};
