/** Who is signed in, as the server last said. What the shell needs before it answers (is there an inbox, is this a demo) is remembered without names. */
import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { Grant, Session } from '#contract/session.ts'
import { forgetRead } from './lastRead.ts'
import { forgetPreferences, readPreference, writePreference } from './storage.ts'

/** `grants` are those of whoever was signed in last, for a start without a line: roles and schools, no name of a person. */
interface Hint { inbox: boolean; grants?: readonly Grant[]; demo: boolean; municipality: string }
const readsCases = ['leder', 'verneombud', 'hms']

/** Where a sign-in begins. `someoneElse` asks for another person than the last one. */
export const signInAddress = (returnTo: string, someoneElse = false): string =>
  `/auth/login?return_to=${encodeURIComponent(returnTo)}${someoneElse ? '&switch=1' : ''}`

/** Left readable by the server at sign-in (server/identity/cookies.ts). An id, and no power. */
const accountOfCookie = (): string | undefined => /(?:^|; )__Host-who=([0-9a-f-]{36})/.exec(document.cookie)?.[1]

/** Of a phone that was emptied without a line: the server does not know yet that nobody is signed in here. */
const owed = 'signOutOwed'
/** Whoever empties a phone is in a hurry. */
const wipePatience = 5_000

const hintNow = (): Hint => readPreference<Hint>('session') ?? { inbox: false, demo: false, municipality: '' }

export const useSessionStore = defineStore('session', () => {
  const session = shallowRef<Session>()
  const hint = ref<Hint>(hintNow())
  /** Rises when another person's rows must be shown. */
  const turn = ref(0)
  /** Whom this tab went over to itself. */
  let shown: string | null | undefined
  const account = computed(() => session.value?.account ?? null)
  /** False until the server has answered in this run. */
  const isKnown = computed(() => session.value !== undefined)
  const isSignedIn = computed(() => account.value !== null)
  const grants = computed(() => account.value?.grants ?? hint.value.grants ?? [])
  const hasInbox = computed(() => hint.value.inbox)
  const demo = computed(() => hint.value.demo)
  const municipality = computed(() => hint.value.municipality)

  function keep(next: Session): void {
    session.value = next
    hint.value = {
      demo: next.demo,
      municipality: next.municipality,
      inbox: next.account ? next.account.grants.some(({ role }) => readsCases.includes(role)) : hint.value.inbox,
      grants: next.account ? next.account.grants : hint.value.grants ?? [],
    }
    writePreference('session', hint.value)
  }

  /** Whoever comes next must not have the phone ring for whoever was here. */
  const quiet = async () => {
    if (typeof readPreference<string>('pushFor') !== 'string') return
    await import('./push.ts').then(({ unsubscribe }) => unsubscribe()).catch((cause: unknown) => console.warn('This phone may still be told', cause))
  }

  async function goOverTo(id: string | null): Promise<boolean> {
    const { currentAccount, switchAccount } = await import('#app/db/device.ts')
    if (id === await currentAccount()) return false
    shown = id
    await switchAccount(id)
    await quiet()
    forgetRead()
    turn.value += 1
    return true
  }

  /** The phone went over to another person. If another tab did it, the screens here begin anew too, and the server is asked who we are. */
  async function follow(id: string | null): Promise<void> {
    if (id === shown) return
    shown = id
    hint.value = hintNow()
    turn.value += 1
    await load()
  }

  let settling: Promise<boolean> | undefined
  /** Before any row is shown or written: the phone goes over to the person whom the last sign-in was for, line or no line. True when it was another one. */
  const settle = (): Promise<boolean> => settling ??= (async () => {
    const signedIn = accountOfCookie()
    if (signedIn === undefined) return false
    if (readPreference<boolean>(owed) === true) writePreference(owed, false)
    return goOverTo(signedIn)
  })().catch((cause: unknown) => {
    settling = undefined
    throw cause
  })

  /** Whoever has signed in since, has another session than the one that was to end. */
  const isOwed = () => readPreference<boolean>(owed) === true && accountOfCookie() === undefined
  async function endOnServer(): Promise<boolean> {
    const { endSession } = await import('#app/api/session.ts')
    return (await endSession()).kind === 'ok'
  }

  /** Ends the session that a wiped phone still owes. True when nothing is owed (any more). */
  async function payOff(): Promise<boolean> {
    if (!isOwed()) return true
    const isEnded = await endOnServer()
    if (isEnded) writePreference(owed, false)
    return isEnded
  }

  /**
   * "Slett alt": the session ends, the rows go by `wipe`, and every preference. Without a line the end is owed: the cookie that says whose rows to show
   * is taken away here, and the server is told when there is a line. True when it was told. Afterwards the page must begin anew.
   */
  async function forget(wipe: () => Promise<void>): Promise<boolean> {
    const isEnded = await Promise.race([endOnServer(), new Promise<false>((resolve) => { setTimeout(() => resolve(false), wipePatience) })])
    if (!isEnded) writePreference(owed, true)
    document.cookie = '__Host-who=; Path=/; Secure; Max-Age=0'
    await quiet()
    await wipe()
    forgetPreferences()
    if (!isEnded) writePreference(owed, true)
    return isEnded
  }

  /** Asks the server who we are. True when the phone went over to another person's rows. Without a line everything stays as it was. */
  async function load(): Promise<boolean> {
    const { getSession } = await import('#app/api/session.ts')
    const answer = await getSession()
    if (answer.kind !== 'ok') return false
    keep(answer.value)
    const signedIn = answer.value.account?.id
    return signedIn === undefined ? false : goOverTo(signedIn)
  }

  /** Signs out on the server. What waits stays on the phone, out of sight, and is still delivered. True when the server did it. */
  async function end(): Promise<boolean> {
    if (!await endOnServer()) return false
    hint.value = { ...hint.value, inbox: false, grants: [] }
    writePreference('session', hint.value)
    if (session.value) session.value = { ...session.value, account: null }
    await goOverTo(null)
    return true
  }

  return { session, account, isKnown, isSignedIn, grants, hasInbox, demo, municipality, turn, settle, follow, payOff, forget, load, end }
})
