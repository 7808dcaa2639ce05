/** The made-up town: the same from the same seed, within the vocabulary, and with the shape of a real one. */
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { isSchoolDay } from '#contract/periods.ts'
import { defaultBreaks } from '#contract/settings.ts'
import { countBy, countEvents, eventsOf, lateOf } from '#contract/counting.ts'
import { Facts, Uuid } from '#contract/facts.ts'
import { textFields } from '#contract/vocabulary.ts'
import { makeTown, staffWhoReport, type SyntheticSchool } from '../../server/demo/town.ts'

const kinds = ['primary', 'primary', 'combined', 'lower-secondary', 'special'] as const
const schools = Array.from({ length: 30 }, (_, nth): SyntheticSchool => ({ id: `0e000000-0000-4000-8000-${String(nth).padStart(12, '0')}`, kind: kinds[nth % kinds.length] ?? 'primary' }))
const wishes = { seed: 7, schools, from: '2023-08-01', to: '2026-05-20', perYear: 2_000 }
const town = makeTown(wishes)
const events = eventsOf(town.map(({ id, facts, receivedAt, course }) => ({ id, facts, receivedAt: Date.parse(receivedAt), withdrawn: course.withdrawnAt !== null, event: course.linked })))
const isOpen = (day: string) => isSchoolDay(day, defaultBreaks)
const shareOf = (n: number) => n / events.length

describe('a made-up town', () => {
  it('is the same again from the same seed, and another from another', () => {
    expect(makeTown(wishes)).toEqual(town)
    expect(makeTown({ ...wishes, seed: 8 }).map(({ id }) => id)).not.toEqual(town.map(({ id }) => id))
  })

  it('says nothing but codes and times that a report may hold', () => {
    const [isFacts, isUuid] = [Compile(Facts), Compile(Uuid)]
    for (const { id, facts, reporter } of town) {
      if (!isFacts.Check(facts)) throw new Error(JSON.stringify(facts))
      if (!isUuid.Check(id)) throw new Error(id)
      expect(reporter).toBeLessThan(staffWhoReport)
      expect(Object.keys(facts).filter((field) => (textFields as readonly string[]).includes(field))).toEqual([])
    }
    expect(new Set(town.map(({ id }) => id)).size).toBe(town.length)
  })

  it('has about as many reports as was wished for, and knows nothing of what has not come', () => {
    expect(town.length).toBeGreaterThan(4_500)
    expect(town.length).toBeLessThan(6_600)
    const now = '2026-05-19T22:00:00.000Z'
    for (const { receivedAt, details, facts, course } of town) {
      const told = [receivedAt, details, course.openedAt, course.contactedAt, course.answeredAt, course.closedAt, course.withdrawnAt].flatMap((time) => time ?? [])
      expect(told.every((time) => time < now && time >= receivedAt)).toBe(true)
      expect(Date.parse(facts.occurredAt ?? '')).toBeLessThan(Date.parse(receivedAt))
    }
  })

  it('is at school when things happen: school days, and the hours of a school', () => {
    expect(events.filter(({ day }) => !isOpen(day))).toEqual([])
    expect(['2025-07-01', '2025-10-07', '2025-12-25', '2026-01-02', '2026-02-24', '2026-03-30', '2026-05-01', '2026-04-18'].filter(isOpen)).toEqual([])
    expect(['2025-08-18', '2025-11-03', '2026-01-05', '2026-04-07', '2026-06-19'].filter((day) => !isOpen(day))).toEqual([])
    const hours = countBy(events, 'hour')
    const at = (...wanted: number[]) => hours.filter(({ code }) => wanted.includes(Number(code.split('-')[1]))).reduce((sum, { n }) => sum + n, 0)
    expect(at(9, 10)).toBeGreaterThan(at(8, 11))
    expect(at(12, 13)).toBeGreaterThan(at(15, 16))
    expect(at(0, 1, 2, 3, 4, 5, 6, 17, 18, 19, 20, 21, 22, 23)).toBe(0)
  })

  it('has the shares that are known: mostly violence, near misses, told the same day, some late', () => {
    const cells = Object.fromEntries(countBy(events, 'column').map(({ code, n }) => [code, n]))
    expect((cells['violence'] ?? 0) / countEvents(events)).toBeGreaterThan(0.65)
    expect(shareOf(events.filter(({ nearMiss }) => nearMiss).length)).toBeCloseTo(0.08, 1)
    expect(shareOf(events.filter(({ day, receivedAt }) => day === new Date((receivedAt ?? 0) + 3_600_000).toISOString().slice(0, 10)).length)).toBeCloseTo(0.6, 1)
    expect(shareOf(lateOf(events))).toBeGreaterThan(0.015)
    expect(events.filter(({ reports }) => reports.length > 1).length).toBeGreaterThan(10)
    expect(countBy(events, 'staffRole')[0]?.code).toBe('ASS')
  })

  it('has few schools with most, and more each year', () => {
    const perSchool = schools.map(({ id }) => town.filter(({ unit }) => unit === id).length).toSorted((one, other) => other - one)
    expect(perSchool.slice(0, 6).reduce((sum, n) => sum + n, 0)).toBeGreaterThan(town.length * 0.4)
    const inYear = (from: string, to: string) => events.filter(({ day }) => day >= from && day < to).length
    expect(inYear('2025-08-01', '2026-05-01')).toBeGreaterThan(inYear('2023-08-01', '2024-05-01') * 1.2)
  })

  it('has situations that come back', () => {
    const solo = makeTown({ ...wishes, schools: schools.slice(0, 1), from: '2025-08-01', perYear: 150 })
    const counts = new Map<string, number>()
    for (const { facts: { situation, grade } } of solo) if (situation && grade) counts.set(`${situation}/${grade}`, (counts.get(`${situation}/${grade}`) ?? 0) + 1)
    const most = [...counts.values()].toSorted((one, other) => other - one)
    expect(most.slice(0, 5).reduce((sum, n) => sum + n, 0)).toBeGreaterThan([...counts.values()].reduce((sum, n) => sum + n, 0) * 0.4)
  })
})
