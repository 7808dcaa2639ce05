/** Everything that may be configured, read once from the environment. A wrong value ends the start with a sentence. */
import path from 'node:path'

export interface OidcSettings { issuer: string; clientId: string; clientSecret: string; scope: string }

export interface LimitSettings {
  /** Multiplies every limit. Demonstrations and tests raise it. */
  factor: number
  /** Requests, not letters: a phone that was away for weeks comes with a few full batches. */
  apiPerMinute: number
  deliveriesPerHour: number
  casesPerHour: number
  exportsPerDay: number
  loginsPerTenMinutes: number
  anonymousPerMinute: number
}

export interface SessionSettings { idleMinutes: number; leaderIdleMinutes: number; absoluteHours: number; deviceDays: number }

export interface Settings {
  port: number
  host: string
  /** The one origin, without a slash at its end. */
  baseUrl: string
  /** Whether the origin is https. */
  secure: boolean
  dataDir: string
  distDir: string
  databaseUrl?: string
  production: boolean
  /** True when no real issuer is set: the demo identity provider and the demo people are there. */
  demo: boolean
  /** Whether the demo municipality gets a past: two made-up school years. */
  demoHistory: boolean
  oidc?: OidcSettings
  municipality: string
  /** With it the first administrator of a real installation begins. */
  setupCode?: string
  logLevel: string
  /** Addresses of proxies whose X-Forwarded-* headers count. Empty: none. */
  trustedProxies: string[]
  /** How often the server's own clock looks for what is overdue. */
  clockSeconds: number
  /** Push services that a phone's address may lie at. Nothing is sent to another. */
  pushHosts: string[]
  limits: LimitSettings
  session: SessionSettings
}

/** Says in one sentence what is wrong with the environment. */
export class SettingsError extends Error {
  override name = 'SettingsError'
  /** 78 is EX_CONFIG: a supervisor need not try again. */
  readonly exitCode = 78
}

/** Google's, Mozilla's, Apple's and Microsoft's. A leading `*.` is any name below. */
const knownPushHosts = 'fcm.googleapis.com,*.push.services.mozilla.com,*.push.apple.com,*.notify.windows.com'
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']
const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

type Environment = NodeJS.ProcessEnv

/** An empty value counts as not set: that is what a commented-out line in a container file becomes. */
const text = (env: Environment, name: string): string | undefined => env[name]?.trim() || undefined

function numberBetween(env: Environment, name: string, fallback: number, low: number, high: number): number {
  const value = text(env, name)
  if (value === undefined) return fallback
  const number = Number(value)
  if (!Number.isFinite(number) || number < low || number > high) throw new SettingsError(`${name} must be a number from ${low} to ${high}, but it is "${value}".`)
  return number
}

function wholeBetween(env: Environment, name: string, fallback: number, low: number, high: number): number {
  const number = numberBetween(env, name, fallback, low, high)
  if (!Number.isInteger(number)) throw new SettingsError(`${name} must be a whole number, but it is "${number}".`)
  return number
}

function url(name: string, value: string): URL {
  if (!URL.canParse(value)) throw new SettingsError(`${name} must be an address such as https://meldt.example.no, but it is "${value}".`)
  return new URL(value)
}

function origin(env: Environment, port: number): URL {
  const value = text(env, 'BASE_URL') ?? `http://localhost:${port}`
  const base = url('BASE_URL', value)
  if (base.protocol !== 'http:' && base.protocol !== 'https:') throw new SettingsError(`BASE_URL must begin with http:// or https://, but it is "${value}".`)
  if (base.pathname !== '/' || base.search !== '' || base.hash !== '' || base.username !== '') throw new SettingsError(`BASE_URL must be an origin without a path, but it is "${value}".`)
  return base
}

function oidc(env: Environment): OidcSettings | undefined {
  const issuer = text(env, 'OIDC_ISSUER')
  if (issuer === undefined) {
    const lonely = ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_SCOPE'].find((name) => text(env, name) !== undefined)
    if (lonely !== undefined) throw new SettingsError(`${lonely} is set but OIDC_ISSUER is not. Set OIDC_ISSUER to sign in with it, or remove ${lonely}.`)
    return undefined
  }
  if (url('OIDC_ISSUER', issuer).protocol !== 'https:') throw new SettingsError('OIDC_ISSUER must begin with https://, so that nobody between can pretend to be the identity provider.')
  const clientId = text(env, 'OIDC_CLIENT_ID')
  const clientSecret = text(env, 'OIDC_CLIENT_SECRET')
  if (clientId === undefined) throw new SettingsError('OIDC_CLIENT_ID is missing. It comes with OIDC_ISSUER.')
  if (clientSecret === undefined) throw new SettingsError('OIDC_CLIENT_SECRET is missing. It comes with OIDC_ISSUER.')
  const scope = text(env, 'OIDC_SCOPE') ?? 'openid profile'
  if (!scope.split(/\s+/).includes('openid')) throw new SettingsError('OIDC_SCOPE must contain openid.')
  return { issuer, clientId, clientSecret, scope }
}

