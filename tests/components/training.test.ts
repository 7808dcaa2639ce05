import 'fake-indexeddb/auto'
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { TrainingChange } from '#contract/training.ts'
import type { Role } from '#contract/vocabulary.ts'
import CourseScreen from '#app/features/training/CourseScreen.vue'
import EntryScreen from '#app/features/training/EntryScreen.vue'
import StoryScreen from '#app/features/training/StoryScreen.vue'
import TrainingFormScreen from '#app/features/training/TrainingFormScreen.vue'
import TrainingScreen from '#app/features/training/TrainingScreen.vue'
import { keepChanges } from '#app/db/changes.ts'
import { switchAccount } from '#app/db/device.ts'
import { keptForm } from '#app/db/forms.ts'
import { letGoOfAll } from '#app/db/gateway.ts'
import { saveTraining, trainingList } from '#app/db/training.ts'
import { wipePhone } from '#app/db/storage.ts'
import { dayFrom } from '#app/domain/trainingForm.ts'
import { find, giveKeys, screenText, showScreen, tap } from './screen.ts'

let end = () => undefined as void
const rita = '0190a000-0000-7000-8000-00000000000b'
const unit = { id: '0190a000-0000-7000-8000-0000000000c0', name: 'Solbakken skole' }
/** What the phone remembers of the last sign-in. */
const granted = (role: Role) => localStorage.setItem('meldt.session', JSON.stringify({ inbox: true, demo: true, municipality: 'Demo', grants: [{ role, unit: role === 'hms' ? null : unit }] }))
const show = async (...asked: Parameters<typeof showScreen>) => {
  const screen = await showScreen(...asked)
  end = screen.end
  return screen
}
const write = async (label: string | RegExp, words: string) => {
  const name = find(label, 'label')
  const field = document.getElementById(name.getAttribute('for') ?? '') ?? name.parentElement?.querySelector('input, textarea')
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) throw new Error(String(label))
  field.value = words
  field.dispatchEvent(new Event('input'))
  field.dispatchEvent(new Event('change'))
  await flushPromises()
}
const entry = '0190a000-0000-7000-8000-0000000000f1'
const told: TrainingChange = {
  kind: 'training', report: entry, seq: 7, unit: unit.id, unitName: unit.name, what: 'request', form: 'training', code: 'course-ros', title: null, on: '2027-01-01', until: '2027-03-01', people: 20, groups: [], need: 'risk',
  state: 'asked', text: 'Vi har mange nye.', message: null, byRole: 'leder', receivedAt: '2026-11-23T09:00:00.000Z', changedAt: '2026-11-23T09:00:00.000Z', answeredAt: null, removed: false,
}

beforeAll(() => giveKeys())
beforeEach(async () => {
  letGoOfAll()
  await wipePhone()
  await giveKeys()
  await switchAccount(rita)
  granted('leder')
})
afterEach(() => end())

describe('the offer', () => {
  it('is everybody’s to read, and is chosen by need', async () => {
    granted('ansatt')
    await show(TrainingScreen)
    await vi.waitFor(() => expect(document.querySelectorAll('main .card').length).toBe(6))
    await tap('Nevroutviklingsforstyrrelser')
    const titles = [...document.querySelectorAll('main .card h2')].map((title) => title.textContent)
    expect(titles).toContain('Kurs om nevroutviklingsforstyrrelser')
    expect(titles.length).toBeLessThan(6)
    expect(screenText()).not.toContain('Skriv inn opplæring eller øvelse')
    expect(document.querySelectorAll('.link-list a[href^="/story/"]').length).toBeGreaterThanOrEqual(6)
  })

  it('is asked for by a leader and logged by a safety representative', async () => {
    await show(CourseScreen, { props: { id: 'course-ros' } })
    await vi.waitFor(() => find('Be om dette'))
    end()
    granted('verneombud')
    await show(CourseScreen, { props: { id: 'course-ros' } })
    await vi.waitFor(() => find('Skriv inn at dette er gjort'))
    expect(screenText()).not.toContain('Be om dette')
  })
})

