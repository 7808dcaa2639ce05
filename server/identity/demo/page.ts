/** The pages of the demo identity provider: plain HTML and one stylesheet, with a policy of their own. No script at all. */
import { demoPeople, type DemoPerson } from './people.ts'

export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escape = (text: string) => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign)

const page = (title: string, content: string) => `<!doctype html>
<html lang="nb">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(title)} – Meldt (demo)</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/demo-idp/style.css">
</head>
<body>
<main>
<p class="mark">Demo</p>
${content}
</main>
</body>
</html>
`

const personButton = ({ subject, name, about }: DemoPerson) =>
  `<li><button name="login" value="${escape(subject)}"><span class="name">${escape(name)}</span><span class="about">${escape(about)}</span></button></li>`

/** Who do you want to be? */
export const loginPage = (uid: string) => page('Logg inn', `<h1>Logg inn i Demo kommune</h1>
<p>Alle her er oppdiktet, og ingen trenger passord. Velg hvem du vil være.</p>
<form method="post" action="/demo-idp/interaction/${escape(uid)}">
<ul>
${demoPeople.map(personButton).join('\n')}
</ul>
</form>
<p><a href="/">Tilbake uten å logge inn</a></p>`)

/** The sign-in cannot go on, usually because it is too old. */
export const tooLatePage = () => page('Innloggingen gikk ikke', `<h1>Innloggingen gikk ikke</h1>
<p>Den kan ha ligget åpen for lenge. Det du har lagret på telefonen, er trygt.</p>
<p><a class="button" href="/auth/login?return_to=%2Fmine">Logg inn på nytt</a></p>
<p><a href="/">Tilbake uten å logge inn</a></p>`)

export const stylesheet = `:root { color-scheme: light dark; --back: #fff; --text: #1e2b3c; --soft: #4d5a6b; --line: #7b8794; --fill: #f2f5f8; --accent: #0a4e8a; --mark: #8a1f11; }
@media (prefers-color-scheme: dark) { :root { --back: #12181f; --text: #eef2f6; --soft: #b8c3cf; --line: #7d8a98; --fill: #1d2630; --accent: #9ccbff; --mark: #ffb4a8; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 1.125rem/1.5 Inter, system-ui, sans-serif; }
main { max-width: 32rem; margin: 0 auto; padding: 1rem 1rem 3rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: .5rem 0; }
ul { list-style: none; margin: 1rem 0; padding: 0; display: grid; gap: .5rem; }
button { display: grid; width: 100%; min-height: 3.5rem; padding: .5rem 1rem; text-align: start; font: inherit; color: inherit; background: var(--fill); border: 1px solid var(--line); border-radius: .5rem; cursor: pointer; }
button:hover { border-color: var(--accent); }
.name { font-weight: 600; }
.about { color: var(--soft); font-size: 1rem; }
.mark { display: inline-block; margin: 0; padding: 0 .75rem; border: 2px solid var(--mark); border-radius: 1rem; color: var(--mark); font-weight: 600; }
a { display: inline-flex; align-items: center; min-height: 2.75rem; color: var(--accent); }
a.button { padding: 0 1rem; border: 2px solid var(--accent); border-radius: .5rem; text-decoration: none; font-weight: 600; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`
