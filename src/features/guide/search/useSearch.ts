/** PLACEHOLDER by the lead so that the screens build: U3 replaces this whole file by the real engine. Keep the names and shapes that SearchResults.vue uses. */
import { ref, shallowRef } from 'vue'
import type { Guide, GuideItem, Phase } from '#app/domain/guide.ts'

export interface SearchResult {
  id: string; title: string; kind: GuideItem['kind']; phase: Phase
  /** Of an article: its section. Of a walk-through: the step's place (1-based, as a word) and title. */
  section?: { id: string; title: string }
  /** The sentence that matched; marks are [from, to) in it. */
  sentence: { text: string; marks: [number, number][] }
}

/** `answered` is the question that `results` answer. */
export function useSearch(guide: () => Guide) {
  const results = shallowRef<SearchResult[]>([])
  const answered = ref('')
  const isBroken = ref(false)
  function search(text: string): void {
    const wanted = text.trim().toLowerCase()
    results.value = guide().items.filter((item) => [item.title, ...item.words].join(' ').toLowerCase().includes(wanted)).slice(0, 12)
      .map(({ id, title, kind, phase, summary }) => ({ id, title, kind, phase, sentence: { text: summary, marks: [] } }))
    answered.value = text
  }
  return { results, answered, search, isBroken }
}
