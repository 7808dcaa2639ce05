/** What stands in a small form outlives a reload: sealed like a draft, written at every pause, and gone when it was saved. */
import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { currentAccount } from '#app/db/device.ts'
import { keepForm, keptForm } from '#app/db/forms.ts'

const pause = 300

export function useKeptForm<T extends object>(name: string, form: Ref<T>) {
  const wasRestored = ref(false)
  /** Whose form it is, as long as it is open. Undefined while it is not known what was begun: nothing is written over that. */
  let owner: string | null | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let writing: Promise<void> = Promise.resolve()

  function keep(): void {
    if (timer === undefined || owner === undefined) return
    clearTimeout(timer)
    timer = undefined
    const [whose, said] = [owner, { ...form.value }]
    writing = writing.then(() => keepForm(whose, name, said)).catch((cause: unknown) => console.warn('What was begun could not be kept', cause))
  }

  watch(form, () => {
    if (owner !== undefined) timer ??= setTimeout(keep, pause)
  }, { deep: true, flush: 'sync' })

  /** Puts what was begun over what the form begins with. */
  async function bringBack(): Promise<void> {
    const account = await currentAccount()
    const begun = await keptForm(account, name)
    if (begun) form.value = { ...form.value, ...begun }
    wasRestored.value = begun !== undefined
    owner = account
  }

  /** It was saved. */
  async function forget(): Promise<void> {
    const whose = owner
    owner = undefined
    clearTimeout(timer)
    timer = undefined
    await writing
    if (whose !== undefined) await keepForm(whose, name, null)
  }

  document.addEventListener('visibilitychange', keep)
  window.addEventListener('pagehide', keep)
  onScopeDispose(() => {
    keep()
    document.removeEventListener('visibilitychange', keep)
    window.removeEventListener('pagehide', keep)
  })
  /** Before somebody is told that it is kept: what was changed last is on the disk. */
  async function keepNow(): Promise<void> {
    keep()
    await writing
  }
  return { bringBack, forget, keepNow, wasRestored }
}
