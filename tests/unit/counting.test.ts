/** Counting, against a count that was written without looking at contract/counting.ts. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bergenSeries } from '#contract/bergen.ts'
import { columnOf, countBy, countEvents, countReports, eventsOf, isNearMiss, median, repeatedSituations, severalCodes, tableCodes, unsaid, within, type Counted } from '#contract/counting.ts'
import { grades, incidentTypes, places, severities, situations, staffRoles, tiles, triggers, typesOfTile } from '#contract/vocabulary.ts'

const start = Date.parse('2026-08-03T06:00:00Z')
const ms = (minutes: number) => start + minutes * 60_000
const iso = (minutes: number) => new Date(ms(minutes)).toISOString()
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined })
const oneOf = <T>(list: readonly T[]) => maybe(fc.constantFrom(...list))
/** Up to nine reports, some linked in chains and circles, some withdrawn, some not sent, some only practice. */
const reports: fc.Arbitrary<Counted[]> = fc.array(fc.record({
  at: fc.integer({ min: 0, max: 300_000 }), late: maybe(fc.integer({ min: 0, max: 30_000 })), count: maybe(fc.integer({ min: 1, max: 6 })), withdrawn: fc.boolean(), practice: fc.constantFrom(false, false, false, true),
  link: fc.option(fc.nat(8), { nil: null }), types: fc.subarray([...incidentTypes], { maxLength: 3 }), tiles: fc.subarray([...tiles], { maxLength: 2 }), triggers: fc.subarray([...triggers], { maxLength: 2 }),
  severity: fc.constantFrom(null, undefined, ...severities), place: oneOf(places), situation: oneOf(situations), grade: oneOf(grades), staffRole: oneOf(staffRoles), loneWork: maybe(fc.boolean()),
}), { maxLength: 9 }).map((list) => list.map(({ at, late, count, withdrawn, practice, link, ...facts }, nth): Counted => ({
  id: `r${nth}`, withdrawn, practice, event: link === null || link === nth ? null : `r${link}`, receivedAt: late === undefined ? null : ms(at + late),
  facts: Object.fromEntries(Object.entries({ ...facts, count, occurredAt: iso(at) }).filter(([, value]) => value !== undefined)),
})))

/** Groups by walking from report to report until nothing new is found. */
function naiveGroups(list: readonly Counted[]): Counted[][] {
  const real = list.filter(({ practice }) => practice !== true)
  const seen = new Set<string>()
  const groups: Counted[][] = []
  for (const one of real) {
    if (seen.has(one.id)) continue
    let group = [one]
    for (let size = 0; size !== group.length;) {
      size = group.length
      group = real.filter((other) => group.some((member) => member.id === other.id || member.event === other.id || other.event === member.id))
    }
    for (const { id } of group) seen.add(id)
    groups.push(group.filter(({ withdrawn }) => !withdrawn))
  }
  return groups.filter((group) => group.length > 0)
}
const timesOf = (group: readonly Counted[]) => Math.max(...group.map(({ facts }) => facts.count ?? 1))

describe('events and reports', () => {
  it('are what a naive count finds: collective, linked, withdrawn, practice, unsent', () => {
    fc.assert(fc.property(reports, (list) => {
      const [events, groups] = [eventsOf(list), naiveGroups(list)]
      expect(countReports(events)).toBe(groups.flat().length)
      expect(countEvents(events)).toBe(groups.reduce((sum, group) => sum + timesOf(group), 0))
      expect(events.map(({ reports: ids }) => ids.toSorted().join()).toSorted()).toEqual(groups.map((group) => group.map(({ id }) => id).toSorted().join()).toSorted())
    }), { numRuns: 600 })
  })
  it('do not hang on the order in which reports lie', () => {
    fc.assert(fc.property(reports, (list) => {
      for (const table of tableCodes) expect(countBy(eventsOf(list.toReversed()), table)).toEqual(countBy(eventsOf(list), table))
    }), { numRuns: 200 })
  })
  it('are never more because one was withdrawn', () => {
    fc.assert(fc.property(reports, fc.nat(8), (list, which) => {
      const fewer = list.map((one, nth) => (nth === which ? Object.assign({}, one, { withdrawn: true }) : one))
      expect(countEvents(eventsOf(fewer))).toBeLessThanOrEqual(countEvents(eventsOf(list)))
    }), { numRuns: 300 })
  })
})

