import 'fake-indexeddb/auto'
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import ArticleScreen from '#app/features/guide/ArticleScreen.vue'
import GuideHome from '#app/features/guide/GuideHome.vue'
import GuideList from '#app/features/guide/GuideList.vue'
import { keepLocal } from '#app/db/local.ts'
import { wipePhone } from '#app/db/storage.ts'
import { loadGuide } from '#app/composables/useGuide.ts'
import { lastRead, noteRead } from '#app/stores/lastRead.ts'
import { find, screenText, showScreen, tap } from './screen.ts'

const school = '0d000000-0000-4000-8000-000000000001'
let end = () => undefined as void
const show = async (...asked: Parameters<typeof showScreen>) => {
  await loadGuide('nb')
  const screen = await showScreen(...asked)
  end = screen.end
  await flushPromises()
  return screen
}
const heading = () => document.querySelector('h1')?.textContent ?? ''
const titlesUnder = (words: string) => [...document.querySelectorAll('section.list')].filter((section) => section.querySelector('h2')?.textContent === words)
  .flatMap((section) => [...section.querySelectorAll('.link-row strong')].map(({ textContent }) => textContent))
const titlesOf = async (ids: readonly string[]) => {
  const { items } = await loadGuide('nb')
  return ids.map((id) => items.find((item) => item.id === id)?.title)
}
beforeEach(() => {
  localStorage.clear()
  window.history.replaceState(null, '')
})
afterEach(() => end())

