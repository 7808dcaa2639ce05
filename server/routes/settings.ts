/** What the municipality decides about itself: its clocks, and which features are on. Everybody's phone gets them with the municipality's own (GET /local). */
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyPluginAsync } from 'fastify'
import { Type } from 'typebox'
import { Settings, type Settings as Content } from '#contract/settings.ts'
import { requireAccount } from '../identity/actor.ts'
import { requireFresh } from '../identity/fresh.ts'
import { can } from '../policy.ts'
import { Failure } from '../problems.ts'
import { accountWithGrants } from '../queries/accounts.ts'
import { putSettings, settingsOf } from '../queries/settings.ts'
import { closeWork } from '../queries/work.ts'
import type { Services } from '../services.ts'

const Answer = Type.Object({ settings: Settings, version: Type.Integer() })

export const settingsRoutes = ({ database, keyring, clock }: Services): FastifyPluginAsync => async (plain) => {
  const app = plain.withTypeProvider<TypeBoxTypeProvider>()

  app.get('/settings', { schema: { summary: 'The municipality’s clocks and features', response: { 200: Answer } }, config: { policy: 'settings.read' } },
    async (request): Promise<{ settings: Content; version: number }> => database.asReader({ account: requireAccount(request) }, settingsOf))

  app.put('/settings', { schema: { summary: 'Replace the version in If-Match ("0": the defaults)', body: Settings, response: { 200: Answer } }, config: { policy: 'settings.write' } },
    async (request) => {
      const account = requireAccount(request)
      const [, seen] = /^"(\d{1,9})"$/.exec(request.headers['if-match'] ?? '') ?? []
      if (seen === undefined) throw new Failure('invalid-request', { detail: 'headers/if-match: form' })
      return database.asActor({ account }, async (sql) => {
        const grants = (await accountWithGrants(sql, account, keyring))?.grants ?? []
        if (!can(grants, 'settings.write', { isReporter: false, unit: null })) throw new Failure('not-found')
        requireFresh(request, clock())
        const version = await putSettings(sql, request.body, Number(seen), account, clock())
        if (version === undefined) throw new Failure('version-conflict')
        await closeWork(sql, [{ action: 'settings.write', detail: { version } }], 0)
        return { settings: request.body, version }
      })
    })
}
