/** A case on paper. */
import type { Case } from '#contract/changes.ts'
import { caseDocument, type Circumstances } from './caseDocument.ts'
import { makePdf } from './paper.ts'
import { standIn } from './signs.ts'
import { shortId, wordsIn, type Language } from './words.ts'

/** The case as this reader may see it, as the bytes of a PDF. */
export function casePdf(found: Case, language: Language, circumstances: Circumstances): Promise<Buffer> {
  const words = wordsIn(language)
  const title = words.say('title', { id: shortId(found.summary.report) })
  const printed = words.say('printed', { name: circumstances.printedBy, when: words.moment(circumstances.at) })
  return makePdf(caseDocument(found, words, circumstances), {
    title, language: words.tag, at: new Date(circumstances.at), missing: words.say('missingSigns', { sign: standIn }),
    foot: (page, of) => [title, words.say('page', { n: page, of }), printed, words.say('personalShort')].join(' · '),
  })
}
