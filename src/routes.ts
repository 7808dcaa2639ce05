/** Every screen and its address. Addresses and titles are neutral: nobody who looks over a shoulder learns what this is about. */
import type { RouteRecordRaw } from 'vue-router'
import LogScreen from './features/reports/LogScreen.vue'

declare module 'vue-router' {
  interface RouteMeta {
    /** Message key of the neutral document title. */
    title: string
    /** Which entry of the bottom menu is lit. */
    tab?: 'log' | 'mine' | 'inbox' | 'guide' | 'more'
    /** The form itself: its words are in the first chunk, and it stays as it is when the account changes. */
    home?: true
    /** One thing at a time: no menu below. */
    alone?: true
  }
}

/** `/?draft=<id>` opens a Kladd in the form; `/report/:id/details?field=<name>` goes to one question. */
export const routes: RouteRecordRaw[] = [
  { path: '/', component: LogScreen, meta: { title: 'common.title.log', tab: 'log', home: true } },
  { path: '/receipt/:id', props: true, component: () => import('./features/reports/ReceiptScreen.vue'), meta: { title: 'common.title.receipt', tab: 'log' } },
  { path: '/report/:id', props: true, component: () => import('./features/mine/ReportScreen.vue'), meta: { title: 'common.title.report', tab: 'mine' } },
  { path: '/report/:id/details', props: true, component: () => import('./features/reports/DetailsScreen.vue'), meta: { title: 'common.title.details', tab: 'mine' } },
  { path: '/report/:id/check', props: true, component: () => import('./features/reports/CheckScreen.vue'), meta: { title: 'common.title.check', tab: 'mine' } },
  { path: '/mine', component: () => import('./features/mine/MineScreen.vue'), meta: { title: 'common.title.mine', tab: 'mine' } },
  { path: '/more', component: () => import('./features/settings/MoreScreen.vue'), meta: { title: 'common.title.more', tab: 'more' } },
  { path: '/notices', component: () => import('./features/notices/NoticesScreen.vue'), meta: { title: 'common.title.notices', tab: 'more' } },
  { path: '/sending', component: () => import('./features/sending/SendingScreen.vue'), meta: { title: 'common.title.sending', tab: 'more' } },
  { path: '/call', component: () => import('./features/help/CallScreen.vue'), meta: { title: 'common.title.call' } },
  { path: '/now', component: () => import('./features/steps/NowScreen.vue'), meta: { title: 'common.title.now' } },
  { path: '/steps/:id', props: true, component: () => import('./features/steps/OverviewScreen.vue'), meta: { title: 'common.title.steps' } },
  { path: '/steps/:id/:step', props: true, component: () => import('./features/steps/StepScreen.vue'), meta: { title: 'common.title.steps', alone: true } },
  { path: '/guide', component: () => import('./features/guide/GuideHome.vue'), meta: { title: 'common.title.guide', tab: 'guide' } },
  { path: '/guide/:phase(before|during|after)', props: true, component: () => import('./features/guide/GuideList.vue'), meta: { title: 'common.title.guide', tab: 'guide' } },
  { path: '/read/:id', props: true, component: () => import('./features/guide/ArticleScreen.vue'), meta: { title: 'common.title.guide', tab: 'guide' } },
  { path: '/inbox', component: () => import('./features/cases/InboxScreen.vue'), meta: { title: 'common.title.inbox', tab: 'inbox' } },
  { path: '/case/:id', props: true, component: () => import('./features/cases/CaseScreen.vue'), meta: { title: 'common.title.case', tab: 'inbox' } },
  { path: '/case/:id/do/:act', props: true, component: () => import('./features/cases/ActScreen.vue'), meta: { title: 'common.title.case', tab: 'inbox' } },
  { path: '/case/:id/check/:check', props: true, component: () => import('./features/cases/CheckScreen.vue'), meta: { title: 'common.title.checks', tab: 'inbox' } },
  { path: '/checks', component: () => import('./features/cases/ChecksScreen.vue'), meta: { title: 'common.title.checks', tab: 'guide' } },
  { path: '/checks/:check', props: true, component: () => import('./features/cases/CheckTrialScreen.vue'), meta: { title: 'common.title.checks', tab: 'guide' } },
  { path: '/practice', component: () => import('./features/reports/PracticeScreen.vue'), meta: { title: 'common.title.practice', tab: 'more' } },
  { path: '/training', component: () => import('./features/training/TrainingScreen.vue'), meta: { title: 'common.title.training', tab: 'guide' } },
  { path: '/training/new/:what(log|plan|request)', props: true, component: () => import('./features/training/TrainingFormScreen.vue'), meta: { title: 'common.title.training', tab: 'guide' } },
  { path: '/training/entry/:id', props: true, component: () => import('./features/training/EntryScreen.vue'), meta: { title: 'common.title.training', tab: 'guide' } },
  { path: '/training/:id', props: true, component: () => import('./features/training/CourseScreen.vue'), meta: { title: 'common.title.training', tab: 'guide' } },
  { path: '/story/:id', props: true, component: () => import('./features/training/StoryScreen.vue'), meta: { title: 'common.title.story', tab: 'guide' } },
  { path: '/admin', component: () => import('./features/admin/AdminScreen.vue'), meta: { title: 'common.title.admin', tab: 'more' } },
  { path: '/admin/people', component: () => import('./features/admin/PeopleScreen.vue'), meta: { title: 'common.title.admin', tab: 'more' } },
  { path: '/admin/grant', component: () => import('./features/admin/GrantScreen.vue'), meta: { title: 'common.title.admin', tab: 'more' } },
  { path: '/admin/units', component: () => import('./features/admin/UnitsScreen.vue'), meta: { title: 'common.title.admin', tab: 'more' } },
  { path: '/admin/import', component: () => import('./features/admin/ImportScreen.vue'), meta: { title: 'common.title.admin', tab: 'more' } },
  { path: '/admin/clocks', component: () => import('./features/admin/ClocksScreen.vue'), meta: { title: 'common.title.admin', tab: 'more' } },
  { path: '/admin/setup', component: () => import('./features/admin/SetupScreen.vue'), meta: { title: 'common.title.admin', tab: 'more' } },
  { path: '/local', component: () => import('./features/local/LocalScreen.vue'), meta: { title: 'common.title.local', tab: 'more' } },
  { path: '/local/:id', props: true, component: () => import('./features/local/LocalFormScreen.vue'), meta: { title: 'common.title.local', tab: 'more' } },
  { path: '/case/:id/paper', props: true, component: () => import('./features/takeAlong/CasePaperScreen.vue'), meta: { title: 'common.title.takeAlong', tab: 'inbox' } },
  { path: '/take-along', component: () => import('./features/takeAlong/ExportScreen.vue'), meta: { title: 'common.title.takeAlong', tab: 'more' } },
  { path: '/own-data', component: () => import('./features/takeAlong/OwnDataScreen.vue'), meta: { title: 'common.title.takeAlong', tab: 'more' } },
  { path: '/numbers', component: () => import('./features/numbers/MineNumbers.vue'), meta: { title: 'common.title.numbers', tab: 'more' } },
  { path: '/numbers/series', component: () => import('./features/numbers/SeriesNumbers.vue'), meta: { title: 'common.title.numbers', tab: 'more' } },
  { path: '/numbers/school', component: () => import('./features/numbers/SchoolNumbers.vue'), meta: { title: 'common.title.numbers', tab: 'more' } },
  { path: '/numbers/town', component: () => import('./features/numbers/TownNumbers.vue'), meta: { title: 'common.title.numbers', tab: 'more' } },
  { path: '/numbers/meeting', component: () => import('./features/numbers/MeetingScreen.vue'), meta: { title: 'common.title.numbers', tab: 'more' } },
  { path: '/numbers/meeting/new', component: () => import('./features/numbers/DecisionScreen.vue'), meta: { title: 'common.title.numbers', tab: 'more' } },
  { path: '/numbers/meeting/decided/:id', component: () => import('./features/numbers/DecidedScreen.vue'), props: true, meta: { title: 'common.title.numbers', tab: 'more' } },
  { path: '/admin/figures', component: () => import('./features/numbers/FiguresScreen.vue'), meta: { title: 'common.title.admin', tab: 'more' } },
  { path: '/admin/bi', component: () => import('./features/numbers/BiScreen.vue'), meta: { title: 'common.title.admin', tab: 'more' } },
  { path: '/hide', component: () => import('./features/help/HideScreen.vue'), meta: { title: 'common.title.hide', tab: 'more' } },
  { path: '/privacy', component: () => import('./features/help/PrivacyScreen.vue'), meta: { title: 'common.title.privacy', tab: 'more' } },
  { path: '/accessibility', component: () => import('./features/help/AccessibilityScreen.vue'), meta: { title: 'common.title.accessibility', tab: 'more' } },
  { path: '/help', component: () => import('./features/help/HelpScreen.vue'), meta: { title: 'common.title.help', tab: 'more' } },
  { path: '/sign-out', component: () => import('./features/account/SignOutScreen.vue'), meta: { title: 'common.title.signOut', tab: 'more' } },
  { path: '/welcome', component: () => import('./features/account/WelcomeScreen.vue'), meta: { title: 'common.title.welcome' } },
  { path: '/:rest(.*)*', component: () => import('./features/help/NotFoundScreen.vue'), meta: { title: 'common.title.notFound' } },
]
