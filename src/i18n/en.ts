/** All texts of one language. */
import labels from '#contract/labels/en.json'
import { byArea } from './byArea.ts'

const files = import.meta.glob<Record<string, unknown>>('./en/*.json', { eager: true, import: 'default' })
export const messages = { ...labels, ...byArea(files) }
