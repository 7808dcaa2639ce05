/**
 * vue-i18n imports all of Vue as one object, to read one function by name. A bundler must then keep every part of Vue, 8 KB that no screen uses.
 * This writes the import out. The build stops if the place is no longer there, so that a new version is looked at.
 */
import type { Plugin } from 'vite'

const everything = /import \* as Vue from ['"]vue['"];/
const lookup = /if \(key in Vue\) \{\s*return Vue\[key\];\s*\}\s*else \{\s*return Vue\.getCurrentInstance\(\);\s*\}/

export function slimI18n(): Plugin {
  return {
    name: 'meldt:slim-i18n',
    apply: 'build',
    enforce: 'pre',
    transform: {
      filter: { id: /vue-i18n\/dist\/vue-i18n[^/]*\.mjs$/ },
      handler(code) {
        if (!everything.test(code) || !lookup.test(code)) throw new Error('vue-i18n reads Vue in another way now: look at tools/slimI18n.ts')
        return { code: code.replace(everything, "import { getCurrentInstance as instanceOfVue } from 'vue';").replace(lookup, 'return instanceOfVue();'), map: null }
      },
    },
  }
}
