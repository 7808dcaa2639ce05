/** All texts of one language. */
import labels from '#contract/labels/nn.json'
import { byArea } from './byArea.ts'

const files = import.meta.glob<Record<string, unknown>>('./nn/*.json', { eager: true, import: 'default' })
export const messages = { ...labels, ...byArea(files) }
