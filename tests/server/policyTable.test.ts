/** The table that people read is the table that decides. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { policyTable } from '../../server/policy.ts'

it('docs/policy.md shows the policy as it is', () => {
  expect(readFileSync(new URL('../../docs/policy.md', import.meta.url), 'utf8')).toContain(policyTable())
})
