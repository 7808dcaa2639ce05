// @vitest-environment node
import fc from 'fast-check'
import { idnr } from '@navikt/fnrvalidator'
import { describe, expect, it } from 'vitest'
import type { Facts } from '#contract/facts.ts'
import type { OwnReport } from '#contract/changes.ts'
import { isDue } from '#app/domain/due.ts'
import { removedNumber, scrubFacts, scrubIdNumbers } from '#app/domain/guard.ts'
import { newId } from '#app/domain/ids.ts'
import type { LetterState, ReportView } from '#app/domain/model.ts'
import { findNameHints, replaceHint } from '#app/domain/names.ts'
import { deliveryStatus, draftMissing } from '#app/domain/status.ts'
import { newIn, sumOf, withoutEmpty } from '#app/domain/sum.ts'
import { byUrgency } from '#app/domain/urgency.ts'
import { chipOfTime, fromFields, timeOfChip, toOffsetIso } from '#app/domain/when.ts'
import { longest, shortest, waitAfter, waitAsAsked } from '#app/sync/backoff.ts'
import { statusTable } from '#app/sync/statusTable.ts'
import { caseSummary } from '../support/caseSummary.ts'
import { ownReport } from '../support/ownReport.ts'

/** A valid number of each kind: ordinary, D, H and synthetic. The check digits are found by asking the validator. */
const idNumber = fc.tuple(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 999 }), fc.constantFrom(0, 40), fc.constantFrom(0, 40, 80))
  .map(([day, month, year, serial, d, h]) => {
    const two = (value: number) => String(value).padStart(2, '0')
    const nine = `${two(day + d)}${two(month + h)}${two(year)}${String(serial).padStart(3, '0')}`
    return Array.from({ length: 100 }, (_, end) => nine + two(end)).find((digits) => idnr(digits).status === 'valid')
  }).filter((digits) => digits !== undefined)

const wide = (digits: string) => [...digits].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join('')
const arabic = (digits: string) => [...digits].map((digit) => String.fromCodePoint(0x660 + Number(digit))).join('')
const bold = (digits: string) => [...digits].map((digit) => String.fromCodePoint(0x1d7ce + Number(digit))).join('')
const spellings: ((digits: string) => string)[] = [
  (digits) => digits, wide, arabic, bold,
  ...[' ', '.', '-', '–', '/', '\u00A0', '\u2009', ' - ', '. ', '\n', '\u200B', '_'].flatMap((sign) => [
    (digits: string) => `${digits.slice(0, 6)}${sign}${digits.slice(6)}`,
    (digits: string) => `${digits.slice(0, 2)}${sign}${digits.slice(2, 4)}${sign}${digits.slice(4, 6)}${sign}${digits.slice(6)}`,
    (digits: string) => [...digits].join(sign),
  ]),
]
const plainDigits = (text: string) => [...text.normalize('NFKC')].filter((sign) => /\p{Nd}/u.test(sign)).map((sign) => /\d/.test(sign) ? sign : String((sign.codePointAt(0) ?? 0) - 0x660)).join('')

describe('the guard', () => {
  it('lets none of a thousand id numbers through, however they are spelled', () => {
    fc.assert(fc.property(idNumber, fc.constantFrom(...spellings), fc.constantFrom('', 'fnr ', 'nr:', '(', 'Elev 12 '), fc.constantFrom('', ' slo meg', ')', '.'), (digits, spell, before, after) => {
      const { text, removed } = scrubIdNumbers(before + spell(digits) + after)
      expect(removed).toBeGreaterThanOrEqual(1)
      expect(plainDigits(text)).not.toContain(digits)
      expect(text).toContain(removedNumber)
    }), { numRuns: 1000 })
  })

  it('finds one inside a longer row of digits', () => {
    fc.assert(fc.property(idNumber, fc.stringMatching(/^\d{0,3}$/), (digits, more) => {
      expect(plainDigits(scrubIdNumbers(more + digits + more).text)).not.toContain(digits)
    }))
  })

  it.each(['Kl. 10.15 den 23.11.2026 på rom 214', 'Ring 55 56 62 00 eller 113', 'Det skjedde 3 ganger på 2 timer', ''])('leaves «%s» as it is', (text) => {
    expect(scrubIdNumbers(text)).toEqual({ text, removed: 0 })
  })

  it('cleans every text of a report, and half an emoji', () => {
    fc.assert(fc.property(idNumber, (digits) => {
      const facts = scrubFacts({ description: digits, cause: `før ${digits} etter`, before: 'halv \uD83D her\0', tiles: ['hit'] })
      expect(JSON.stringify(facts)).not.toContain(digits)
      expect(facts).toMatchObject({ cause: `før ${removedNumber} etter`, before: 'halv \uFFFD her\uFFFD', tiles: ['hit'] })
    }), { numRuns: 50 })
  })
})