/** The demo lets anyone in as anyone. These locks keep it away from real people. */
function lockDemo(env: Environment, base: URL, production: boolean): void {
  if (production) throw new SettingsError('NODE_ENV is production, but OIDC_ISSUER is not set. The demo identity provider lets anyone sign in as anyone and never runs in production.')
  const allowed = loopback.has(base.hostname) || text(env, 'DEMO_IDP_LAN') === 'yes-this-is-a-demo'
  if (!allowed) throw new SettingsError(`BASE_URL is ${base.origin}, which others can reach, but OIDC_ISSUER is not set. The demo identity provider only runs on localhost. To show a demo to others, set DEMO_IDP_LAN=yes-this-is-a-demo.`)
}

/** The demo has a past unless somebody does without; nothing else ever has one. */
function demoHistory(env: Environment, demo: boolean): boolean {
  const value = text(env, 'DEMO_HISTORY') ?? 'yes'
  if (value !== 'yes' && value !== 'no') throw new SettingsError(`DEMO_HISTORY must be yes or no, but it is "${value}".`)
  return demo && value === 'yes'
}

/** Long enough that nobody guesses it. */
function setupCode(env: Environment): string {
  const code = text(env, 'SETUP_CODE') ?? ''
  if (code.length < 16) throw new SettingsError('SETUP_CODE must have at least 16 characters.')
  return code
}

/** The settings that the environment gives. Throws a SettingsError with a sentence when one is wrong. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const port = wholeBetween(env, 'PORT', 8080, 1, 65_535)
  const base = origin(env, port)
  const production = text(env, 'NODE_ENV') === 'production'
  const provider = oidc(env)
  if (provider === undefined) lockDemo(env, base, production)
  else if (production && base.protocol !== 'https:') throw new SettingsError(`BASE_URL must begin with https:// in production, but it is ${base.origin}.`)

  const logLevel = text(env, 'LOG_LEVEL') ?? 'info'
  if (!logLevels.includes(logLevel)) throw new SettingsError(`LOG_LEVEL must be one of ${logLevels.join(', ')}, but it is "${logLevel}".`)
  const databaseUrl = text(env, 'DATABASE_URL')
  if (databaseUrl !== undefined && !/^postgres(ql)?:\/\//.test(databaseUrl)) throw new SettingsError('DATABASE_URL must begin with postgres:// or postgresql://.')

  return {
    port,
    host: text(env, 'HOST') ?? (loopback.has(base.hostname) ? 'localhost' : '0.0.0.0'),
    baseUrl: base.origin,
    secure: base.protocol === 'https:',
    dataDir: path.resolve(text(env, 'DATA_DIR') ?? 'data'),
    distDir: path.resolve(text(env, 'DIST_DIR') ?? 'dist'),
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    production,
    demo: provider === undefined,
    demoHistory: demoHistory(env, provider === undefined),
    ...(provider === undefined ? {} : { oidc: provider }),
    municipality: text(env, 'MUNICIPALITY') ?? (provider === undefined ? 'Demo kommune' : 'Kommunen'),
    ...(text(env, 'SETUP_CODE') === undefined ? {} : { setupCode: setupCode(env) }),
    logLevel,
    trustedProxies: text(env, 'TRUSTED_PROXIES')?.split(',').map((proxy) => proxy.trim()).filter((proxy) => proxy !== '') ?? [],
    clockSeconds: wholeBetween(env, 'CLOCK_SECONDS', 60, 1, 86_400),
    pushHosts: (text(env, 'PUSH_HOSTS') ?? knownPushHosts).split(',').map((name) => name.trim().toLowerCase()).filter((name) => name !== ''),
    limits: {
      factor: numberBetween(env, 'RATE_LIMIT_FACTOR', 1, 0.01, 1_000_000),
      apiPerMinute: wholeBetween(env, 'RATE_API_PER_MINUTE', 300, 1, 1_000_000),
      deliveriesPerHour: wholeBetween(env, 'RATE_DELIVERIES_PER_HOUR', 600, 1, 1_000_000),
      casesPerHour: wholeBetween(env, 'RATE_CASES_PER_HOUR', 120, 1, 1_000_000),
      exportsPerDay: wholeBetween(env, 'RATE_EXPORTS_PER_DAY', 20, 1, 1_000_000),
      loginsPerTenMinutes: wholeBetween(env, 'RATE_LOGINS_PER_TEN_MINUTES', 60, 1, 1_000_000),
      anonymousPerMinute: wholeBetween(env, 'RATE_ANONYMOUS_PER_MINUTE', 600, 1, 1_000_000),
    },
    session: {
      idleMinutes: wholeBetween(env, 'SESSION_IDLE_MINUTES', 480, 1, 10_080),
      leaderIdleMinutes: wholeBetween(env, 'SESSION_IDLE_MINUTES_LEADER', 30, 1, 10_080),
      absoluteHours: wholeBetween(env, 'SESSION_HOURS', 12, 1, 168),
      deviceDays: wholeBetween(env, 'DEVICE_DAYS', 180, 1, 400),
    },
  }
}
