/** What a meeting's page asks its readers. */
import { describe, expect, it } from 'vitest'
import { unsaid } from '#contract/counting.ts'
import { fell, toDecide } from '#app/domain/ros.ts'

const page = { events: 40, situations: [], situationsBefore: [], causes: [], results: [] }
const kinds = (asked: ReturnType<typeof toDecide>) => asked.map(({ is }) => is)

describe('what to decide', () => {
  it('begins with what grew, and never asks about what is hidden or what nobody said', () => {
    const asked = toDecide({ ...page, situations: [{ code: 'meal', n: 12 }, { code: 'lesson', n: 20 }, { code: 'break', n: null }, { code: unsaid, n: 6 }], situationsBefore: [{ code: 'meal', n: 7 }, { code: 'lesson', n: 25 }], causes: [{ code: 'staffing', n: 9 }] })
    expect(asked).toEqual([{ is: 'grew', code: 'meal', n: 12, before: 7 }, { is: 'often', code: 'lesson', n: 20 }, { is: 'cause', code: 'staffing', n: 9 }])
  })
  it('does not call a situation the most frequent when a hidden one may be', () => {
    expect(kinds(toDecide({ ...page, situations: [{ code: 'meal', n: 12 }, { code: 'break', n: null }, { code: 'lesson', n: null }] }))).toEqual([])
  })
  it('says that all is hidden, which is not that nothing is', () => {
    expect(kinds(toDecide({ ...page, situations: [{ code: 'meal', n: null }, { code: 'break', n: null }] }))).toEqual(['hidden'])
    expect(kinds(toDecide({ ...page, events: null }))).toEqual([])
  })
})

describe('whether events fell', () => {
  const result = { ledPerWeek: 2, sinceLeast: 1, sinceMost: 1.9 }
  it('is said of numbers that are shown, when the most that it may be is less, or the least is not', () => {
    expect([fell(result), fell({ ...result, sinceLeast: 2, sinceMost: 2.4 }), fell({ ...result, sinceMost: 2 }), fell({ ...result, ledPerWeek: null }), fell({ ...result, sinceLeast: null, sinceMost: null }), fell({ ...result, sinceMost: null })])
      .toEqual([true, false, undefined, undefined, undefined, undefined])
  })
})