describe('the name hint', () => {
  const none = new Set<string>()
  it.each([
    ['Så kom Ola og slo meg', 'name', 'Ola'], ['Jeg ble slått av Anne-Marie', 'name', 'Anne-Marie'], ['Ring 912 34 567 i kveld', 'phone', '912 34 567'],
    ['Skriv til mor@eksempel.no', 'email', 'mor@eksempel.no'], ['De bor i Solbakkeveien 12', 'address', 'Solbakkeveien 12'],
  ])('sees in «%s» a %s', (text, kind, found) => {
    expect(findNameHints(text, none)).toEqual([{ kind, found }])
  })

  it.each(['Eleven slo. Jeg gikk.', 'Det skjedde på mandag i Bergen', 'Vi hadde Matematikk på SFO', 'Elev A sparket'])('lets «%s» be', (text) => {
    expect(findNameHints(text, none)).toEqual([])
  })

  it('learns what to leave alone', () => {
    expect(findNameHints('Så kom Storebjørn', new Set(['storebjørn']))).toEqual([])
  })

  it('replaces the word everywhere, and only the word', () => {
    expect(replaceHint('Ola slo. Olas bok, og Olaf så på Ola', { kind: 'name', found: 'Ola' })).toBe('elev A slo. elev A bok, og Olaf så på elev A')
  })
})

describe('the sum of letters', () => {
  it('lets a supplement correct the report, and tells when two supplements differ', () => {
    const sum = sumOf([{ severity: 2, tiles: ['hit'] }, { severity: 3 }, { severity: 1, place: 'gym' }])
    expect(sum.facts).toEqual({ severity: 1, tiles: ['hit'], place: 'gym' })
    expect(sum.differing).toEqual([{ field: 'severity', values: [3, 1] }])
  })

  it('does not call the same list in another order different', () => {
    expect(sumOf([{}, { wishes: ['leader', 'bht'] }, { wishes: ['bht', 'leader'] }]).differing).toEqual([])
  })

  it('carries only what is new', () => {
    const before: Facts = { tiles: ['hit', 'bite'], place: 'gym' }
    expect(newIn({ tiles: ['bite', 'hit'], place: 'office', count: 2 }, before)).toEqual({ place: 'office', count: 2 })
    expect(withoutEmpty({ description: '', tiles: [], severity: null, contactToday: false })).toEqual({ severity: null, contactToday: false })
  })
})

describe('the status', () => {
  const now = new Date('2026-11-23T10:00:00Z')
  const letter = (more: Partial<LetterState> = {}): LetterState => ({ id: 'a', kind: 'report', at: '2026-11-23T09:00:00Z', attempts: 0, ...more })
  const received = { receivedAt: '2026-11-23T09:01:00Z' }
  const school = ownReport('a')
  const handled = (status: Partial<OwnReport['status']>) => ownReport('a', { openedAt: '2026-11-23T09:30:00Z', status })
  const view = (letters: LetterState[], more: Partial<ReportView> = {}): ReportView => ({ id: 'a', savedAt: '', facts: {}, differing: [], letters, ...more })
  it.each([
    ['queued', view([letter()])],
    ['sending', view([letter({ attempts: 1, sendingUntil: '2026-11-23T10:00:10Z' })])],
    ['retry', view([letter({ attempts: 1, sendingUntil: '2026-11-23T09:59:00Z' })])],
    ['sent', view([letter(received)])],
    ['queued', view([letter(received), letter({ kind: 'supplement' })])],
    ['queued', view([letter()], { school })],
    ['sent', view([], { school })],
    ['opened', view([letter(received)], { school: { ...school, openedAt: '2026-11-23T09:30:00Z' } })],
    ['sent', view([letter(received)], { school })],
    ['opened', view([letter(received)], { school: handled({ state: 'opened' }) })],
    ['opened', view([letter(received)], { school: ownReport('a', { status: { state: 'opened', openedAt: '2026-11-23T09:30:00Z' } }) })],
    ['followup', view([letter(received)], { school: handled({ state: 'working' }) })],
    ['followup', view([letter(received)], { school: handled({ state: 'measures' }) })],
    ['followup', view([letter(received)], { school: handled({ state: 'verify', closedAt: '2026-11-23T09:50:00Z' }) })],
    ['closed', view([letter(received)], { school: handled({ state: 'closed', closedAt: '2026-11-23T09:50:00Z' }) })],
    ['queued', view([letter(received), letter({ kind: 'case' })], { school: handled({ state: 'closed', closedAt: '2026-11-23T09:50:00Z' }) })],
    ['withdrawn', view([letter(received)], { school: { ...handled({ state: 'closed' }), withdrawnAt: '2026-11-23T09:55:00Z' } })],
    ['action', view([letter({ refusedBecause: 'invalid-content' })])],
    ['conflict', view([letter({ refusedBecause: 'already-used-id' })])],
    ['withdrawn', view([letter(received), letter({ kind: 'withdrawal' })])],
    ['withdrawn', view([letter(received)], { school: { ...school, withdrawnAt: '2026-11-23T09:30:00Z' } })],
  ])('is %s', (code, known) => {
    expect(deliveryStatus(known, now).code).toBe(code)
  })

  it('says what a Kladd lacks', () => {
    expect(draftMissing({ severity: 2 })).toEqual(['tiles'])
    expect(draftMissing({ tiles: ['hit'] })).toEqual([])
  })
})

