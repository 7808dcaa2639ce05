/** A browser without a screen: keeps cookies, follows only when told, and says what browsers say. */
export class Visitor {
  readonly cookies = new Map<string, string>()
  readonly origin: string

  constructor(origin: string) { this.origin = origin }

  async ask(path: string, options: RequestInit = {}): Promise<Response> {
    const headers = new Headers(options.headers)
    if (this.cookies.size > 0) headers.set('cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const answer = await fetch(new URL(path, this.origin), { redirect: 'manual', ...options, headers })
    for (const line of answer.headers.getSetCookie()) this.take(line)
    return answer
  }

  /** JSON from the app itself. */
  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return this.ask(path, { method: 'POST', headers: { 'origin': this.origin, 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
  }

  /** Goes where the answer sends it, until it does not. Gives the last answer and every address on the way. */
  async follow(path: string): Promise<{ answer: Response; path: string; way: string[] }> {
    const way = [path]
    for (let answer = await this.ask(path); ; answer = await this.ask(way.at(-1) ?? '/')) {
      const next = answer.headers.get('location')
      if (next === null || way.length > 12) return { answer, path: way.at(-1) ?? '', way }
      way.push(next.startsWith(this.origin) ? next.slice(this.origin.length) : next)
    }
  }

  /** Presses a person's button on the demo's page that `path` leads to. Gives the address that the provider sends back to. */
  async choose(who: string, path: string): Promise<string> {
    const { path: page } = await this.follow(path)
    const chosen = await this.ask(page, { method: 'POST', headers: { 'origin': this.origin, 'content-type': 'application/x-www-form-urlencoded' }, body: `login=${who}` })
    const resume = new URL(chosen.headers.get('location') ?? '/no-location', this.origin)
    return (await this.ask(resume.pathname)).headers.get('location') ?? ''
  }

  /** Signs in. Gives the answer of the callback. */
  async signIn(who: string, path = '/auth/login?return_to=/mine'): Promise<Response> {
    return this.ask(await this.choose(who, path))
  }

  /** A second visitor with the same cookies, or only some of them. */
  copy(...names: string[]): Visitor {
    const other = new Visitor(this.origin)
    for (const [name, value] of this.cookies) if (names.length === 0 || names.includes(name)) other.cookies.set(name, value)
    return other
  }

  private take(line: string): void {
    const [pair = '', ...attributes] = line.split(/;\s*/)
    const name = pair.slice(0, pair.indexOf('='))
    const isOver = attributes.some((attribute) => /^max-age=0$/i.test(attribute) || /^expires=Thu, 01 Jan 1970/i.test(attribute))
    if (isOver) this.cookies.delete(name)
    else this.cookies.set(name, pair.slice(name.length + 1))
  }
}
