/** What an administrator writes about one row: opened from the row or from what was begun, kept on the phone with every pause, never lost to a bad line. */
import { computed, onBeforeUnmount, ref, watch, type Ref } from 'vue'
import type { LocalKind } from '#contract/localCodes.ts'
import type { LocalView } from '#app/db/local.ts'
import { keepLocalForm, localForms, localView } from '#app/db/local.ts'
import { contentOf, emptyForm, formOf, type LocalForm } from '#app/domain/localForm.ts'

const pause = 400

export function useLocalForm(id: string, kind: LocalKind, view: Ref<LocalView | undefined>) {
  const form = ref<LocalForm>()
  /** As the server has it now; undefined when it is new or was removed. */
  const row = computed(() => view.value?.rows.find(({ entry }) => entry.id === id))
  const isSame = (one: LocalForm, other: LocalForm) => JSON.stringify(contentOf(one)) === JSON.stringify(contentOf(other))
  const isChanged = computed(() => {
    const now = form.value
    return now !== undefined && !isSame(now, row.value === undefined ? { ...emptyForm(now.kind), unit: now.unit } : formOf(row.value))
  })

  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = false
  const warn = (cause: unknown) => console.warn('What was begun could not be kept', cause)
  function keep(): void {
    clearTimeout(timer)
    timer = undefined
    if (form.value && !isOver) keepLocalForm(id, isChanged.value ? { ...form.value } : null).catch(warn)
  }

  watch(form, (_now, before) => {
    if (before === undefined) return
    clearTimeout(timer)
    timer = setTimeout(keep, pause)
  }, { deep: true })

  /** `unit` is the school that a new row is for at first. */
  async function open(unit: string): Promise<void> {
    const begun = (await localForms())[id]
    const known = (await localView()).rows.find(({ entry }) => entry.id === id)
    form.value = begun ?? (known ? formOf(known) : { ...emptyForm(kind), unit })
  }

  /** Saved or given up: nothing is kept. */
  async function forget(): Promise<void> {
    isOver = true
    clearTimeout(timer)
    await keepLocalForm(id, null)
  }

  /** After another's edit: begin again from theirs, or write over it knowingly. */
  function takeTheirs(): void { if (form.value) form.value = row.value ? formOf(row.value) : { ...form.value, version: 0 } }
  function keepMine(): void { if (form.value) form.value = { ...form.value, version: row.value?.version ?? 0 } }

  onBeforeUnmount(() => { if (timer !== undefined) keep() })
  return { form, row, isChanged, open, forget, takeTheirs, keepMine }
}
