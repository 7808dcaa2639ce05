/** Whoever has a report or a case on the screen needs no notice of it any more. */
import { watch } from 'vue'
import { noteSeen } from '#app/db/notices.ts'

/** `shown` changes with what is shown (its number, say); undefined while nothing is. */
export function useSeen(about: () => string, shown: () => string | number | undefined): void {
  watch(shown, (now) => {
    if (now !== undefined) noteSeen(about()).catch((cause: unknown) => console.warn('What was seen could not be noted', cause))
  }, { immediate: true })
}
