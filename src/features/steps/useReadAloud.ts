/** "Les høyt" with a voice that lives on the phone: what is read never leaves it. `canRead` is false where there is no such voice. */
import { computed, onUnmounted, ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'

const tongues: Record<string, readonly string[]> = { nb: ['nb', 'no', 'nn'], nn: ['nn', 'no', 'nb'], en: ['en'] }

export function useReadAloud() {
  const { locale } = useI18n()
  const voices = shallowRef<SpeechSynthesisVoice[]>([])
  const isReading = ref(false)
  const speech = 'speechSynthesis' in window ? window.speechSynthesis : undefined
  const look = () => { voices.value = speech?.getVoices().filter(({ localService }) => localService) ?? [] }
  look()
  speech?.addEventListener('voiceschanged', look)
  const voice = computed(() => (tongues[locale.value] ?? []).map((tongue) => voices.value.find(({ lang }) => lang.toLowerCase().split(/[-_]/)[0] === tongue)).find(Boolean))

  function stop(): void {
    speech?.cancel()
    isReading.value = false
  }
  function read(text: string): void {
    stop()
    if (voice.value === undefined) return
    const saying = new SpeechSynthesisUtterance(text)
    saying.voice = voice.value
    saying.lang = voice.value.lang
    saying.addEventListener('end', () => { isReading.value = false })
    saying.addEventListener('error', () => { isReading.value = false })
    isReading.value = true
    speech?.speak(saying)
  }
  onUnmounted(() => { stop(); speech?.removeEventListener('voiceschanged', look) })
  return { canRead: computed(() => voice.value !== undefined), isReading, read, stop }
}
