import 'fake-indexeddb/auto'
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import PushCard from '#app/features/notices/PushCard.vue'
import { screenText, showScreen, tap } from './screen.ts'

const [rita, vera] = ['0190a000-0000-7000-8000-00000000000a', '0190a000-0000-7000-8000-00000000000b']
const endpoint = 'https://fcm.googleapis.com/fcm/send/x'
const json = (value: unknown) => new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json' } })

let end = () => undefined as void
const show = async (account = rita) => {
  ({ end } = await showScreen(PushCard, { props: { account } }))
  await flushPromises()
}
const asked: [method: string, path: string, body: unknown][] = []
let permission: NotificationPermission
let answer: NotificationPermission
let isSubscribed: boolean
let questions: number
let line: () => Response

/** The browser's own half, which this window has none of: what it would answer is set by each test. */
function giveBrowser(): void {
  const subscription = { endpoint, toJSON: () => ({ endpoint, keys: { p256dh: 'p', auth: 'a' } }), unsubscribe: async () => { isSubscribed = false; return true } }
  const pushManager = { getSubscription: async () => (isSubscribed ? subscription : null), subscribe: async () => { isSubscribed = true; return subscription } }
  Object.defineProperty(navigator, 'serviceWorker', { configurable: true, value: { getRegistration: async () => ({ pushManager }) } })
  vi.stubGlobal('PushManager', () => undefined)
  vi.stubGlobal('Notification', { get permission() { return permission }, requestPermission: async () => { questions += 1; permission = answer; return answer } })
}

beforeEach(() => {
  [permission, answer, isSubscribed, questions] = ['default', 'granted', false, 0]
  localStorage.setItem('meldt.locale', '"nb"')
  asked.length = 0
  line = () => json({ key: 'BKey', isOn: true })
  giveBrowser()
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    asked.push([init.method ?? 'GET', path, init.body === undefined ? undefined : JSON.parse(String(init.body))])
    return init.method === 'GET' ? line() : new Response(null, { status: 204 })
  })
})
afterEach(() => {
  end()
  localStorage.clear()
  Reflect.deleteProperty(navigator, 'serviceWorker')
  vi.unstubAllGlobals()
})

describe('"Si fra på denne telefonen?"', () => {
  it('tells what it is first; the phone’s own question comes with the tap, and it can be turned off', async () => {
    await show()
    expect(screenText()).toContain('aldri hva eller hvem')
    expect(questions).toBe(0)
    await tap('Si fra her')
    await vi.waitFor(() => expect(screenText()).toContain('Denne telefonen sier fra'))
    expect(asked).toEqual([['GET', '/api/v1/push', undefined], ['PUT', '/api/v1/push', { endpoint, keys: { p256dh: 'p', auth: 'a' }, locale: 'nb' }]])
    await tap('Slå av')
    await vi.waitFor(() => expect(asked.at(-1)).toEqual(['POST', '/api/v1/push/end', { endpoint }]))
    expect(isSubscribed).toBe(false)
  })

  it('waits thirty days after "Ikke nå"', async () => {
    await show()
    await tap('Ikke nå')
    expect(screenText()).toBe('')
    end()
    await show()
    expect(screenText()).toBe('')
    end()
    vi.spyOn(Date, 'now').mockReturnValue(new Date().getTime() + 31 * 86_400_000)
    await show()
    await vi.waitFor(() => expect(screenText()).toContain('Si fra her'))
    vi.restoreAllMocks()
    expect(questions).toBe(0)
  })

  it('says how when the phone says no', async () => {
    answer = 'denied'
    await show()
    await tap('Si fra her')
    await vi.waitFor(() => expect(screenText()).toContain('i telefonens innstillinger'))
    expect(asked).toEqual([])
  })

  it('needs a line, and leaves nothing half done', async () => {
    line = () => { throw new TypeError('Failed to fetch') }
    await show()
    await tap('Si fra her')
    await vi.waitFor(() => expect(screenText()).toContain('når du har nett'))
    expect(isSubscribed).toBe(false)
  })

  it('is each person’s own', async () => {
    await show()
    await tap('Si fra her')
    await vi.waitFor(() => expect(screenText()).toContain('Slå av'))
    end()
    await show(vera)
    await vi.waitFor(() => expect(screenText()).toContain('Si fra her'))
  })

  it('says that an iPhone needs the app on its home screen first', async () => {
    vi.stubGlobal('Notification', undefined)
    Reflect.deleteProperty(window, 'Notification')
    const agent = vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0)')
    await show()
    await vi.waitFor(() => expect(screenText()).toContain('Legg til på Hjem-skjerm'))
    agent.mockRestore()
  })
})
