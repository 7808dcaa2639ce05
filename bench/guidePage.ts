/** Runs in the page of the bench: hands the texts over as to the worker, builds the index of one language at once, then asks every question. */
import type { Guide } from '../src/domain/guide.ts'
import { sourceOf } from '../src/features/guide/search/documents.ts'
import { engineOf } from '../src/features/guide/search/engine.ts'

export interface SearchBench { timeSearch: (guide: Guide, questions: string[]) => Promise<{ handed: number; index: number; times: number[] }> }

export const timeSearch: SearchBench['timeSearch'] = async (guide, questions) => {
  const handing = performance.now()
  const source = sourceOf(guide)
  // What postMessage does with it.
  structuredClone(source)
  const handed = performance.now() - handing
  const begun = performance.now()
  const { search } = await engineOf(source)
  const index = performance.now() - begun
  const times = questions.map((question) => {
    const asked = performance.now()
    search(question)
    return performance.now() - asked
  })
  return { handed, index, times }
}
Object.assign(globalThis, { timeSearch })
