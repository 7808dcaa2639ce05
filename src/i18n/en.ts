/** All texts of one language. */
import labels from '#contract/labels/en.json'
import { byArea, type Messages } from './byArea.ts'

const files = import.meta.glob<Messages[string]>('./en/*.json', { eager: true, import: 'default' })
export const messages: Messages = { ...labels, ...byArea(files) }
