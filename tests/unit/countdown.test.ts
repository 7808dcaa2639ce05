/** Time by the clock on the wall: sleep, reload and a clock that is set back. */
import { describe, expect, it } from 'vitest'
import { addMinute, clockText, leftAt, newCountdown, passed, pause, start, stateAt } from '#app/domain/countdown.ts'

const now = 1_800_000_000_000
const second = 1000

describe('a countdown', () => {
  it('stands still until it is started, and then runs by the clock, not by being looked at', () => {
    const ready = newCountdown(120)
    expect([leftAt(ready, now), stateAt(ready, now)]).toEqual([120 * second, 'ready'])
    const running = start(ready, now)
    expect([leftAt(running, now + 18 * second), stateAt(running, now + 18 * second)]).toEqual([102 * second, 'running'])
    expect(stateAt(running, now + 500 * second)).toBe('ended')
  })

  it('pauses and goes on with what was left', () => {
    const paused = pause(start(newCountdown(120), now), now + 20 * second)
    expect([leftAt(paused, now + 9_000 * second), stateAt(paused, now)]).toEqual([100 * second, 'paused'])
    expect(leftAt(start(paused, now + 9_000 * second), now + 9_010 * second)).toBe(90 * second)
  })

  it('gives a minute more, running, standing or over', () => {
    const running = addMinute(start(newCountdown(60), now), now + 10 * second)
    expect(leftAt(running, now + 10 * second)).toBe(110 * second)
    expect(leftAt(addMinute(newCountdown(60), now), now)).toBe(120 * second)
    const over = addMinute(start(newCountdown(60), now), now + 100 * second)
    expect([leftAt(over, now + 100 * second), stateAt(over, now + 100 * second)]).toEqual([60 * second, 'running'])
  })

  it('begins anew when it has ended', () => {
    expect(leftAt(start(start(newCountdown(60), now), now + 100 * second), now + 100 * second)).toBe(60 * second)
  })

  it('never grows when the clock is set back', () => {
    expect(leftAt(start(newCountdown(60), now), now - 7_200 * second)).toBe(60 * second)
  })

  it('says half and end once each', () => {
    const running = start(newCountdown(60), now)
    expect(passed(running, 60 * second, 31 * second)).toBeUndefined()
    expect(passed(running, 31 * second, 30 * second)).toBe('half')
    expect(passed(running, 30 * second, 29 * second)).toBeUndefined()
    expect(passed(running, 29 * second, 0)).toBe('end')
    expect(passed(running, 0, 0)).toBeUndefined()
    expect(passed(running, 50 * second, 0)).toBe('end')
  })

  it('reads as minutes and seconds', () => {
    expect([0, 1, 999, 1000, 102_000, 3_600_000].map(clockText)).toEqual(['00:00', '00:01', '00:01', '00:01', '01:42', '60:00'])
  })
})
