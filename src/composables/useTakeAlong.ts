/** Fetches a file and hands it to the person; says why when there is none. */
import { ref } from 'vue'
import { useAction } from '#app/composables/useAction.ts'
import { saveFile } from '#app/composables/download.ts'
import { takeFile, type NoFile } from '#app/stores/takeAlong.ts'

/** A browser that must ask its server again is fresh for five minutes; this is how it asks. */
export const freshSignInAddress = (returnTo: string): string => `/auth/login?step_up=1&return_to=${encodeURIComponent(returnTo)}`

export function useTakeAlong() {
  const outcome = ref<NoFile | 'done'>()
  const { run: take, isRunning, error } = useAction(async (path: string) => {
    outcome.value = undefined
    const file = await takeFile(path)
    if (typeof file === 'string') outcome.value = file
    else {
      saveFile(file.name, file.content)
      outcome.value = 'done'
    }
  })
  return { take, isRunning, error, outcome }
}
