/** Which addresses the server will call because a phone asked it to: known push services, and nothing inside somebody's network. */
import type { Settings } from '../settings.ts'

const fits = (host: string, allowed: string): boolean => (allowed.startsWith('*.') ? host.endsWith(allowed.slice(1)) : host === allowed)

/** Whether a notice may be sent there. Plain http only to this machine, and never in production: a test's own push service. */
export function isPushAddress(address: string, { pushHosts, production }: Pick<Settings, 'pushHosts' | 'production'>): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, port, username, password } = new URL(address)
  if (username !== '' || password !== '' || !pushHosts.some((allowed) => fits(hostname, allowed))) return false
  if (protocol === 'https:') return port === ''
  return protocol === 'http:' && hostname === 'localhost' && !production
}
