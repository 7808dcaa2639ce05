/** "Angre" in a case: the newest thing that has not left the phone, or any of them. */
import { ref } from 'vue'
import { useAction } from '#app/composables/useAction.ts'
import { undoAct } from '#app/db/caseActs.ts'

export function useUndo() {
  /** It had been sent already. */
  const isLate = ref(false)
  const { run: undo, error } = useAction(async (id: string) => { isLate.value = !await undoAct(id) })
  return { undo, isLate, error }
}
