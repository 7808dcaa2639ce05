/** What takes people's secrets along, or gives power, asks for a sign-in that is a few minutes old at most: a phone left on a table is not enough. */
import type { FastifyRequest } from 'fastify'
import { Failure } from '../problems.ts'

export const freshSeconds = 300

/** Refuses unless the person has shown the identity provider who they are during the last five minutes. The phone then leads to `/auth/login?step_up=1`. */
export function requireFresh(request: FastifyRequest, now: Date): void {
  const { account, shownAt } = request.actor
  if (account === null) throw new Failure('sign-in-needed')
  if (shownAt === undefined || now.getTime() - shownAt.getTime() > freshSeconds * 1000) throw new Failure('fresh-sign-in-needed')
}