describe('a table', () => {
  it('of parts adds up to all events; where an event may stand in several rows, each row is what a naive count finds', () => {
    fc.assert(fc.property(reports, (list) => {
      const [events, groups] = [eventsOf(list), naiveGroups(list)]
      const total = countEvents(events)
      for (const table of tableCodes) {
        const cells = countBy(events, table)
        const sum = cells.reduce((all, { n }) => all + n, 0)
        if (severalCodes.includes(table)) expect(sum).toBeGreaterThanOrEqual(total)
        else expect([table, sum]).toEqual([table, total])
        for (const { n } of cells) expect(n).toBeLessThanOrEqual(total)
      }
      for (const type of incidentTypes) {
        const expected = groups.filter((group) => group.some(({ facts }) => facts.types?.includes(type))).reduce((sum, group) => sum + timesOf(group), 0)
        expect(countBy(events, 'type').find(({ code }) => code === type)?.n ?? 0).toBe(expected)
      }
    }), { numRuns: 300 })
  })
  it('takes the first who said it, and the gravest of what was said', () => {
    const told: Counted[] = [
      { id: 'a', withdrawn: false, event: null, receivedAt: ms(60), facts: { occurredAt: iso(0), place: 'gym', severity: 1 } },
      { id: 'b', withdrawn: false, event: 'a', receivedAt: ms(30), facts: { occurredAt: iso(5), place: 'toilet', severity: 3, situation: 'meal' } },
    ]
    expect(eventsOf(told)).toMatchObject([{ reports: ['b', 'a'], place: 'toilet', situation: 'meal', severity: '3', at: start, times: 1 }])
  })
  it('says `unsaid` where nobody said anything', () => {
    const [event] = eventsOf([{ id: 'a', withdrawn: false, event: null, receivedAt: null, facts: { occurredAt: iso(0) } }])
    expect([event?.place, event?.grade, event?.loneWork, event?.severity, event?.column]).toEqual([unsaid, unsaid, unsaid, unsaid, 'neither'])
  })
  it('has nothing happen after it was told', () => {
    const [event] = eventsOf([{ id: 'a', withdrawn: false, event: null, receivedAt: ms(0), facts: { occurredAt: iso(60 * 24 * 40) } }])
    expect(event?.at).toBe(start)
  })
})

describe('Bergen’s two columns', () => {
  it('have a place for every type and tile, violence before threats before the rest', () => {
    for (const type of incidentTypes) expect([type, columnOf([], [type])]).toEqual([type, type.startsWith('FYS') ? 'violence' : /^(TRU|TRA|DIG)/.test(type) ? 'threats' : 'neither'])
    expect([columnOf([], ['TRU-VERB', 'FYS-SLAG']), columnOf([], ['EIE-PRIV', 'TRA-SKJELL']), columnOf(['hit'], []), columnOf(['threat'], []), columnOf(['damage'], []), columnOf([], [])]).toEqual(['violence', 'threats', 'violence', 'threats', 'neither', 'neither'])
    // Types say more than the tile that they narrow, and another tile still counts.
    expect([columnOf(['other'], ['NEST']), columnOf(['other', 'hit'], ['NEST'])]).toEqual(['neither', 'violence'])
    expect(Object.keys(typesOfTile).toSorted()).toEqual([...tiles].toSorted())
  })
  it('are the municipality’s own, the last year not a whole one', () => {
    expect(bergenSeries.map(({ violence, threats }) => violence + threats)).toEqual([1764, 1316, 1929, 3892, 4658])
    expect(bergenSeries.map(({ until }) => until)).toEqual([undefined, undefined, undefined, undefined, '2023-11-13'])
  })
})

it('a near miss is one only when nothing else happened', () => {
  expect([isNearMiss(['NEST']), isNearMiss(['NEST', 'FYS-FORSOK']), isNearMiss(['NEST', 'FYS-SLAG']), isNearMiss([])]).toEqual([true, true, false, false])
})
it('a situation comes back when it has happened three times in the same place', () => {
  const make = (nth: number, place: 'gym' | 'toilet'): Counted => ({ id: `${place}${nth}`, withdrawn: false, event: null, receivedAt: null, facts: { occurredAt: iso(nth), situation: 'lesson', place, severity: 3 } })
  expect(repeatedSituations(eventsOf([make(1, 'gym'), make(2, 'gym'), make(3, 'gym'), make(1, 'toilet'), make(2, 'toilet')]))).toEqual([{ situation: 'lesson', place: 'gym', n: 3, grave: 3 }])
})
it('a span is from its first day to before its last', () => {
  const events = eventsOf([{ id: 'a', withdrawn: false, event: null, receivedAt: null, facts: { occurredAt: '2026-10-31T23:30:00+01:00' } }])
  expect([within(events, { from: '2026-10-31', to: '2026-11-01' }).length, within(events, { from: '2026-11-01', to: '2026-12-01' }).length]).toEqual([1, 0])
})
it('the middle of a list is its own', () => {
  expect([median([]), median([3]), median([1, 9, 2]), median([4, 1, 3, 2])]).toEqual([undefined, 3, 2, 2.5])
})
