/** A new version of the app: offered, never forced, never in the middle of something that is being written. */
import { ref } from 'vue'
import { defineStore } from 'pinia'

export const useUpdateStore = defineStore('update', () => {
  const isReady = ref(false)
  /** A part of this version is no longer there: only a reload helps. */
  const isBroken = ref(false)
  /** How many forms hold something unsaved right now. */
  const openForms = ref(0)
  const act = ref<() => void>(() => window.location.reload())

  function offer(apply: () => void): void {
    act.value = apply
    isReady.value = true
  }
  const apply = () => act.value()

  return { isReady, isBroken, openForms, offer, apply }
})
