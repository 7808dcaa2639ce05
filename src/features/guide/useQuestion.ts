/**
 * What somebody is looking for. It stays with this entry of the history, so that the way back from a text finds it again, and never stands in the
 * address: an address goes to the server when a page is loaded, and nobody but the reader is told what is searched for.
 */
import { onScopeDispose, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'

const heldBack = 200
export const questionOf = (): string => {
  const { question } = (window.history.state ?? {}) as { question?: unknown }
  return typeof question === 'string' ? question : ''
}
const keep = (question: string): void => window.history.replaceState({ ...window.history.state as object, question }, '')

const positionNow = (): unknown => (window.history.state as { position?: number } | null)?.position

export function useQuestion() {
  const route = useRoute()
  const router = useRouter()
  const here = positionNow()
  const asked = route.query['q']
  const question = ref(typeof asked === 'string' ? asked : questionOf())
  // A link may come with a question: it is taken over, and the address is made quiet.
  if (asked !== undefined) void router.replace({ path: route.path, state: { question: question.value } })

  let timer: ReturnType<typeof setTimeout> | undefined
  let isKept = true
  function keepNow(): void {
    clearTimeout(timer)
    // Whoever goes back has left this entry already.
    if (!isKept && positionNow() === here) keep(question.value)
    isKept = true
  }
  // Browsers allow only so many changes of the history in a while: not every letter is one.
  watch(question, () => {
    isKept = false
    clearTimeout(timer)
    timer = setTimeout(keepNow, heldBack)
  })
  const stop = router.beforeEach(keepNow)
  onScopeDispose(() => { stop(); clearTimeout(timer) })
  return question
}
