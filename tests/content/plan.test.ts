/** The own follow-up plan leads to texts that exist, in every language. */
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { planSteps } from '#app/domain/ownPlan.ts'

const content = path.resolve(import.meta.dirname, '../../content')
const files = ['guide', 'walks'].flatMap((kind) => readdirSync(path.join(content, kind), { recursive: true, encoding: 'utf8' }).map((file) => `/${file}`))
it.each(['nb', 'nn', 'en'])('leads to texts that exist in %s', (language) => {
  const read = planSteps.flatMap((step) => step.read ?? [])
  expect(read.filter((id) => !files.some((file) => file.endsWith(`/${language}/${id}.md`)))).toEqual([])
})
