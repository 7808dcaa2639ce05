/** Numbers for a screen, kept for when there is no line. What was shown last is shown at once, with its date, until the server has answered. */
import { computed, ref, shallowRef, watch } from 'vue'
import { fetchNumbers, lastNumbers, type NumbersState } from '#app/stores/numbers.ts'

/** Asks anew when `path` changes; an empty path asks nothing. What stands there stays until the new is here: whoever chose with the keyboard keeps their place. */
export function useNumbers<T extends { asOf?: string }>(path: () => string) {
  const answer = shallowRef<T>()
  const state = ref<NumbersState | 'loading'>('loading')
  const asOf = computed(() => answer.value?.asOf)
  let turn = 0

  async function load(asked: string): Promise<void> {
    turn += 1
    const mine = turn
    const isCurrent = () => mine === turn
    state.value = 'loading'
    if (asked === '') { answer.value = undefined; return }
    const before = await lastNumbers<T>(asked)
    if (isCurrent() && before) answer.value = before
    const found = await fetchNumbers<T>(asked)
    if (!isCurrent()) return
    answer.value = found.state === 'refused' ? undefined : found.answer ?? before
    state.value = found.state === 'none' && answer.value ? 'kept' : found.state
  }
  const reload = (): void => { load(path()).catch((cause: unknown) => { console.warn('The numbers could not be read', cause); state.value = answer.value ? 'kept' : 'none' }) }
  watch(path, reload, { immediate: true })
  return { answer, asOf, state, reload }
}
