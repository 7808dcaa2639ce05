/** How the demo identity provider is set up. Everything secret is random and dies with the process. */
import { randomBytes } from 'node:crypto'
import { exportJWK, generateKeyPair } from 'jose'
import type Provider from 'oidc-provider'
import type { Context } from 'oidc-provider'
import { tooLatePage } from './page.ts'
import { demoPeople } from './people.ts'

export const demoAlgorithm = 'ES256'

export interface DemoClient { clientId: string; clientSecret: string; callback: string }

const findAccount = (_context: unknown, subject: string) => {
  const person = demoPeople.find((candidate) => candidate.subject === subject)
  if (person === undefined) return undefined
  return { accountId: subject, claims: () => ({ sub: subject, name: person.name, affiliation: [person.affiliation] }) }
}

/** Nobody is asked for consent: the only client is this app. */
const loadExistingGrant = (provider: () => Provider) => async ({ oidc }: Context) => {
  const known = oidc.session.grantIdFor(oidc.client.clientId)
  if (known !== undefined) return provider().Grant.find(known)
  const grant = new (provider().Grant)({ clientId: oidc.client.clientId, accountId: oidc.session.accountId })
  grant.addOIDCScope('openid profile')
  await grant.save()
  return grant
}

/** The configuration of oidc-provider. `provider` is asked for late, because it is built from this. */
export async function demoConfiguration({ clientId, clientSecret, callback }: DemoClient, provider: () => Provider): Promise<Record<string, unknown>> {
  const { privateKey } = await generateKeyPair(demoAlgorithm, { extractable: true })
  return {
    clients: [{
      client_id: clientId, client_secret: clientSecret, redirect_uris: [callback], grant_types: ['authorization_code'], response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_basic', id_token_signed_response_alg: demoAlgorithm,
    }],
    jwks: { keys: [{ ...await exportJWK(privateKey), use: 'sig', alg: demoAlgorithm, kid: 'demo' }] },
    cookies: { keys: [randomBytes(32).toString('base64url')], long: { path: '/demo-idp', httpOnly: true, sameSite: 'lax', signed: true } },
    claims: { openid: ['sub'], profile: ['name', 'affiliation'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false }, userinfo: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/demo-idp/interaction/${uid}` },
    ttl: { AccessToken: 300, AuthorizationCode: 60, Grant: 3600, IdToken: 600, Interaction: 600, Session: 3600 },
    findAccount,
    loadExistingGrant: loadExistingGrant(provider),
    renderError: (context: Context) => {
      context.type = 'html'
      context.body = tooLatePage()
    },
  }
}
