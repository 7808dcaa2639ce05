/** What is kept of one step: its ticks and its countdown. On the screen at once; on the phone a moment later. A phone that keeps nothing still works. */
import { onMounted, shallowRef, watch } from 'vue'
import { changePlace } from '#app/db/walks.ts'
import { newCountdown, type Countdown } from '#app/domain/countdown.ts'
import type { Walk } from '#app/domain/guide.ts'
import { atStep, placeNow, withChecks, withTimer, type WalkPlace } from '#app/domain/walkPlace.ts'

const notKept = (cause: unknown) => console.warn('This place in the walk-through is not kept', cause)

/** `walk` and `step` (from 1) stay the same as long as the component lives. */
export function usePlace(walk: Walk, step: number) {
  const checks = shallowRef<number[]>([])
  const countdown = shallowRef<Countdown>(newCountdown(walk.steps[step - 1]?.timer?.seconds ?? 0))
  const change = (next: (place: WalkPlace) => WalkPlace): Promise<WalkPlace> => {
    const now = Date.now()
    return changePlace(walk.id, (place) => next(atStep(placeNow(place, walk.phase, now), step, now)))
  }
  const keep = (next: (place: WalkPlace) => WalkPlace) => { change(next).catch(notKept) }

  const tick = (check: number, isTicked: boolean) => {
    const ticked = isTicked ? [...new Set([...checks.value, check])] : checks.value.filter((one) => one !== check)
    checks.value = ticked
    keep((place) => withChecks(place, step, ticked))
  }
  const setCountdown = (next: Countdown) => { countdown.value = next }

  onMounted(async () => {
    try {
      const place = await change((found) => found)
      checks.value = [...new Set([...place.checks[step] ?? [], ...checks.value])]
      countdown.value = place.timers[step] ?? countdown.value
    } catch (cause) {
      notKept(cause)
    }
    watch(countdown, (timer) => keep((place) => withTimer(place, step, timer)))
  })
  return { checks, countdown, tick, setCountdown }
}