describe('a time', () => {
  it('keeps the wall clock and its offset', () => {
    fc.assert(fc.property(fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }), (date) => {
      const at = toOffsetIso(date)
      expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/)
      expect(new Date(at).getTime()).toBe(Math.floor(date.getTime() / 1000) * 1000)
    }))
  })

  it('of "earlier today" is never yesterday', () => {
    const justPast = new Date(2026, 10, 23, 0, 30)
    expect(timeOfChip('earlier', justPast)?.slice(0, 10)).toBe('2026-11-23')
    expect(timeOfChip('pick', justPast)).toBeUndefined()
    expect(chipOfTime(timeOfChip('quarter', justPast), justPast)).toBe('quarter')
  })

  it('that is no time is none', () => {
    expect(fromFields('2026-13-40', '10:00')).toBeUndefined()
    expect(fromFields('2026-11-23', '10:15')?.slice(0, 16)).toBe('2026-11-23T10:15')
  })

  it('is due when it has come, and when only a clock set back explains it', () => {
    const now = Date.now()
    expect([isDue(now, now), isDue(now + 1, now), isDue(now + 15 * 60_000, now), isDue(now + 24 * 3_600_000, now), isDue(Number.POSITIVE_INFINITY, now)]).toEqual([true, false, false, true, false])
  })
})

describe('an id', () => {
  it('is a UUIDv7 that sorts by time', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 2 ** 47 }), (time) => {
      expect(newId(time)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      expect(newId(time) < newId(time + 1)).toBe(true)
    }))
  })
})

describe('backoff', () => {
  it('grows to a cap, is spread over all of it, and is never shorter than five seconds', () => {
    const caps = Array.from({ length: 12 }, (_, attempts) => waitAfter(attempts, () => 1))
    expect(caps).toEqual([...caps].sort((one, other) => one - other))
    expect(caps.at(-1)).toBe(longest)
    fc.assert(fc.property(fc.integer({ min: 0, max: 1000 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempts, random) => {
      const wait = waitAfter(attempts, () => random)
      expect(wait).toBeGreaterThanOrEqual(shortest)
      expect(wait).toBeLessThanOrEqual(longest)
    }))
    expect(waitAfter(10, () => 0)).toBe(shortest)
  })

  it('does as it was asked, up to a quarter of an hour', () => {
    expect(waitAsAsked(60_000, () => 0)).toBe(60_000)
    expect(waitAsAsked(3_600_000, () => 1)).toBe(longest)
  })

  it('knows a class for each answer that the papers name', () => {
    const classes = (wanted: number[]) => wanted.map((status) => statusTable[status]?.meaning)
    expect(new Set(classes([408, 425, 429, 500, 502, 503, 504]))).toEqual(new Set(['again']))
    expect(new Set(classes([403, 404, 409, 410, 415]))).toEqual(new Set(['act']))
    expect(new Set(classes([400, 413, 422]))).toEqual(new Set(['split']))
    expect(classes([401])).toEqual(['sign-in'])
  })
})

describe('the inbox', () => {
  it('has the unread first, then the grave, then the oldest', () => {
    const one = (report: string, more: Parameters<typeof caseSummary>[1]) => caseSummary(report, { receivedAt: '2026-11-23T09:00:00Z', facts: {}, ...more })
    const cases = [one('read', { openedAt: 'x', facts: { severity: 3 } }), one('mild', { facts: { severity: 1 } }), one('young', { facts: { severity: 2 }, receivedAt: '2026-11-23T10:00:00Z' }), one('old', { facts: { severity: 2 } }), one('grave', { grave: true, facts: { severity: 1 } }), one('unknown', { facts: { severity: null } })]
    expect(cases.sort(byUrgency).map(({ report }) => report)).toEqual(['grave', 'old', 'young', 'unknown', 'mild', 'read'])
  })
})
