/** Whether the app lies behind the clock. Outlives a reload, so that a curious hand finds the clock again and nothing else. */
import { ref } from 'vue'

const name = 'meldt.clock'
export const isHidden = ref(sessionStorage.getItem(name) !== null)

export function rememberHidden(hidden: boolean): void {
  isHidden.value = hidden
  if (hidden) sessionStorage.setItem(name, '1')
  else sessionStorage.removeItem(name)
}
