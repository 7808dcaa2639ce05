/** What a screen sees of the search where there is no worker: here. */
import { effectScope, nextTick, watch } from 'vue'
import { describe, expect, it, vi } from 'vitest'
import { useSearch } from '#app/features/guide/search/useSearch.ts'
import type { Guide } from '#app/domain/guide.ts'
import { guide as nb } from 'virtual:guide/nb'
import { guide as en } from 'virtual:guide/en'

/** A screen that shows a guide, until `leave`. */
function screen(first: Guide) {
  let guide = first
  const scope = effectScope()
  const found = scope.run(() => useSearch(() => guide))
  if (!found) throw new Error('The scope did not run')
  const answers: string[] = []
  watch(found.answered, (text) => answers.push(text), { flush: 'sync' })
  return { ...found, answers, show(next: Guide) { guide = next }, leave: () => scope.stop() }
}
const ids = ({ results }: ReturnType<typeof screen>) => results.value.slice(0, 3).map(({ id }) => id)

describe('the search of a screen', () => {
  it('answers without a worker, and says when it is ready', async () => {
    const shown = screen(nb)
    expect(shown.isReady.value).toBe(false)
    shown.search('jeg ble slått')
    await vi.waitFor(() => expect(shown.answered.value).toBe('jeg ble slått'))
    expect([ids(shown)[0], shown.isReady.value, shown.isBroken.value]).toEqual(['first-hour', true, false])
  })

  it('answers the newest question and none that was overtaken', async () => {
    const shown = screen(nb)
    for (const text of ['t', 'tr', 'tru', 'yrkesskade']) shown.search(text)
    await vi.waitFor(() => expect(shown.answered.value).toBe('yrkesskade'))
    await nextTick()
    expect([ids(shown)[0], shown.answers]).toEqual(['work-injury', ['yrkesskade']])
  })

  it('answers in the language that is shown now', async () => {
    const shown = screen(nb)
    shown.search('ADHD')
    shown.show(en)
    shown.search('parents')
    await vi.waitFor(() => expect(shown.answered.value).toBe('parents'))
    expect(shown.results.value.every(({ id, title }) => en.items.some((item) => item.id === id && item.title === title))).toBe(true)
  })

  it('has no answer to an empty question, and none after the screen is gone', async () => {
    const shown = screen(nb)
    shown.search('vold')
    await vi.waitFor(() => expect(shown.results.value.length).toBeGreaterThan(0))
    shown.search('  ')
    await vi.waitFor(() => expect(shown.answered.value).toBe('  '))
    expect(shown.results.value).toEqual([])
    shown.search('alarm')
    shown.leave()
    await new Promise((resolve) => { setTimeout(resolve, 100) })
    expect(shown.answered.value).toBe('  ')
  })
})
