import 'fake-indexeddb/auto'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import LogScreen from '#app/features/reports/LogScreen.vue'
import { deleteDraft, keptDrafts, openDraft } from '#app/db/drafts.ts'
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
