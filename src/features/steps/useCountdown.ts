/** A step's countdown on the screen: ticks while it runs, says start, half and end aloud once, and vibrates at the end unless the phone is to be discreet. */
import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { addMinute, clockText, leftAt, newCountdown, passed, pause, start, stateAt, type Countdown } from '#app/domain/countdown.ts'
import { useHide } from '#app/composables/useHide.ts'
import { usePreferencesStore } from '#app/stores/preferences.ts'

const pulse = 250

export function useCountdown(countdown: Ref<Countdown>, seconds: () => number) {
  const { t, locale } = useI18n()
  const { isHidden } = useHide()
  const preferences = usePreferencesStore()
  const now = ref(Date.now())
  const left = computed(() => leftAt(countdown.value, now.value))
  const state = computed(() => stateAt(countdown.value, now.value))
  const said = ref('')

  const inWords = (ms: number): string => {
    const [minutes, rest] = [Math.floor(ms / 60_000), Math.round(ms % 60_000 / 1000)]
    const unit = (value: number, name: string) => (value > 0 ? [new Intl.NumberFormat(locale.value, { style: 'unit', unit: name, unitDisplay: 'long' }).format(value)] : [])
    return [...unit(minutes, 'minute'), ...unit(rest, 'second')].join(' ')
  }

  function look(): void {
    const before = left.value
    now.value = Date.now()
    const news = countdown.value.endsAt === undefined ? undefined : passed(countdown.value, before, left.value)
    if (left.value === 0 && countdown.value.endsAt !== undefined) countdown.value = pause(countdown.value, now.value)
    if (news === undefined || isHidden.value) return
    said.value = t(news === 'end' ? 'steps.timer.over' : 'steps.timer.left', { time: inWords(left.value) })
    if (news === 'end' && !preferences.isDiscreet && 'vibrate' in navigator) navigator.vibrate([200, 100, 200])
  }

  let ticking: ReturnType<typeof setInterval> | undefined
  const stop = () => clearInterval(ticking)
  watch(() => countdown.value.endsAt !== undefined, (isRunning) => {
    stop()
    if (isRunning) ticking = setInterval(look, pulse)
  }, { immediate: true })
  document.addEventListener('visibilitychange', look)
  onScopeDispose(() => { stop(); document.removeEventListener('visibilitychange', look) })

  function toggle(): void {
    now.value = Date.now()
    if (state.value === 'running') { countdown.value = pause(countdown.value, now.value); said.value = ''; return }
    countdown.value = state.value === 'ended' ? start(newCountdown(seconds()), now.value) : start(countdown.value, now.value)
    said.value = t('steps.timer.left', { time: inWords(left.value) })
  }
  function more(): void {
    now.value = Date.now()
    countdown.value = addMinute(countdown.value, now.value)
    said.value = t('steps.timer.left', { time: inWords(left.value) })
  }
  return { text: computed(() => clockText(left.value)), state, said, toggle, more }
}
