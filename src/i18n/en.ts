/** All texts of one language. */
import cases from '#contract/labels/en.cases.json'
import labels from '#contract/labels/en.json'
import { byArea, type Messages } from './byArea.ts'

const files = import.meta.glob<Messages[string]>('./en/*.json', { eager: true, import: 'default' })
export const messages: Messages = { ...labels, code: { ...labels.code, ...cases.code }, ...byArea(files) }
