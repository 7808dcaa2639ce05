/**
 * A form owns its draft while it is open: read once, written through within 150 ms, ended by the save. It can be typed in before the database is
 * there. It never live-queries its own row: that would be two writers.
 */
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { newId } from '#app/domain/ids.ts'
import type { Draft } from '#app/domain/model.ts'
import type { Facts } from '#contract/facts.ts'
import { useUpdateStore } from '#app/stores/update.ts'
import { errorKey } from './useAction.ts'

/** A change waits this long for the next one, and no longer, however fast somebody types. */
const patience = 120

export function newDraft(kind: Draft['kind'], report?: string): Draft {
  const id = newId()
  return { id, report: report ?? id, kind, kept: false, at: new Date().toISOString(), facts: {} }
}

export function useDraft(begin: () => Draft, find: () => Promise<Draft | undefined>) {
  const update = useUpdateStore()
  const draft = shallowRef(begin())
  const facts = computed(() => draft.value.facts)
  const isReady = ref(false)
  const wasRestored = ref(false)
  const removed = shallowRef<Draft>()
  const keptAt = ref<string>()
  const error = ref<string>()
  let isTouched = false
  let isDirty = false
  let isOver = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let writing: Promise<void> = Promise.resolve()

  /** What was found when the form was already in use becomes a Kladd of its own, or the ground of what is typed. Nothing is mixed or lost. */
  async function meet(found: Draft): Promise<void> {
    if (found.id === draft.value.id) return
    if (!isTouched) {
      draft.value = found
      wasRestored.value = Object.keys(found.facts).length > 0
    } else if (found.kind === 'supplement') {
      draft.value = { ...found, facts: { ...found.facts, ...draft.value.facts } }
    } else {
      const { keepDraft } = await import('#app/db/drafts.ts')
      await keepDraft({ ...found, kept: true })
    }
  }

  const looked = find().then((found) => (found ? meet(found) : undefined))
    .catch((cause: unknown) => { error.value = errorKey(cause); console.warn('The draft could not be read', cause) })
    .finally(() => { isReady.value = true })

  async function write(): Promise<void> {
    await looked
    if (isOver) return
    try {
      const { keepDraft } = await import('#app/db/drafts.ts')
      const at = new Date().toISOString()
      await keepDraft({ ...draft.value, at })
      keptAt.value = at
      error.value = undefined
    } catch (cause) {
      error.value = errorKey(cause)
      console.warn('The draft could not be kept', cause)
    }
  }

  /** Writes now what is not written yet. */
  function keepNow(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    if (isDirty && !isOver) {
      isDirty = false
      writing = writing.then(write)
    }
    return writing
  }

  function change(next: Facts): void {
    draft.value = { ...draft.value, facts: next }
    removed.value = undefined
    isTouched = true
    isDirty = true
    timer ??= setTimeout(() => { void keepNow() }, patience)
  }

  /** Empties the form. `bringBack` undoes it. */
  async function startOver(): Promise<void> {
    await keepNow()
    const { deleteDraft } = await import('#app/db/drafts.ts')
    await deleteDraft(draft.value.id)
    const old = draft.value
    draft.value = begin()
    wasRestored.value = false
    removed.value = old
  }
  function bringBack(): void {
    if (removed.value === undefined) return
    draft.value = removed.value
    change(removed.value.facts)
  }

  /** Ends the draft by `act`. Nothing is written beside it; if it fails the draft goes on. */
  async function finish(act: (last: Draft) => Promise<void>): Promise<void> {
    await keepNow()
    isOver = true
    try {
      await act(draft.value)
      isDirty = false
    } catch (cause) {
      isOver = false
      throw cause
    }
  }

  const keepIfLeaving = () => { if (document.visibilityState === 'hidden') void keepNow() }
  const keepAtOnce = () => { void keepNow() }
  document.addEventListener('visibilitychange', keepIfLeaving)
  window.addEventListener('pagehide', keepAtOnce)

  const isOpenForm = computed(() => Object.keys(facts.value).length > 0)
  const count = (open: boolean, before: boolean | undefined) => { if (open !== (before ?? false)) update.openForms += open ? 1 : -1 }
  watch(isOpenForm, count, { immediate: true })

  onScopeDispose(() => {
    void keepNow()
    if (isOpenForm.value) update.openForms -= 1
    document.removeEventListener('visibilitychange', keepIfLeaving)
    window.removeEventListener('pagehide', keepAtOnce)
  })

  return { draft, facts, isReady, wasRestored, removed, keptAt, error, change, keepNow, startOver, bringBack, finish }
}
