/** All texts of one language that the first chunk does not have. */
import cases from '#contract/labels/nb.cases.json'
import { byArea, type Messages } from './byArea.ts'

const files = import.meta.glob<Messages[string]>(['./nb/*.json', '!./nb/common.json', '!./nb/log.json'], { eager: true, import: 'default' })
export const messages: Messages = { ...cases, ...byArea(files) }
