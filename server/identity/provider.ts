/** The identity provider as this server sees it: who somebody is, never which role they have. */
import * as oidc from 'openid-client'
import { freshSeconds } from './fresh.ts'
import type { LoginTransaction } from './loginTransaction.ts'

/** `shownAt`: when they last showed the provider who they are, if it says so. */
export interface Person { issuer: string; subject: string; name: string; isPupil: boolean; shownAt: Date | undefined }

export interface IdentityProvider {
  /** Where to send the person, and what to remember until they are back. */
  begin(wish: { returnTo: string; askAgain: boolean; isStepUp?: boolean }): Promise<{ url: URL; transaction: LoginTransaction }>
  /** Who came back. Throws LoginRefused when anything does not fit. */
  finish(callback: URL, transaction: LoginTransaction): Promise<Person>
}

/** The sign-in did not end well: cancelled, replayed, or somebody else's. */
export class LoginRefused extends Error { override name = 'LoginRefused' }

/** The identity provider does not answer. It will be back; logging and delivering go on without it. */
export class ProviderAway extends LoginRefused { override name = 'ProviderAway' }

export interface ProviderSettings {
  issuer: string
  clientId: string
  clientSecret: string
  scope: string
  callback: string
  /** The name under which accounts are kept. The demo has one that does not change with the port. */
  storedIssuer: string
  /** Signing algorithm of the ID token, where it is not the standard's RS256. */
  algorithm?: string
  /** Only the demo: its own way to the provider in this very process. */
  demoFetch?: oidc.CustomFetch
}

const textOf = (claim: unknown): string | undefined => typeof claim === 'string' && claim.trim() !== '' ? claim : undefined
const listOf = (claim: unknown): unknown[] => Array.isArray(claim) ? claim : [claim]

/** A Feide pupil is `student`; whoever is also an employee is not turned away. */
const isPupil = (claims: oidc.IDToken): boolean => {
  const affiliations = [...listOf(claims['affiliation']), ...listOf(claims['eduPersonAffiliation'])]
  return affiliations.includes('student') && !affiliations.includes('employee')
}

/** Signs people in with an OpenID Connect provider: code, PKCE, state and nonce. It is looked up at the first sign-in, so an outage never stops a start. */
export function createProvider(settings: ProviderSettings): IdentityProvider {
  let found: Promise<oidc.Configuration> | undefined
  const discover = async (): Promise<oidc.Configuration> => {
    const metadata = settings.algorithm === undefined ? {} : { id_token_signed_response_alg: settings.algorithm }
    const demo = settings.demoFetch === undefined ? {} : { [oidc.customFetch]: settings.demoFetch, execute: [oidc.allowInsecureRequests] }
    return oidc.discovery(new URL(settings.issuer), settings.clientId, metadata, oidc.ClientSecretBasic(settings.clientSecret), { timeout: 10, ...demo })
  }
  const configuration = async (): Promise<oidc.Configuration> => {
    found ??= discover()
    try {
      return await found
    } catch (cause) {
      found = undefined
      throw new ProviderAway('The identity provider does not answer', { cause })
    }
  }

  return {
    async begin({ returnTo, askAgain, isStepUp = false }) {
      const config = await configuration()
      const transaction = { verifier: oidc.randomPKCECodeVerifier(), state: oidc.randomState(), nonce: oidc.randomNonce(), returnTo, isStepUp }
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: settings.callback, scope: settings.scope, state: transaction.state, nonce: transaction.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(transaction.verifier), code_challenge_method: 'S256',
        ...(askAgain || isStepUp ? { prompt: 'login' } : {}), ...(isStepUp ? { max_age: '0' } : {}),
      })
      return { url, transaction }
    },
    async finish(callback, { verifier, state, nonce, isStepUp }) {
      const config = await configuration()
      try {
        const tokens = await oidc.authorizationCodeGrant(config, callback, { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true, ...(isStepUp && { maxAge: freshSeconds }) })
        const claims = tokens.claims()
        if (claims === undefined) throw new LoginRefused('The identity provider sent no ID token')
        return { issuer: settings.storedIssuer, subject: claims.sub, name: textOf(claims['name']) ?? claims.sub, isPupil: isPupil(claims), shownAt: claims.auth_time === undefined ? undefined : new Date(claims.auth_time * 1000) }
      } catch (cause) {
        throw cause instanceof LoginRefused ? cause : new LoginRefused('The sign-in does not fit', { cause })
      }
    },
  }
}
