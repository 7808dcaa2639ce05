/** Looks after pupils while somebody writes: id numbers are taken out, and what looks like a name is asked about. It never stops anybody. */
import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { scrubIdNumbers } from '#app/domain/guard.ts'
import { findNameHints, replaceHint } from '#app/domain/names.ts'
import { usePreferencesStore } from '#app/stores/preferences.ts'

const pause = 700
/** Longer than a tap: what opens below a field when it is left must not push a button away from under the thumb. */
const tap = 400

/** `words` are what stands below the field; `look` is called when somebody leaves it: numbers go at once, questions come a moment later. */
export function useTextGuard(text: Ref<string>) {
  const { t } = useI18n()
  const preferences = usePreferencesStore()
  /** What was there when somebody last stopped typing: a word in the making is not judged. */
  const settled = ref(text.value)
  const removed = ref(0)
  let timer: ReturnType<typeof setTimeout> | undefined

  function scrub(): void {
    const clean = scrubIdNumbers(text.value)
    if (clean.removed > 0) {
      removed.value += clean.removed
      text.value = clean.text
    }
  }
  function judge(): void {
    scrub()
    settled.value = text.value
  }
  function judgeIn(wait: number): void {
    clearTimeout(timer)
    timer = setTimeout(judge, wait)
  }
  function look(): void {
    scrub()
    judgeIn(tap)
  }
  watch(text, () => judgeIn(pause))
  onScopeDispose(() => clearTimeout(timer))

  const hint = computed(() => findNameHints(settled.value, preferences.allowedWords)[0])
  const standIn = computed(() => t(`details.guard.standIn.${hint.value?.kind ?? 'name'}`))
  const words = computed(() => ({
    removed: removed.value > 0 ? t('details.guard.removed') : undefined,
    hint: hint.value && t(`details.guard.${hint.value.kind}`, { found: hint.value.found }),
    swap: t('details.guard.swap', { standIn: standIn.value }),
    leave: t('details.guard.leave'),
  }))

  function swap(): void {
    if (hint.value === undefined) return
    text.value = replaceHint(text.value, hint.value, standIn.value)
    judge()
  }
  const leave = () => { if (hint.value !== undefined) preferences.allowWord(hint.value.found) }
  return { words, look, swap, leave }
}
