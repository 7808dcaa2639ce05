/** The search of the guidance for a screen. The index is made at the first question, lives as long as the page, and is made anew for another language. */
import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import type { Guide } from '#app/domain/guide.ts'
import { sourceOf } from './documents.ts'
import type { SearchResult } from './engine.ts'
import { searcherOf, type Searcher } from './searcher.ts'

export type { SearchResult } from './engine.ts'

/** Kept between screens, so that the way back to what was found is short. */
let kept: { guide: Guide; searcher: Searcher } | undefined

function searcherFor(guide: Guide): Searcher {
  if (kept?.guide === guide) return kept.searcher
  kept?.searcher.end()
  kept = { guide, searcher: searcherOf(sourceOf(guide)) }
  return kept.searcher
}

interface Wanted { text: string; guide: Guide }
interface UseSearch {
  results: ShallowRef<SearchResult[]>
  /** The question that `results` answer. */
  answered: Ref<string>
  /** Whether the index is built. */
  isReady: Ref<boolean>
  isBroken: Ref<boolean>
  search: (text: string) => void
}

/** The newest question wins: while one is being answered, only the last of those that follow is asked. */
export function useSearch(guide: () => Guide): UseSearch {
  const results = shallowRef<SearchResult[]>([])
  const answered = ref('')
  const isReady = ref(false)
  const isBroken = ref(false)
  let wanted: Wanted | undefined
  let isAsking = false
  onScopeDispose(() => { wanted = undefined })

  async function ask({ text, guide: texts }: Wanted): Promise<SearchResult[]> {
    // The letter is drawn first; reading the texts out for the worker takes a few milliseconds of this thread.
    if (kept?.guide !== texts) await new Promise((resolve) => { setTimeout(resolve) })
    const searcher = searcherFor(texts)
    await searcher.isReady
    isReady.value = true
    // While the index was made, more letters may have come: these are asked instead.
    return wanted?.text === text ? searcher.search(text) : []
  }
  async function answer(): Promise<void> {
    isAsking = true
    while (wanted) {
      const asked = wanted
      try {
        const found = asked.text.trim() === '' ? [] : await ask(asked)
        if (wanted === asked) { results.value = found; answered.value = asked.text }
        isBroken.value = false
      } catch (cause) {
        console.warn('The search does not work', cause)
        kept = undefined
        isBroken.value = true
      }
      if (wanted === asked) wanted = undefined
    }
    isAsking = false
  }
  return {
    results, answered, isReady, isBroken,
    search(text) {
      wanted = { text, guide: guide() }
      if (!isAsking) void answer()
    },
  }
}
