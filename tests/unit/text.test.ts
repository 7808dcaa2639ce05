import { describe, expect, it } from 'vitest'
import { wellFormed } from '../../server/text.ts'

describe('text at the door', () => {
  it('takes an identity number out of what was written, and leaves an id that looks like one alone', () => {
    let found = 0
    for (let nth = 0; nth < 5_000; nth += 1) {
      const digits = String(19_029_000_000 + nth * 7)
      const id = `0a9551c${digits[0]}-${digits.slice(1, 5)}-${digits.slice(5, 9)}-${digits.slice(9)}ab-babcdefabcde`
      if (wellFormed(`nr ${digits}`) !== `nr ${digits}`) found += 1
      expect(wellFormed({ measure: id })).toEqual({ measure: id })
    }
    expect(found).toBeGreaterThan(0)
  })
})
