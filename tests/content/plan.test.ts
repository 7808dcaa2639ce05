/** The own follow-up plan leads to texts that exist, in every language. */
import { expect, it } from 'vitest'
import { planSteps } from '#app/domain/ownPlan.ts'

const files = Object.keys(import.meta.glob('../../content/{guide,walks}/*/*.md'))
it.each(['nb', 'nn', 'en'])('leads to texts that exist in %s', (language) => {
  const read = planSteps.flatMap((step) => step.read ?? [])
  expect(read.filter((id) => !files.some((file) => file.endsWith(`/${language}/${id}.md`)))).toEqual([])
})
