/** What a receipt or a case points to. Judged against the real texts: whoever writes `fits` wrongly hears of it here. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Facts } from '#contract/facts.ts'
import * as v from '#contract/vocabulary.ts'
import { adviceFor } from '#app/domain/advice.ts'
import type { Reader } from '#app/domain/guide.ts'
import { guide } from 'virtual:guide/nb'

const ids = (facts: Facts, readers: Reader[] = ['staff'], limit = 4) => adviceFor(facts, guide.items, readers, limit).map(({ id }) => id)

describe('the steps that fit what was logged', () => {
  it('begin with the first hour when nothing more is known', () => { expect(ids({ tiles: ['hit'] })[0]).toBe('first-hour') })

  it.each<[string, Facts, string]>([
    ['an injury that needed a doctor', { tiles: ['hit'], severity: 3, injury: 'doctor' }, 'work-injury'],
    ['a bite', { tiles: ['bite'], types: ['FYS-BITT'], injury: 'visible' }, 'first-aid-facts'],
    ['a threat in a message', { tiles: ['other'], types: ['DIG-MELD'], place: 'digital' }, 'message'],
    ['a shared film', { types: ['DIG-DELT'] }, 'digital'],
    ['a weapon', { tiles: ['threat'], types: ['TRU-VAPEN'], weapon: 'yes' }, 'grave'],
    ['physical intervention', { tiles: ['hit'], intervention: 'yes' }, 'intervention'],
    ['a colleague who was exposed', { tiles: ['hit'], exposed: ['colleague'] }, 'colleague'],
    ['lone work', { tiles: ['hit'], loneWork: true }, 'lone-work'],
    ['a parent', { tiles: ['threat'], actor: 'FORES' }, 'meeting'],
    ['sick leave', { tiles: ['hit'], sickLeave: 'yes' }, 'sick-leave'],
    ['pupils who saw it', { tiles: ['hit'], otherPupils: 'yes' }, 'other-pupils'],
  ])('name the right text for %s', (_, facts, wanted) => { expect(ids(facts, ['staff'], 5)).toContain(wanted) })

  it('are the leader’s own for a leader', () => {
    const found = ids({ tiles: ['hit'], severity: 3, intervention: 'yes', otherPupils: 'yes' }, ['leader'], 8)
    expect(found).toContain('leader-day')
    expect(found).toContain('intervention-after')
    expect(found).toContain('other-pupils')
  })

  it('keep the leader’s texts from staff', () => {
    expect(ids({ tiles: ['hit'], severity: 3, injury: 'doctor', intervention: 'yes' }, ['staff'], 50).filter((id) => id.startsWith('leader-'))).toEqual([])
  })

  it('are few, once each and never without a reason, whatever was logged', () => {
    const facts = fc.record({
      tiles: fc.subarray([...v.tiles]), types: fc.subarray([...v.incidentTypes]), severity: fc.option(fc.constantFrom(...v.severities)), injury: fc.constantFrom(...v.injuries),
      place: fc.constantFrom(...v.places), situation: fc.constantFrom(...v.situations), actor: fc.constantFrom(...v.actors), weapon: fc.constantFrom(...v.answers),
    }) as fc.Arbitrary<Facts>
    fc.assert(fc.property(facts, fc.integer({ min: 0, max: 9 }), (logged, limit) => {
      const found = ids(logged, ['staff'], limit)
      expect(found.length).toBeLessThanOrEqual(limit)
      expect(new Set(found).size).toBe(found.length)
    }))
  })

  it('ask for nothing that a report cannot say', () => {
    const known = new Set<string>([...v.tiles, ...v.severities.map(String), ...v.incidentTypes, ...v.places, ...v.situations, ...v.actors, ...v.actorCounts, ...v.grades, ...v.exposed, ...v.staffRoles, ...v.injuries, ...v.reactions, ...v.triggers, ...v.wishes, ...v.answers, 'true', 'false'])
    const unknown = guide.items.flatMap(({ id, fits }) => fits.filter((token) => token !== 'always').flatMap((token) => {
      const [, wanted = ''] = token.split(':')
      return known.has(wanted) || (wanted.endsWith('*') && (wanted === '*' || v.incidentTypes.some((type) => type.startsWith(wanted.slice(0, -1))))) ? [] : [`${id}: ${token}`]
    }))
    expect(unknown).toEqual([])
  })
})