describe('the front page of the guidance', () => {
  it('leads to what to do now, to the three phases and to training', async () => {
    await show(GuideHome, { path: '/guide' })
    expect([...document.querySelectorAll('nav .link-row')].map((link) => link.getAttribute('href'))).toEqual(['/now', '/guide/before', '/guide/during', '/guide/after', '/training'])
  })

  it('shows what was read last, the latest first, and forgets it when asked to', async () => {
    for (const id of ['alarm', 'lone-work', 'reactions', 'alarm', 'talks']) noteRead(id)
    await show(GuideHome, { path: '/guide' })
    expect(titlesUnder('Sist lest')).toEqual(await titlesOf(['talks', 'alarm', 'reactions']))
    await tap('Tøm listen')
    expect(screenText()).not.toContain('Sist lest')
    expect(lastRead()).toEqual([])
  })

  it('says nothing of being kept where nothing keeps it', async () => {
    await show(GuideHome, { path: '/guide' })
    expect(screenText()).not.toContain('Lagret på telefonen')
  })

  it('takes a question from the address over, and out of it', async () => {
    const { router } = await show(GuideHome, { path: '/guide?q=slått' })
    await flushPromises()
    expect(document.querySelector<HTMLInputElement>('#guide-search')?.value).toBe('slått')
    expect(router.currentRoute.value.fullPath).toBe('/guide')
  })

  it('keeps a question with its place in the history, and never in the address', async () => {
    vi.useFakeTimers()
    try {
      const { router } = await show(GuideHome, { path: '/guide' })
      const field = document.querySelector<HTMLInputElement>('#guide-search')
      if (field === null) throw new Error('There is no field')
      field.value = 'alene'
      field.dispatchEvent(new Event('input'))
      await vi.advanceTimersByTimeAsync(300)
      expect(window.history.state).toMatchObject({ question: 'alene' })
      expect(`${router.currentRoute.value.fullPath}${window.location.search}`).toBe('/guide')
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('the search', () => {
  const found = () => vi.waitFor(() => { if (!/\d+ treff|Ett treff|Ingen treff/.test(screenText())) throw new Error('No answer yet') })

  it('shows the sentence with the words marked, what it is and when it helps', async () => {
    window.history.replaceState({ question: 'slått' }, '')
    await show(GuideHome, { path: '/guide' })
    await found()
    const results = [...document.querySelectorAll('.result')]
    expect(results.length).toBeGreaterThan(2)
    expect(results.flatMap((result) => [...result.querySelectorAll('mark')].map(({ textContent }) => textContent?.toLowerCase()))).toContain('slått')
    for (const result of results) expect(result.querySelector('small')?.textContent).toMatch(/^(?:Tekst|Steg for steg|Øvingshistorie|Kurs) · (?:Før|Underveis|Etterpå)/)
    expect(document.querySelector('nav')).toBeNull()
  })

  it('that finds nothing offers other words, what to do now, and somebody to call', async () => {
    window.history.replaceState({ question: 'xqzw plumpfj' }, '')
    await show(GuideHome, { path: '/guide' })
    await found()
    expect([find('Når det skjer', 'a'), find('Ring noen', 'a')].map((link) => link.getAttribute('href'))).toEqual(['/now', '/call'])
    await tap('slått')
    expect(document.querySelector<HTMLInputElement>('#guide-search')?.value).toBe('slått')
    await vi.waitFor(() => expect(document.querySelectorAll('.result').length).toBeGreaterThan(2))
  })
})

describe('the list of a phase', () => {
  const asRole = (role: string) => localStorage.setItem('meldt.session', JSON.stringify({ inbox: true, demo: true, municipality: 'Demo', grants: [{ role, unit: { id: school, name: 'Solbakken skole' } }] }))

  it('shows staff what is written for them, and leaves out what is not', async () => {
    await show(GuideList, { path: '/guide/after', props: { phase: 'after' } })
    const { items } = await loadGuide('nb')
    const expected = items.filter(({ phase, readers, kind }) => phase === 'after' && readers.includes('staff') && ['walk', 'article'].includes(kind)).map(({ title }) => title)
    expect([...document.querySelectorAll('.link-row strong')].map(({ textContent }) => textContent).toSorted()).toEqual(expected.toSorted())
    expect(titlesUnder('Steg for steg')).toEqual(await titlesOf(['first-hour', 'colleague']))
  })

  it('starts with the leader’s own texts for a leader', async () => {
    asRole('leder')
    await show(GuideList, { path: '/guide/after', props: { phase: 'after' } })
    expect(titlesUnder('Steg for steg')).toEqual(expect.arrayContaining(await titlesOf(['leader-day', 'leader-weeks', 'talk'])))
    expect(titlesUnder('Jeg som leder')).toEqual(expect.arrayContaining(await titlesOf(['leader-today', 'leader-week'])))
  })

  it('shows it through the eyes of the pupil, and remembers that', async () => {
    await show(GuideList, { path: '/guide/before', props: { phase: 'before' } })
    await tap('Eleven')
    expect(titlesUnder('Jeg som ansatt')).toEqual([])
    expect(titlesUnder('Eleven')).toEqual(expect.arrayContaining(await titlesOf(['early-signs', 'neuro', 'senses'])))
    end()
    await show(GuideList, { path: '/guide/during', props: { phase: 'during' } })
    expect(document.querySelector('summary')?.textContent).toContain('Eleven')
  })
})

describe('a text', () => {
  beforeEach(async () => { await wipePhone() })

  it('says for whom it is, what it rests on and how fresh it is, and is remembered as read', async () => {
    const { items, laws } = await loadGuide('nb')
    const item = items.find(({ id }) => id === 'first-hours')
    await show(ArticleScreen, { path: '/read/first-hours', props: { id: 'first-hours' } })
    expect(heading()).toBe(item?.title)
    expect(screenText()).toContain('For ansatte og ledere')
    expect(screenText()).toMatch(/I kraft per \d+\. \w+ 20\d\d/)
    expect(screenText()).toMatch(/Sist gjennomgått .* Kommunen må bekrefte teksten: HMS, bedriftshelsetjenesten/)
    for (const law of item?.laws ?? []) expect(document.getElementById(`law-${law}`)?.textContent).toContain(laws[law]?.gist)
    expect(lastRead()).toEqual(['first-hours'])
  })

  it('links inside the app, to a number, to its own list of laws, and outside with a word about it', async () => {
    await show(ArticleScreen, { path: '/read/first-hours', props: { id: 'first-hours' } })
    expect(find('112', 'a').getAttribute('href')).toBe('tel:112')
    expect(find('din første time', 'a').getAttribute('href')).toBe('/steps/first-hour')
    const [law = ''] = [...document.querySelectorAll('.article a')].flatMap((link) => /#(law-.+)$/.exec(link.getAttribute('href') ?? '')?.[1] ?? [])
    expect(document.getElementById(law)).not.toBeNull()
    const outside = [...document.querySelectorAll<HTMLAnchorElement>('a[href^="https:"]')]
    expect(outside.length).toBeGreaterThan(0)
    for (const link of outside) {
      expect(link.rel).toBe('noopener noreferrer')
      expect(link.textContent).toContain('åpnes utenfor appen')
    }
  })

  it('shows what the school has added, as the school’s', async () => {
    await keepLocal({ tag: 't', units: [{ id: school, name: 'Solbakken skole' }], mine: [school], features: { push: true, training: true, exports: true }, rows: [
      { version: 1, entry: { kind: 'addition', id: '0190a000-0000-7000-8000-000000000004', unit: school, item: 'alarm', title: 'Hos oss', texts: { nb: 'Knappen er ved døra.' }, updatedAt: '2026-11-23T08:00:00Z' } },
    ] })
    await show(ArticleScreen, { path: '/read/alarm', props: { id: 'alarm' } })
    await vi.waitFor(() => expect(document.querySelector('.local-note')?.textContent).toContain('Knappen er ved døra.'))
    expect(document.querySelector('.local-note')?.textContent).toContain('Lagt til av kommunen eller skolen din.')
  })

  it('leads back to what was found, for whoever came from there', async () => {
    window.history.replaceState({ question: 'slått' }, '')
    await show(ArticleScreen, { path: '/read/alarm', props: { id: 'alarm' } })
    expect(find('Til treffene', 'a').getAttribute('href')).toBe('/guide')
  })

  it('is kind when there is none of that name', async () => {
    await show(ArticleScreen, { path: '/read/nothing', props: { id: 'nothing' } })
    expect(heading()).toBe('Fant ikke denne teksten')
    expect(find('Til veiledningen', 'a').getAttribute('href')).toBe('/guide')
    expect(lastRead()).toEqual([])
  })

  it('sends whoever asks for a walk-through here to its own screen', async () => {
    const { router } = await show(ArticleScreen, { path: '/read/rising', props: { id: 'rising' } })
    await flushPromises()
    expect(router.currentRoute.value.path).toBe('/steps/rising')
  })
})
