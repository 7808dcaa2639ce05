import 'fake-indexeddb/auto'
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import NowScreen from '#app/features/steps/NowScreen.vue'
import OverviewScreen from '#app/features/steps/OverviewScreen.vue'
import StepScreen from '#app/features/steps/StepScreen.vue'
import { changePlace, forgetPlace, walkPlaces } from '#app/db/walks.ts'
import { loadGuide } from '#app/composables/useGuide.ts'
import { atStep } from '#app/domain/walkPlace.ts'
import { find, screenText, showScreen, tap } from './screen.ts'

let end = () => undefined as void
const show = async (...asked: Parameters<typeof showScreen>) => {
  const screen = await showScreen(...asked)
  end = screen.end
  return screen
}
const heading = () => document.querySelector('h1')?.textContent ?? ''
beforeEach(() => forgetPlace('rising'))
afterEach(() => end())

describe('when it happens', () => {
  it('shows the six acts and the three numbers, and says quietly where the numbers of the school come from', async () => {
    await show(NowScreen, { path: '/now' })
    expect([...document.querySelectorAll('.now-act strong')].map(({ textContent }) => textContent)).toEqual(
      expect.arrayContaining(['Hold avstand.', 'Få hjelp.', 'Fare for liv eller helse?', 'Flytt de andre elevene.', 'Få ord, rolig stemme.', 'Gå ut hvis du er i fare.']))
    for (const number of ['112', '113', '110']) expect(find(new RegExp(`^${number}`), 'a').getAttribute('href')).toBe(`tel:${number}`)
    expect(screenText()).toContain('Numrene til skolen din kommer når noen har logget inn')
  })

  it('offers what is under way first', async () => {
    await changePlace('rising', (place) => atStep(place, 3, Date.now()))
    await show(NowScreen, { path: '/now' })
    await vi.waitFor(() => expect(find(/^Fortsett der du slapp/, 'a').getAttribute('href')).toBe('/steps/rising/3'))
  })
})

describe('a walk-through on one page', () => {
  it('has all its steps, says who must confirm it, and starts', async () => {
    const walk = (await loadGuide('nb')).items.find(({ id }) => id === 'rising')
    await show(OverviewScreen, { path: '/steps/rising', props: { id: 'rising' } })
    await vi.waitFor(() => expect(heading()).toBe(walk?.title))
    expect(document.querySelectorAll('.overview-step')).toHaveLength(walk?.kind === 'walk' ? walk.steps.length : 0)
    expect(screenText()).toMatch(/Sist gjennomgått .* Kommunen må bekrefte teksten: HMS/)
    expect(find('Start', 'a').getAttribute('href')).toBe('/steps/rising/1')
  })

  it('goes on where it was left, or begins anew', async () => {
    await changePlace('rising', (place) => atStep(place, 3, Date.now()))
    await show(OverviewScreen, { path: '/steps/rising', props: { id: 'rising' } })
    await vi.waitFor(() => expect(find('Fortsett på steg 3', 'a').getAttribute('href')).toBe('/steps/rising/3'))
    await tap('Begynn på nytt')
    await vi.waitFor(() => find('Start', 'a'))
    expect(await walkPlaces()).toEqual({})
  })

  it('says so when there is none of that name', async () => {
    await show(OverviewScreen, { path: '/steps/nothing', props: { id: 'nothing' } })
    await vi.waitFor(() => expect(heading()).toBe('Fant ikke denne gjennomgangen'))
  })
})

describe('a step', () => {
  const open = async (step: string) => {
    await loadGuide('nb')
    const screen = await show(StepScreen, { path: `/steps/rising/${step}`, props: { id: 'rising', step } })
    await vi.waitFor(async () => expect((await walkPlaces())['rising']?.step).toBeDefined())
    return screen
  }

  it('keeps what is ticked, as numbers only', async () => {
    await open('2')
    await tap('Jeg har fri vei ut')
    await vi.waitFor(async () => expect((await walkPlaces())['rising']?.checks).toEqual({ 2: [0] }))
    end()
    await open('2')
    await vi.waitFor(() => expect(find('Jeg har fri vei ut', 'label').querySelector('input')?.checked).toBe(true))
    expect(JSON.stringify(await walkPlaces())).not.toMatch(/fri vei/)
  })

  it('stays inside the walk, and ends with what to do next', async () => {
    await open('99')
    expect(screenText()).toMatch(/Steg 9 av 9/)
    expect(find('Skriv ned det som skjedde', 'a').getAttribute('href')).toBe('/')
    await tap('Ferdig')
    await vi.waitFor(async () => expect(await walkPlaces()).toEqual({}))
  })

  it('counts down, pauses, and gives a minute more', async () => {
    await open('7')
    const clock = () => document.querySelector('[role=timer]')?.textContent
    expect(clock()).toBe('02:00')
    await tap('+1 min')
    expect(clock()).toBe('03:00')
    await tap('Start')
    await flushPromises()
    expect(document.querySelector('.timer [role=status]')?.textContent).toBe('3 minutter igjen')
    await tap('Pause')
    find('Fortsett', 'button')
    await vi.waitFor(async () => expect((await walkPlaces())['rising']?.timers[7]?.total).toBe(180_000))
  })

  it('shows no name of the walk in the dim view', async () => {
    await open('2')
    expect(screenText()).toContain('En elev blir urolig eller sint')
    await tap('Dempet visning')
    expect(screenText()).not.toContain('En elev blir urolig eller sint')
    expect(document.documentElement.dataset['colorScheme']).toBe('dark')
    await tap('Dempet visning')
    end()
    end = () => undefined
    expect(document.documentElement.dataset['colorScheme']).toBe('auto')
  })
})
