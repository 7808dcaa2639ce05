/** Runs in the page of the bench: builds the index of one language at once, then asks every question. */
import type { Guide } from '../src/domain/guide.ts'
import { sourceOf } from '../src/features/guide/search/documents.ts'
import { engineOf } from '../src/features/guide/search/engine.ts'

export interface SearchBench { timeSearch: (guide: Guide, questions: string[]) => Promise<{ index: number; times: number[] }> }

export const timeSearch: SearchBench['timeSearch'] = async (guide, questions) => {
  const begun = performance.now()
  const { search } = await engineOf(sourceOf(guide))
  const index = performance.now() - begun
  const times = questions.map((question) => {
    const asked = performance.now()
    search(question)
    return performance.now() - asked
  })
  return { index, times }
}
Object.assign(globalThis, { timeSearch })