describe('the log', () => {
  it('says what is missing, keeps no id number, and shows at once what was last done', async () => {
    await show(TrainingScreen)
    await vi.waitFor(() => expect(screenText()).toContain('Ikke øvd siste halvår.'))
    end()
    const { router } = await show(TrainingFormScreen, { path: '/training/new/log?item=story-line', props: { what: 'log' } })
    await vi.waitFor(() => find('Lagre i loggen'))
    await tap('Lagre i loggen')
    await vi.waitFor(() => expect(screenText()).toContain('Skriv hvor mange, fra 1 til 2000.'))
    await write('Hvor mange var med?', '14')
    await write(/Hva lærte dere\?/, 'Ring 01010750160 først')
    find('Lagre i loggen').closest('form')?.requestSubmit()
    await vi.waitFor(() => expect(router.currentRoute.value.path).toMatch(/^\/training\/entry\//))
    expect(await trainingList()).toMatchObject([{ form: 'practice', code: 'story-line', people: 14, on: dayFrom(new Date()) }])
    expect((await trainingList())[0]?.text).not.toContain('01010750160')
    end()
    await show(TrainingScreen)
    await vi.waitFor(() => expect(screenText()).toContain('Lagret på telefonen'))
    expect(screenText()).not.toContain('Ikke øvd siste halvår.')
  })
})

describe('what somebody has begun to write', () => {
  it('about training outlives a reload, is no word in the open, and is gone when it was saved', async () => {
    const form = { path: '/training/new/log?item=course-ros', props: { what: 'log' } }
    await show(TrainingFormScreen, form)
    await vi.waitFor(() => find('Lagre i loggen'))
    await write('Hvor mange var med?', '9')
    await write(/Hva lærte dere\?/, 'Ring 01010750160 og gå ut')
    end()
    await vi.waitFor(async () => expect(await keptForm(rita, 'training/log/course-ros')).toMatchObject({ people: '9', text: expect.not.stringContaining('01010750160') as string }))
    const { router } = await show(TrainingFormScreen, form)
    await vi.waitFor(() => expect(screenText()).toContain('Vi tok vare på det du hadde begynt på.'))
    expect(document.querySelector<HTMLTextAreaElement>('#training-text')?.value).toContain('og gå ut')
    find('Lagre i loggen').closest('form')?.requestSubmit()
    await vi.waitFor(() => expect(router.currentRoute.value.path).toMatch(/^\/training\/entry\//))
    expect(await keptForm(rita, 'training/log/course-ros')).toBeUndefined()
  })
})

describe('an entry', () => {
  it('of a plan is marked as done, and its log starts with what was planned', async () => {
    const id = await saveTraining({ v: 1, what: 'plan', form: 'practice', title: 'Brannhane og telefon', on: '2026-12-01', groups: ['sfo'], state: 'planned' })
    await show(EntryScreen, { props: { id } })
    await vi.waitFor(() => find('Merk som gjort'))
    await tap('Merk som gjort')
    await vi.waitFor(async () => expect((await trainingList())[0]?.state).toBe('done'))
    end()
    await show(TrainingFormScreen, { path: `/training/new/log?from=${id}`, props: { what: 'log' } })
    await vi.waitFor(() => expect(document.querySelector<HTMLInputElement>('#training-title')?.value).toBe('Brannhane og telefon'))
  })

  it('is removed only after a question', async () => {
    const id = await saveTraining({ v: 1, what: 'log', form: 'training', code: 'course-ros', on: '2026-11-01', people: 3 })
    await show(EntryScreen, { props: { id } })
    await vi.waitFor(() => find('Fjern'))
    await tap('Fjern')
    await vi.waitFor(() => expect(screenText()).toContain('Fjerne dette?'))
    expect(await trainingList()).toHaveLength(1)
    find('Fjern', 'dialog button').click()
    await vi.waitFor(async () => expect(await trainingList()).toEqual([]))
  })

  it('that a school asks for is answered by the municipality', async () => {
    granted('hms')
    await keepChanges(rita, { changes: [told], cursor: '1.7', more: false }, false)
    await show(TrainingScreen)
    await vi.waitFor(() => expect(screenText()).toContain('Forespørsler uten svar (1)'))
    expect(screenText()).toContain('Solbakken skole')
    end()
    await show(EntryScreen, { props: { id: entry } })
    await vi.waitFor(() => find('Send svaret'))
    expect(screenText()).not.toContain('Fjern')
    await tap('Send svaret')
    await vi.waitFor(() => expect(screenText()).toContain('Velg et svar først.'))
    await tap('Vi tar kontakt')
    await write(/Melding til lederen/, 'Vi ringer i uke 50.')
    await tap('Send svaret')
    await vi.waitFor(async () => expect(await trainingList()).toMatchObject([{ state: 'contact', message: 'Vi ringer i uke 50.' }]))
    await vi.waitFor(() => expect(screenText()).toContain('Svar fra kommunen'))
  })
})

describe('a story', () => {
  it('lets every choice be tried, says why, counts nothing, and can be logged and played again', async () => {
    await show(StoryScreen, { props: { id: 'story-line' } })
    await vi.waitFor(() => expect(document.querySelectorAll('main label').length).toBe(3))
    const said = new Set<string>()
    for (let moment = 0; moment < 4; moment += 1) {
      const choices = document.querySelectorAll<HTMLElement>('main label input')
      if (choices.length === 0) break
      for (const choice of choices) {
        choice.click()
        await flushPromises()
        said.add(document.querySelector('[role="status"] strong')?.textContent ?? '')
      }
      const next = [...document.querySelectorAll<HTMLElement>('main button')].at(-1)
      next?.click()
      await flushPromises()
    }
    expect([...said].toSorted()).toEqual(['Dette hjelper ofte', 'Et stykke på vei', 'Tenk en gang til'])
    expect(screenText()).toContain('Slutten på historien')
    expect(document.activeElement?.textContent).toBe('Slutten på historien')
    expect(find('Skriv inn dette som øvelse').getAttribute('href')).toBe('/training/new/log?item=story-line')
    await tap('Øv en gang til')
    expect(screenText()).toContain('Del 1 av')
  })
})
