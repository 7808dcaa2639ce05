/** Going on where it was left: numbers only, and not with yesterday's ticks. */
import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { switchAccount } from '#app/db/device.ts'
import { changePlace, forgetPlace, walkPlaces } from '#app/db/walks.ts'
import { callsFor, dialTo } from '#app/domain/calls.ts'
import { inWords } from '#app/domain/inWords.ts'
import { atStep, placeNow, stepWithin, underWay, withChecks } from '#app/domain/walkPlace.ts'
import type { Phase, Walk } from '#app/domain/guide.ts'

const now = 1_800_000_000_000
const hour = 60 * 60 * 1000
const walk = (id: string, phase: Phase, steps = 6) => ({ kind: 'walk', id, phase, steps: Array.from({ length: steps }) }) as unknown as Walk

describe('a place in a walk-through', () => {
  it('keeps the ticks of other steps when the step changes', () => {
    const place = withChecks(atStep(undefined, 2, now), 2, [0, 2])
    expect(atStep(place, 3, now + 5)).toEqual({ step: 3, checks: { 2: [0, 2] }, timers: {}, at: now + 5 })
  })

  it('is forgotten after a working day for what happens now, and kept for weeks for what takes weeks', () => {
    const place = atStep(undefined, 4, now)
    expect(placeNow(place, 'during', now + 7 * hour)).toBe(place)
    expect(placeNow(place, 'during', now + 9 * hour)).toBeUndefined()
    expect(placeNow(place, 'after', now + 30 * 24 * hour)).toBe(place)
    expect(placeNow(undefined, 'after', now)).toBeUndefined()
  })

  it('stays inside the walk, whatever the address says', () => {
    expect([-1, 0, 1, 3, 99, Number.NaN, 2.7].map((step) => stepWithin(step, walk('rising', 'during', 5)))).toEqual([1, 1, 1, 3, 5, 1, 2])
  })

  it('is offered with the latest walk first, and not for a walk that is gone', () => {
    const places = { rising: atStep(undefined, 2, now - hour), ros: atStep(undefined, 9, now), gone: atStep(undefined, 1, now) }
    const found = underWay(places, [walk('rising', 'during'), walk('ros', 'before', 7), walk('talk', 'after')], now)
    expect(found.map(({ walk: { id }, step }) => [id, step])).toEqual([['ros', 7], ['rising', 2]])
  })
})

describe('the phone', () => {
  it('keeps a place until it is done, and forgets it for the next person', async () => {
    await changePlace('rising', (place) => atStep(place, 3, now))
    await changePlace('ros', (place) => atStep(place, 1, now))
    await forgetPlace('ros')
    expect(Object.keys(await walkPlaces())).toEqual(['rising'])
    await switchAccount('0190aaaa-0000-7000-8000-000000000001')
    expect(Object.keys(await walkPlaces())).toEqual(['rising'])
    await switchAccount(null)
    expect(await walkPlaces()).toEqual({})
  })
})

describe('the numbers of a step', () => {
  const known = [{ of: 'office', label: 'Kontoret', number: '55 56 70 00' }]

  it('are the public ones and those that the school has set; the rest is named', () => {
    const { calls, unset } = callsFor(['112', 'office', 'backup'], known, (number) => `Ring ${number}`)
    expect(calls).toEqual([{ label: 'Ring 112', href: 'tel:112', isUrgent: true }, { label: 'Kontoret', href: 'tel:55567000', isUrgent: false }])
    expect(unset).toEqual(['backup'])
  })

  it('dial without what people write between the digits', () => {
    expect(dialTo('+47 55.56-70 00')).toBe('tel:+4755567000')
  })
})

describe('running text', () => {
  it('is read without links and weights', () => {
    expect(inWords(['Ring ', { link: { kind: 'tel', to: '113' }, text: '113' }, ', ', { bold: ['straks', ' nå'] }, '.'])).toBe('Ring 113, straks nå.')
  })
})
