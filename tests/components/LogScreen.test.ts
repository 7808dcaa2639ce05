import 'fake-indexeddb/auto'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import LogScreen from '#app/features/reports/LogScreen.vue'
import { newDraft } from '#app/composables/useDraft.ts'
import { switchAccount } from '#app/db/device.ts'
import { deleteDraft, keepDraft, keptDrafts, openDraft } from '#app/db/drafts.ts'
import { inAccount } from '#app/db/gateway.ts'
import { myReports } from '#app/db/reports.ts'
import { giveKeys, isChosen, screenText, showScreen, tap } from './screen.ts'

let end = () => undefined as void
const show = async (path = '/') => {
  const screen = await showScreen(LogScreen, { path })
  end = screen.end
  return screen
}
beforeAll(giveKeys)
afterEach(async () => {
  end()
  for (const draft of [await openDraft(), ...await keptDrafts()]) if (draft) await deleteDraft(draft.id)
})

describe('the form of the first screen', () => {
  it('has six tiles and three severities, and nothing is chosen', async () => {
    await show()
    expect(document.querySelectorAll('.tiles input[type=checkbox]')).toHaveLength(6)
    expect(document.querySelectorAll('.choices input[type=radio]')).toHaveLength(3)
    expect(document.querySelectorAll('.tile input:checked')).toHaveLength(0)
  })

  it('saves after two choices and goes to the receipt', async () => {
    const { router } = await show()
    await tap('Slag eller spark')
    await tap('Vondt eller redd')
    await tap('Lagre på telefonen')
    await vi.waitFor(() => expect(router.currentRoute.value.path).toMatch(/^\/receipt\//))
    const [report] = await myReports(1)
    expect(report?.facts).toMatchObject({ tiles: ['hit'], severity: 2 })
    expect(report?.facts.occurredAt).toMatch(/T.*[+-]\d\d:\d\d$|Z$/)
  })

  it('saves once when the button is tapped twice', async () => {
    const { router } = await show()
    const before = (await myReports(50)).length
    await tap('Trussel')
    const button = document.querySelector<HTMLFormElement>('form')
    button?.requestSubmit()
    button?.requestSubmit()
    await vi.waitFor(() => expect(router.currentRoute.value.path).toMatch(/^\/receipt\//))
    expect(await myReports(50)).toHaveLength(before + 1)
  })

  it('keeps a Kladd when nothing is chosen, and refuses nothing', async () => {
    const { router } = await show()
    await tap('Lagre på telefonen')
    await vi.waitFor(() => expect(router.currentRoute.value.path).toMatch(/^\/receipt\//))
    expect(await keptDrafts()).toHaveLength(1)
  })

  it('brings back by itself what was begun, says so, and starts over when asked, which can be undone', async () => {
    const first = await show()
    await tap('Skadeverk')
    await vi.waitFor(async () => expect((await openDraft())?.facts.tiles).toEqual(['damage']))
    first.end()
    await show()
    await vi.waitFor(() => expect(screenText()).toContain('Vi tok vare på det du hadde begynt på.'))
    expect(isChosen('Skadeverk')).toBe(true)
    await tap('Start på nytt')
    await vi.waitFor(() => expect(isChosen('Skadeverk')).toBe(false))
    expect(await openDraft()).toBeUndefined()
    await tap('Angre')
    await vi.waitFor(async () => expect((await openDraft())?.facts.tiles).toEqual(['damage']))
    expect(isChosen('Skadeverk')).toBe(true)
  })

  it('saves what was begun, also for somebody who is faster than the database', async () => {
    await keepDraft({ ...newDraft('report'), facts: { tiles: ['damage'] } })
    const before = (await myReports(50)).length
    const soonest = new MutationObserver(() => {
      const form = document.querySelector<HTMLFormElement>('form')
      if (form) { soonest.disconnect(); form.requestSubmit() }
    })
    soonest.observe(document, { childList: true, subtree: true })
    const { router } = await show()
    await vi.waitFor(() => expect(router.currentRoute.value.path).toMatch(/^\/receipt\//))
    expect(await keptDrafts()).toEqual([])
    expect(await openDraft()).toBeUndefined()
    const [report, ...others] = await myReports(50)
    expect([report?.facts.tiles, others.length]).toEqual([['damage'], before])
  })

  it('makes an older draft a Kladd of its own when somebody was faster than the database', async () => {
    const first = await show()
    await tap('Skadeverk')
    await vi.waitFor(async () => expect(await openDraft()).toBeDefined())
    first.end()
    const screen = showScreen(LogScreen)
    await vi.waitFor(() => document.querySelector('.tile input') ?? Promise.reject(new Error('not yet')))
    document.querySelector<HTMLElement>('.tile input')?.click()
    end = (await screen).end
    await vi.waitFor(async () => {
      const all = [await openDraft(), ...await keptDrafts()].flatMap((draft) => draft?.facts.tiles ?? [])
      expect(all).toContain('damage')
    })
  })
})

describe('the form when somebody else takes over the phone in another tab', () => {
  const [kari, ola] = ['0190a000-0000-7000-8000-00000000000a', '0190a000-0000-7000-8000-00000000000b']
  beforeEach(() => switchAccount(kari))
  afterEach(async () => {
    for (const account of [kari, ola]) {
      const draft = await openDraft(account)
      if (draft) await deleteDraft(draft.id, account)
    }
    await switchAccount(null)
  })

  it('is empty for them, and to the last tap it is kept for the one who wrote it', async () => {
    await show()
    await tap('Skadeverk')
    await vi.waitFor(async () => expect((await openDraft(kari))?.facts.tiles).toEqual(['damage']))
    await tap('Vondt eller redd')
    await switchAccount(ola)
    await vi.waitFor(() => expect([isChosen('Skadeverk'), isChosen('Vondt eller redd')]).toEqual([false, false]))
    await vi.waitFor(async () => expect((await openDraft(kari))?.facts).toMatchObject({ tiles: ['damage'], severity: 2 }))
    expect(await openDraft(ola)).toBeUndefined()
    await tap('Trussel')
    await vi.waitFor(async () => expect((await openDraft(ola))?.facts.tiles).toEqual(['threat']))
    expect((await openDraft(kari))?.facts.tiles).toEqual(['damage'])
  })

  it('shows what they had begun themselves', async () => {
    await keepDraft({ ...newDraft('report'), facts: { tiles: ['bite'] } }, ola)
    await show()
    await tap('Skadeverk')
    await switchAccount(ola)
    await vi.waitFor(() => expect(isChosen('Biting, kloring, spytting')).toBe(true))
    expect(isChosen('Skadeverk')).toBe(false)
  })

  it('is saved for the one who tapped, not for the one who came in the middle of it', async () => {
    const { router } = await show()
    await tap('Trussel')
    const before = (await inAccount(kari, ({ letters }) => letters.count()))
    const saved = tap('Lagre på telefonen')
    await switchAccount(ola)
    await saved
    await vi.waitFor(() => expect(router.currentRoute.value.path).toMatch(/^\/receipt\//))
    expect(await inAccount(kari, ({ letters }) => letters.count())).toBe(before + 1)
    expect(await inAccount(ola, ({ letters }) => letters.count())).toBe(0)
  })
})
