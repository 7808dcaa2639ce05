/** Schools, people and roles as the server has them now. */
import { computed, onMounted, shallowRef } from 'vue'
import type { People } from '#contract/admin.ts'
import { useAction } from '#app/composables/useAction.ts'
import { fetchPeople, type Answer, type Trouble } from '#app/stores/admin.ts'

export function usePeople() {
  const people = shallowRef<People>()
  const trouble = shallowRef<Trouble>()
  const { run: refresh, isRunning, error } = useAction(async () => {
    const answer = await fetchPeople()
    if ('value' in answer) people.value = answer.value
    trouble.value = 'trouble' in answer ? answer.trouble : undefined
  })
  /** Does something and shows how things stand afterwards. True when it was done. */
  async function change(act: () => Promise<Answer<unknown>>): Promise<boolean> {
    trouble.value = undefined
    const answer = await act()
    if ('trouble' in answer) { trouble.value = answer.trouble; return false }
    await refresh()
    return true
  }
  onMounted(() => { void refresh() })
  const unitName = computed(() => new Map(people.value?.units.map(({ id, name }) => [id, name])))
  return { people, trouble, error, isRunning, refresh, change, unitName }
}
