/** All texts of one language that the first chunk does not have. */
import { byArea } from './byArea.ts'

const files = import.meta.glob<Record<string, unknown>>(['./nb/*.json', '!./nb/common.json', '!./nb/log.json'], { eager: true, import: 'default' })
export const messages = byArea(files)
