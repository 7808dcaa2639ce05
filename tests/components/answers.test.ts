import { describe, expect, it } from 'vitest'
import { withAnswer, withNews } from '#app/composables/answers.ts'

describe('an answer', () => {
  it('that is taken back leaves nothing behind', () => {
    expect(withAnswer({ place: 'classroom', tiles: ['hit'] }, 'place', undefined)).toEqual({ tiles: ['hit'] })
    expect(withAnswer({ tiles: ['hit'] }, 'tiles', [])).toEqual({})
    expect(withAnswer({ contactToday: true }, 'contactToday', false)).toEqual({})
  })
})

describe('a supplement', () => {
  const known = { tiles: ['hit' as const], place: 'corridor' as const, description: 'Kort' }

  it('holds what is new and nothing that is known', () => {
    expect(withNews(known, {}, 'place', 'classroom')).toEqual({ place: 'classroom' })
    expect(withNews(known, { place: 'classroom' }, 'place', 'corridor')).toEqual({})
    expect(withNews(known, {}, 'tiles', ['hit'])).toEqual({})
  })

  it('says so when a known text or list was emptied', () => {
    expect(withNews(known, {}, 'description', '')).toEqual({ description: '' })
    expect(withNews(known, {}, 'tiles', [])).toEqual({ tiles: [] })
  })

  it('is silent about what was never there', () => {
    expect(withNews(known, { done: 'Noe' }, 'done', '')).toEqual({})
  })
})
