/**
 * A form owns its draft while it is open: read once, written through within 150 ms, ended by the save. It can be typed in before the database is
 * there. It never live-queries its own row: that would be two writers. It knows whose draft it is: when another tab goes over to somebody else, what
 * was written stays with whoever wrote it, and the form is empty.
 */
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { newId } from '#app/domain/ids.ts'
import type { Draft } from '#app/domain/model.ts'
import type { Facts } from '#contract/facts.ts'
import { useSessionStore } from '#app/stores/session.ts'
import { useUpdateStore } from '#app/stores/update.ts'
import { errorKey } from './useAction.ts'

/** A change waits this long for the next one, and no longer, however fast somebody types. */
const patience = 120

type Owner = string | null

export function newDraft(kind: Draft['kind'], report?: string): Draft {
  const id = newId()
  return { id, report: report ?? id, kind, kept: false, at: new Date().toISOString(), facts: {} }
}

export function useDraft(begin: () => Draft, find: (owner: Owner) => Promise<Draft | undefined>) {
  const update = useUpdateStore()
  const session = useSessionStore()
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
  let owner: Owner | undefined
  /** Rises with every new owner: a write that was ordered before is not done with the next one's words. */
  let turn = 0
  let isEnding = false
  let successor: { account: Owner } | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let writing: Promise<void> = Promise.resolve()

  async function ownerNow(): Promise<Owner> {
    if (owner !== undefined) return owner
    await session.settle()
    const { currentAccount } = await import('#app/db/device.ts')
    return owner = await currentAccount()
  }

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
      await keepDraft({ ...found, kept: true }, owner)
    }
  }

  async function look(): Promise<void> {
    try {
      const found = await find(await ownerNow())
      if (found) await meet(found)
    } catch (cause) {
      error.value = errorKey(cause)
      console.warn('The draft could not be read', cause)
    } finally {
      isReady.value = true
    }
  }
  let looked = look()

  async function put(last: Draft, whose: Owner): Promise<void> {
    const { keepDraft } = await import('#app/db/drafts.ts')
    const at = new Date().toISOString()
    await keepDraft({ ...last, at }, whose)
    keptAt.value = at
    error.value = undefined
  }
  function failed(cause: unknown): void {
    error.value = errorKey(cause)
    console.warn('The draft could not be kept', cause)
  }

  async function write(ordered: number): Promise<void> {
    await looked
    const whose = await ownerNow()
    if (!isOver && ordered === turn) await put(draft.value, whose)
  }

  /** Writes now what is not written yet. */
  function keepNow(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    if (isDirty && !isOver) {
      isDirty = false
      const ordered = turn
      writing = writing.then(() => write(ordered)).catch(failed)
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
    await deleteDraft(draft.value.id, owner)
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

  /** Somebody else has the phone now. Not in the middle of a save: that is still the former one's. */
  function handOver(next: Owner): void {
    if (isEnding) { successor = { account: next }; return }
    if (owner === undefined || next === owner || isOver) return
    const [last, whose] = [draft.value, owner]
    clearTimeout(timer)
    timer = undefined
    if (isTouched) writing = writing.then(() => put(last, whose)).catch(failed)
    turn += 1
    owner = next
    draft.value = begin()
    isTouched = isDirty = wasRestored.value = false
    removed.value = undefined
    looked = look()
  }

  /** Ends the draft by `act`, in the name of whoever wrote it. Nothing is written beside it; if it fails the draft goes on. */
  async function finish(act: (last: Draft, owner: Owner) => Promise<void>): Promise<void> {
    isEnding = true
    try {
      // What was begun before is the draft, also for a tap that is faster than the database.
      await looked
      await keepNow()
      const whose = await ownerNow()
      isOver = true
      await act(draft.value, whose)
      isDirty = false
    } catch (cause) {
      isOver = isEnding = false
      if (successor) handOver(successor.account)
      throw cause
    }
  }

  let stopFollowing = () => undefined as void
  let isLeft = false
  async function followOwner(): Promise<void> {
    const known = await ownerNow()
    const { followAccount } = await import('#app/db/device.ts')
    if (!isLeft) stopFollowing = followAccount(handOver, known)
  }
  looked.then(followOwner).catch((cause: unknown) => console.warn('It cannot be followed whose form this is', cause))

  const keepIfLeaving = () => { if (document.visibilityState === 'hidden') void keepNow() }
  const keepAtOnce = () => { void keepNow() }
  document.addEventListener('visibilitychange', keepIfLeaving)
  window.addEventListener('pagehide', keepAtOnce)

  const isOpenForm = computed(() => Object.keys(facts.value).length > 0)
  const count = (open: boolean, before: boolean | undefined) => { if (open !== (before ?? false)) update.openForms += open ? 1 : -1 }
  watch(isOpenForm, count, { immediate: true })

  onScopeDispose(() => {
    isLeft = true
    stopFollowing()
    void keepNow()
    if (isOpenForm.value) update.openForms -= 1
    document.removeEventListener('visibilitychange', keepIfLeaving)
    window.removeEventListener('pagehide', keepAtOnce)
  })

  return { draft, facts, isReady, wasRestored, removed, keptAt, error, change, keepNow, startOver, bringBack, finish }
}
